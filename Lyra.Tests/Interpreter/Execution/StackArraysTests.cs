using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Stacks that engines give to each other.</summary>
public sealed class StackArraysTests
{
    private const string Script = """
        proc sum(n) { if n == 0 { return 0 }; return n + sum(n - 1) }
        sum(count)
        """;

    [Fact]
    public void An_engine_after_another_one_takes_at_most_4_KB()
    {
        long smallest = long.MaxValue;
        for (int i = 0; i < 300; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (LyraEngine engine = new())
            {
                smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        smallest.ShouldBeInRange(1, 4096);
    }

    [Fact]
    public void Stacks_that_are_given_back_are_empty()
    {
        for (int i = 0; i < 20; i++)
        {
            using LyraEngine engine = new();
            engine.Define("count", 20L);
            engine.Run(Script).As<long>().ShouldBe(210);
        }

        List<StackArrays> rented = [.. Enumerable.Range(0, 80).Select(_ => StackArrays.Rent())];
        rented.Distinct().Count().ShouldBe(80);
        foreach (StackArrays arrays in rented)
        {
            arrays.Registers.ShouldAllBe(register => register.Ref == null && register.Bits == 0);
            arrays.Frames.ShouldAllBe(frame => frame.Closure == null);
        }
    }

    [Fact]
    public void Engines_of_many_threads_do_not_share_stacks()
    {
        long[] sums = new long[16];
        Thread[] threads = [.. sums.Select((_, index) => new Thread(() => sums[index] = SumOfRuns(index)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        sums.ShouldBe(sums.Select((_, index) => SumOfRuns(index)));
    }

    [Fact]
    public void An_engine_that_its_own_script_disposes_keeps_its_stacks_to_the_end_of_the_run()
    {
        using LyraEngine engine = new();
        engine.Define("stop", (Func<long>)(() =>
        {
            engine.Dispose();
            return SumOfRuns(3);
        }));
        engine.Run("let a = [1, 2]; let b = stop(); [a, b, a]").ToString().ShouldBe($"[[1, 2], {SumOfRuns(3)}, [1, 2]]");
    }

    [Fact]
    public void An_engine_that_is_disposed_has_no_stacks()
    {
        LyraEngine engine = new();
        engine.Run("1 + 1");
        engine.Dispose();
        engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => engine.Run("1"));
    }

    private static long SumOfRuns(int first)
    {
        long sum = 0;
        for (int i = 0; i < 100; i++)
        {
            using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
            engine.Define("count", (long)(first + i));
            sum += engine.Run(Script).As<long>();
        }

        return sum;
    }
}
