using System;
using System.Threading;
using Lyra.Runtime.Errors;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>The limits hold in compiled recursion as they do in the interpreter.</summary>
public sealed class EntryLimitsTests
{
    [Theory]
    [InlineData(10, 0.0)]
    [InlineData(1_000, 0.3)]
    [InlineData(10_000, 0.3)]
    [InlineData(1_000_000, 0.2)]
    public void Too_deep_recursion_is_caught_at_every_frame_limit(int maxFrames, double share)
    {
        EntryRun run = EntryRun.Agree(
            """
            proc depth(n, most) { if n == most { return 0 }; return 1 + depth(n + 1, most) }
            for k in 0..300 { depth(0, 5) }
            print(depth(0, 6))
            proc deepest() { try { return depth(0, -1) } catch e { return tostring(e) + e.trace[0] + tostring(length(e.trace)) } }
            print(deepest())
            print(deepest())
            for k in 0..300 { depth(0, 5) }
            print(depth(0, 6))
            """,
            maxFrames > 100 ? ["depth"] : [],
            0.0,
            new EntryLimits { MaxFrames = maxFrames, HotLoop = 10 });

        run.Output.ShouldContain("StackOverflow");
        run.Counters.CompiledSteps.ShouldBeGreaterThanOrEqualTo((long)(share * 0.01 * run.Steps));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(41)]
    [InlineData(57)]
    [InlineData(100)]
    public void The_last_frame_that_fits_is_the_same(int maxFrames)
    {
        EntryRun.Agree(
            """
            proc depth(n, most) { if n == most { return 0 }; return 1 + depth(n + 1, most) }
            for k in 0..300 { depth(0, 3) }
            for most in 0..110 { try { print(depth(0, most)) } catch e { print(e.message, length(e.trace)) } }
            """,
            ["depth"],
            0.0,
            new EntryLimits { MaxFrames = maxFrames });
    }

    [Fact]
    public void Recursion_deeper_than_the_native_stack_is_granted_goes_on_in_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc depth(n) { if n == 0 { return 0 }; var s = 0; for i in 0..30 { s += i }; return s + depth(n - 1) }
            for k in 0..300 { depth(5) }
            print(depth(100000))
            """,
            ["depth"],
            limits: new EntryLimits { MaxFrames = 1_000_000 });

        run.ExitsAt("CheckStack").ShouldBeGreaterThan(2);
    }

    /// <summary>Rebuilding all frames costs more than interpreting a proc that does nothing but call itself.</summary>
    [Fact]
    public void Recursion_that_only_descends_is_left_to_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc depth(n) { if n == 0 { return 0 }; return 1 + depth(n - 1) }
            for k in 0..300 { depth(5) }
            print(depth(200000))
            """,
            ["depth"],
            0.0,
            new EntryLimits { MaxFrames = 1_000_000 });

        run.ExitsAt("CheckStack").ShouldBeInRange(1, 20);
    }

    /// <summary>
    /// What a caller has charged for the code after its calls is refunded, wherever in the recursion the limit is reached.
    /// </summary>
    [Theory]
    [InlineData(90_000)]
    [InlineData(150_000)]
    public void Consecutive_step_limits_trip_at_the_same_instruction(long least)
    {
        for (long maxSteps = least; maxSteps < least + 30; maxSteps++)
        {
            EntryRun run = EntryRun.Agree(
                """
                var calls = 0
                proc tak(x, y, z) {
                    calls += 1
                    if y >= x { return z }
                    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
                }
                proc report() { try { return tak(18, 12, 6) } finally { print(calls) } }
                print(tak(8, 4, 2))
                print(report())
                """,
                ["tak"],
                0.0,
                new EntryLimits { MaxSteps = maxSteps });

            run.Error!.Limit.ShouldBe(LimitKind.Steps);
        }
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(60_001)]
    [InlineData(123_456)]
    [InlineData(300_000)]
    public void The_step_limit_trips_at_the_same_call(long maxSteps)
    {
        EntryRun run = EntryRun.Agree(
            """
            proc fib(n) { if n < 2 { return n }; try { return fib(n - 1) + fib(n - 2) } finally { if n > 15 { print(n) } } }
            proc plain(n) { if n < 2 { return n }; return plain(n - 1) + plain(n - 2) }
            print(plain(14))
            print(plain(16))
            print(fib(25) + plain(25))
            """,
            ["plain"],
            0.0,
            new EntryLimits { MaxSteps = maxSteps });

        run.Error!.Limit.ShouldBe(LimitKind.Steps);
    }

    [Fact]
    public void The_time_limit_stops_compiled_recursion()
    {
        EntryRun run = EntryRun.Compiled(
            "proc forever(n) { if n == 0 { return 0 }; forever(n - 1); return forever(n - 1) }\nforever(10)\nforever(200)",
            new EntryLimits { Timeout = TimeSpan.FromMilliseconds(300) });

        run.Error!.Limit.ShouldBe(LimitKind.Time);
        run.VersionsOf("forever").ShouldBeGreaterThan(0);
        run.Error.Trace!.Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_cancellation_stops_compiled_recursion()
    {
        using CancellationTokenSource source = new();
        int looks = 0;
        EntryRun run = EntryRun.Compiled(
            "proc forever(n) { if n == 0 { return 0 }; forever(n - 1); return forever(n - 1) }\nforever(10)\nforever(200)",
            new EntryLimits { Cancellation = source.Token, Looked = _ => CancelAt(50, ref looks, source) });

        run.Error!.Class.ShouldBe(ErrorClass.RunCancellation);
        run.VersionsOf("forever").ShouldBeGreaterThan(0);
    }

    private static void CancelAt(int look, ref int looks, CancellationTokenSource source)
    {
        if (++looks == look)
        {
            source.Cancel();
        }
    }

    /// <summary>Objects that only compiled frames hold count as reachable: a heap walk sees those frames as the interpreter's.</summary>
    [Fact]
    public void The_memory_limit_counts_objects_held_by_compiled_frames()
    {
        const string Source =
            """
            struct Node { left; right }
            proc make(depth) { if depth == 0 { return Node(nil, nil) }; return Node(make(depth - 1), make(depth - 1)) }
            for k in 0..400 { make(3) }
            for depth in 8..17 { make(depth); print(depth) }
            """;
        EntryRun interpreted = EntryRun.Interpreted(Source, new EntryLimits { MaxMemory = 1_000_000 });
        EntryRun compiled = EntryRun.Compiled(Source, new EntryLimits { MaxMemory = 1_000_000 });

        compiled.Error!.Limit.ShouldBe(LimitKind.Memory);
        compiled.Output.ShouldBe(interpreted.Output);
        compiled.VersionsOf("make").ShouldBeGreaterThan(0);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(compiled.Steps / 4);
    }

    [Fact]
    public void Garbage_of_compiled_frames_does_not_count()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Node { left; right }
            proc make(depth) { if depth == 0 { return Node(nil, nil) }; return Node(make(depth - 1), make(depth - 1)) }
            for k in 0..2000 { make(7) }
            print("done")
            """,
            ["make"],
            limits: new EntryLimits { MaxMemory = 1_000_000 });

        run.Output.ShouldBe("done\n");
    }
}
