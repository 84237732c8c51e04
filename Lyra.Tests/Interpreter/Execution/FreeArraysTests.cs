using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Arrays that growing lists, maps and sets give to each other.</summary>
[Collection("storage that is used again, which each of these tests drops or counts")]
public sealed class FreeArraysTests
{
    private const string Source = """
        proc list(n, item) { var a = []; for k in 0..n { push(a, item) }; return a }
        proc lists(n, item) { var sum = 0; for i in 0..n { sum += list(600, item).length() }; return sum }
        proc maps(n) { var sum = 0; for i in 0..n { var m = {}; for k in 0..60 { m[k] = k }; sum += m.length() }; return sum }
        proc sets(n) { var sum = 0; for i in 0..n { var s = set(); for k in 0..60 { s.add(k) }; sum += s.length() }; return sum }
        proc ints(n) { return lists(n, 1) }
        proc floats(n) { return lists(n, 1.5) }
        proc bools(n) { return lists(n, true) }
        proc strs(n) { return lists(n, "x") }
        """;

    /// <summary>
    /// Each of 100 lists takes 9 arrays up to 1,024 elements, of which those of 128, 256 and 512 are given up again; each of 100 maps takes
    /// 5 arrays up to 64 entries, of which those of 8, 16 and 32 are.
    /// </summary>
    [Theory]
    [InlineData("ints", JitMode.Off)]
    [InlineData("ints", JitMode.On)]
    [InlineData("floats", JitMode.Off)]
    [InlineData("floats", JitMode.On)]
    [InlineData("bools", JitMode.Off)]
    [InlineData("bools", JitMode.On)]
    [InlineData("strs", JitMode.Off)]
    [InlineData("strs", JitMode.On)]
    [InlineData("maps", JitMode.Off)]
    [InlineData("maps", JitMode.On)]
    [InlineData("sets", JitMode.Off)]
    [InlineData("sets", JitMode.On)]
    public void A_third_of_the_arrays_is_reused(string proc, JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit, CompilesInBackground = false });
        engine.Run(Source);
        engine.Call(proc, 100);
        ArrayStatistics before = engine.Statistics.Arrays;

        engine.Call(proc, 100).As<long>().ShouldBe(proc is "maps" or "sets" ? 6_000 : 60_000);

        ArrayStatistics after = engine.Statistics.Arrays;
        long grown = after.Grown - before.Grown;
        (after.Reused - before.Reused).ShouldBeGreaterThanOrEqualTo(grown * 3 / 10);
        grown.ShouldBeInRange(400, 900);
        if (jit == JitMode.On)
        {
            engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void A_list_allocates_its_short_arrays_and_its_last()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(Source);
        engine.Call("strs", 100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        engine.Call("strs", 100);

        const int Elements = 4 + 8 + 16 + 32 + 64 + 1_024;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100 * ((Elements * 16) + (6 * 24) + 72 + 200));
    }

    [Fact]
    public void No_array_is_reused_while_a_builtin_or_the_host_waits_for_the_script()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(Source);
        engine.Define("callBack", (long n) => engine.Call("ints", n).As<long>());
        engine.Call("ints", 10);
        long reused = engine.Statistics.Arrays.Reused;

        engine.Run("callBack(10)").As<long>().ShouldBe(6_000);

        engine.Statistics.Arrays.Reused.ShouldBe(reused);
    }

    [Fact]
    public void A_list_that_a_callback_of_its_sort_makes_grow_keeps_its_elements()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });

        engine.Run("""
            var grown = []
            struct Key {
                n
                proc __lt(self, other) { push(grown, self.n); push(grown, other.n); return self.n < other.n }
            }
            let keys = (0..100).map(i => Key((i * 37) % 100))
            let inOrder = sorted(keys)
            let isSorted = (0..100).all(i => inOrder[i].n == i)
            "${isSorted} ${grown.all(n => n >= 0 and n < 100)}"
            """).As<string>().ShouldBe("true true");
    }

    [Fact]
    public void A_list_keeps_nothing_of_the_one_that_had_its_array()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });

        engine.Run("""
            proc fill(n, item) { var a = []; for k in 0..n { push(a, item) }; return a }
            let big = fill(500, "old")
            let small = fill(9, "new")
            let map = {}
            for k in 0..100 { map[k] = k }
            let other = {}
            for k in 1_000..1_020 { other[k] = k }
            "${small.join()} ${other.has(5)} ${other.length()} ${map.length()}"
            """).As<string>().ShouldBe("newnewnewnewnewnewnewnewnew false 20 100");
    }

    [Fact]
    public void The_arrays_of_a_thread_are_dropped_when_memory_is_scarce()
    {
        FreeArrays before = FreeArrays.OfThread;

        MemoryPressure.Trim();

        FreeArrays.OfThread.ShouldNotBeSameAs(before);
    }

    [Fact]
    public void A_reset_drops_the_arrays_of_the_thread()
    {
        using LyraEngine engine = new();
        FreeArrays before = FreeArrays.OfThread;

        engine.Run("import vm\nvm.reset()");

        FreeArrays.OfThread.ShouldNotBeSameAs(before);
    }
}
