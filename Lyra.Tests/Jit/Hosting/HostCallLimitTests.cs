using System;
using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Limits that are exceeded in or near calls of the host from compiled code.</summary>
public sealed class HostCallLimitTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(1_505)]
    [InlineData(2_222)]
    public void Steps_are_counted_through_the_host(long steps)
    {
        string source = """
            proc work(n) { var s = 0; for j in 0..n { s += j }; return s }
            var s = 0
            for i in 0..10_000 {
                try { s += back(i) + id(i) } finally { note(i) }
            }
            """;
        HostedRun.ShouldCall("back id", source, Define, new LyraLimits { MaxSteps = steps }).ShouldContain("(Steps, )");

        static void Define(HostedRun run)
        {
            run.Engine.Define("id", (int x) => x);
            run.Engine.Define("note", (int x) => run.Note(x));
            run.Engine.Define("back", (int x) => x % 5 == 0 ? run.Engine.Call("work", x % 13).As<int>() : x);
        }
    }

    [Fact]
    public void A_limit_exceeded_below_the_host_ends_the_script()
    {
        string source = """
            proc forever() { while true { } }
            var s = 0
            for i in 0..1_000 { s += back(i) }
            """;
        HostedRun.ShouldCall("back", source, run => run.Engine.Define("back", (int x) =>
        {
            if (x == 100)
            {
                run.Engine.Call("forever");
            }

            return x;
        }), new LyraLimits { MaxSteps = 20_000 }).ShouldContain("(Steps, )");
    }

    [Theory]
    [InlineData(150_000)]
    [InlineData(222_222)]
    public void Operands_that_nothing_reads_later_are_counted_during_the_call(long bytes)
    {
        string source = """
            proc fill(n) { let xs = []; for j in 0..n { xs.push((j, j)) }; return length(xs) }
            var s = 0
            for i in 0..1_000 { s += back([i] * 500) }
            """;
        HostedRun.ShouldAgree(source, Define, new LyraLimits { MaxMemoryBytes = bytes }).ShouldContain("(Memory, )");

        static void Define(HostedRun run)
        {
            int calls = 0;
            run.Engine.Define("back", (LyraValue x) => run.Engine.Call("fill", ++calls * 7).As<int>() + x.Length);
        }
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(333_333)]
    public void Memory_is_counted_through_the_host(long bytes)
    {
        string source = """
            proc fill(n) { let xs = []; for j in 0..n { xs.push((j, j)) }; return length(xs) }
            var kept = []
            var s = 0
            for i in 0..100_000 {
                let local = [i, i * 2]
                kept.push(text(i))
                s += back(i) + array([i, i])[1] + local[1]
            }
            """;
        HostedRun.ShouldCall("text back array", source, Define, new LyraLimits { MaxMemoryBytes = bytes }).ShouldContain("(Memory, )");

        static void Define(HostedRun run)
        {
            run.Engine.Define("text", (int x) => new string('x', x % 50));
            run.Engine.Define("array", (int[] x) => x.Reverse().ToArray());
            run.Engine.Define("back", (int x) =>
            {
                run.Note(x);
                return x % 50 == 0 ? run.Engine.Call("fill", x % 1_000).As<int>() : x;
            });
        }
    }

    [Fact]
    public void Objects_held_by_a_loop_are_counted_while_the_host_calls_back()
    {
        // The lists are in registers of a compiled loop and of a proc that is inlined in it; the proc that the host calls exceeds the
        // limit.
        string source = """
            proc fill(n) { let xs = []; for j in 0..n { xs.push(j * 0.5) }; return length(xs) }
            proc hold(i, size) {
                let held = [0] * size
                let n = back(i)
                return n + length(held)
            }
            proc run() {
                var s = 0
                for i in 0..200 {
                    let mine = [1] * 1_000
                    try { s += hold(i, if i < 100 { 10 } else { 20_000 }) + length(mine) } catch e { print(i, e.kind); throw e }
                }
                return s
            }
            run()
            """;
        HostedRun.ShouldCall("back", source, Define, new LyraLimits { MaxMemoryBytes = 250_000 }).ShouldContain("(Memory, )");

        static void Define(HostedRun run) => run.Engine.Define("back", (int x) =>
        {
            run.Note(x);
            return run.Engine.Call("fill", 6_000).As<int>();
        });
    }

    [Theory]
    [InlineData("text(1_000)")]
    [InlineData("array([i])[0]")]
    public void Objects_held_by_a_loop_are_counted_while_a_result_is_allocated(string call)
    {
        // Only a register holds the growing list, and the result of the host call exceeds the limit.
        string source = $"proc run() {{\n var s = 0\n for i in 0..3_000 {{\n  let held = [0.5] * (i * 10)\n  {call}\n  s += "
            + $"length(held)\n  note(i)\n }}\n return s\n}}\nrun()";
        HostedRun.ShouldCall("note", source, Define, new LyraLimits { MaxMemoryBytes = 150_000 }).ShouldContain("(Memory, )");

        static void Define(HostedRun run)
        {
            run.Engine.Define("text", (int x) => new string('x', x));
            run.Engine.Define("array", (int[] x) => new int[1_000]);
            run.Engine.Define("note", (int x) => run.Note(x));
        }
    }

    [Fact]
    public void Frames_are_counted_through_the_host()
    {
        string source = """
            proc down(n) {
                var s = 0
                for i in 0..10 { s += i; if i == 9 { s += inner(n) } }
                return s
            }
            proc inner(n) { return back(n + 1) }
            down(0)
            """;
        HostedRun.ShouldCall("back", source, Define, new LyraLimits { MaxFrames = 64 }).ShouldContain("64");

        static void Define(HostedRun run) => run.Engine.Define("back", (int n) =>
        {
            run.Note(n);
            return run.Engine.Call("down", n).As<int>();
        });
    }

    [Fact]
    public void The_host_cancels_the_run_that_calls_it()
    {
        string source = "var s = 0\nfor i in 0..10_000_000 { s += stop(i) }";
        HostedRun.ShouldCall("stop", source, run => run.Engine.Define("stop", (int x) =>
        {
            if (x == 5_000)
            {
                run.Cancel();
            }

            return x;
        })).ShouldContain("LyraCanceledException: the run was cancelled");
    }

    [Fact]
    public void Time_passes_in_the_host()
    {
        string source = "var s = 0\nwhile true { s += wait(s) }";
        LyraLimits limits = new() { Timeout = TimeSpan.FromMilliseconds(250), MaxSteps = 5_000_000_000 };
        LookClock clock = LookClock.Of(limits.Timeout.Value);
        clock.IsStopped = true;
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 5, Limits = limits, LimitClock = clock });
        engine.JitEvents += e => clock.IsStopped &= e.Kind != LyraJitEventKind.Compiled;
        engine.Define("wait", (int x) => x == int.MaxValue ? 0 : 1);
        Should.Throw<LyraLimitException>(() => engine.Run(source)).Limit.ShouldBe(LimitKind.Time);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
    }
}
