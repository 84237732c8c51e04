using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>
/// A run that exceeds several limits ends with the error of the first one, whatever its finally blocks do in the extra time.
/// </summary>
public sealed class FirstLimitTests
{
    private const int Memory = 1_000_000;

    /// <summary>The look at the clock at which a run is cancelled: the script sleeps by then.</summary>
    private const int LookOfCancellation = 5;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(250);

    /// <summary>Null stands for a cancellation.</summary>
    private static readonly (LimitKind? Limit, string Source)[] Trips =
    [
        (LimitKind.Memory, "while true { kept.push([n] * 500) }"),
        (LimitKind.Steps, "while true { n += 1 }"),
        (LimitKind.Time, "await sleep(60_000)"),
        (null, "await sleep(60_000)"),
    ];

    private static readonly string[] Finally =
    [
        "while true { n += 1 }",
        "while true { kept.push([n] * 500) }",
        "while true { try { while true { kept.push([n] * 500) } } finally { recurse() } }",
        "while true { try { recurse() } catch e { n += 1 } }",
        "await sleep(1_000)",
        "recurse()",
        "throw \"x\"",
        "exit(3)",
    ];

    public static TheoryData<LimitKind?, string, string> Pairs()
    {
        TheoryData<LimitKind?, string, string> pairs = [];
        foreach ((LimitKind? limit, string source) in Trips)
        {
            foreach (string body in Finally)
            {
                pairs.Add(limit, source, body);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_error_is_that_of_the_first_limit(LimitKind? limit, string source, string body)
    {
        ScriptRun interpreted = Run(limit, source, body, tiers: null);
        ScriptRun compiled = Run(limit, source, body, new TierOptions { HotLoop = 5, HotProc = 5, HotExit = 2 });

        interpreted.Error!.Limit.ShouldBe(limit);
        interpreted.Error.Class.ShouldBe(limit is null ? ErrorClass.RunCancellation : ErrorClass.Limit);
        compiled.Error!.Limit.ShouldBe(limit);
        compiled.Error.Class.ShouldBe(interpreted.Error.Class);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        if (limit is LimitKind.Memory or LimitKind.Steps && !body.StartsWith("await", StringComparison.Ordinal))
        {
            compiled.Behaviour.ShouldBe(interpreted.Behaviour);
        }
    }

    /// <summary>The frame limit raises an error that scripts can catch, and that finally blocks replace as they do others.</summary>
    [Theory]
    [InlineData("while true { n += 1 }", LimitKind.Steps)]
    [InlineData("while true { kept.push([n] * 500) }", LimitKind.Memory)]
    [InlineData("recurse()", LimitKind.Frames)]
    [InlineData("n += 1", LimitKind.Frames)]
    [InlineData("throw \"x\"", null)]
    public void An_overflow_is_replaced_as_other_errors_are(string body, LimitKind? expected)
    {
        ScriptRun interpreted = Run(LimitKind.Frames, "recurse()", body, tiers: null);
        ScriptRun compiled = Run(LimitKind.Frames, "recurse()", body, new TierOptions { HotLoop = 5, HotProc = 5, HotExit = 2 });

        interpreted.Error!.Limit.ShouldBe(expected);
        compiled.Behaviour.ShouldBe(interpreted.Behaviour);
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void The_exception_of_the_host_names_it(JitMode jit)
    {
        LyraLimits limits = new() { MaxMemoryBytes = Memory, MaxSteps = 1_000_000, Timeout = TimeSpan.FromMinutes(5) };
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: limits, jit: jit);

        LyraLimitException e = Scripts.ShouldExceedLimit(
            engine, "proc f() { let kept = []\ntry { while true { kept.push([1] * 500) } } finally { while true { } } }\nf()");

        e.Limit.ShouldBe(LimitKind.Memory);
        e.Message.ShouldContain("the memory limit of 1000000 bytes");
    }

    /// <summary>
    /// A cancellation in the extra time of another limit ends the finally blocks soon, and grants them no more steps.
    /// </summary>
    [Fact]
    public void A_cancellation_in_the_extra_time_grants_no_more()
    {
        using CancellationTokenSource cancellation = new();
        using StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = Scripts.Engine(output, limits: new LyraLimits { MaxSteps = 50_000 });
        engine.Define("cancel", new Action(cancellation.Cancel));

        LyraLimitException e = Should.Throw<LyraLimitException>(() => engine.Run("""
            proc spend() { for i in 0..1_000 { } }
            try {
                try { while true { } } finally { cancel()
                    for i in 0..10 { spend() }
                    print("too late") }
            } finally { for i in 0..10 { spend() }
                print("too late") }
            """, cancellationToken: cancellation.Token));

        e.Limit.ShouldBe(LimitKind.Steps);
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_last_instruction_takes_too_long_exceeds_the_time_limit()
    {
        LookClock clock = new(TimeSpan.Zero);
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { Timeout = Time }, limitClock: clock);
        engine.Define("wait", () => clock.Advance(Time));

        Scripts.ShouldExceedLimit(engine, "wait()").Limit.ShouldBe(LimitKind.Time);
        (await Should.ThrowAsync<LyraLimitException>(() => engine.RunAsync("wait()"))).Limit.ShouldBe(LimitKind.Time);
        Should.Throw<LyraLimitException>(() => engine.Call("wait")).Limit.ShouldBe(LimitKind.Time);
    }

    /// <summary>Each run first executes a compiled loop.</summary>
    private static ScriptRun Run(LimitKind? limit, string source, string body, TierOptions? tiers)
    {
        using CancellationTokenSource cancellation = new();
        int looks = 0;
        string whole = $$"""
            let kept = []
            var n = 0
            proc recurse() { return recurse() + 1 }
            for i in 0..100 { n += i }
            try { {{source}} } finally { {{body}} }
            """;
        return new ScriptRun(whole, new ScriptSetup
        {
            Tiers = tiers,
            MaxFrames = 200,
            MaxMemory = Memory,
            MaxSteps = 100_000,
            Timeout = limit == LimitKind.Time ? Time : TimeSpan.FromMinutes(5),
            LimitClock = limit == LimitKind.Time ? LookClock.Of(Time) : TimeProvider.System,
            Cancellation = cancellation.Token,
            Looked = _ =>
            {
                if (limit is null && ++looks == LookOfCancellation)
                {
                    cancellation.Cancel();
                }
            },
        });
    }
}
