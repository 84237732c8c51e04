using System;
using System.Collections.Generic;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary><see cref="LyraOptions.OnNearLimit"/> is asked before a run ends at a limit, and may raise it.</summary>
public sealed class NearLimitTests
{
    private const string Loop = "proc f() { var i = 0; while i < 100_000 { i += 1 } return i }\nf()";
    private const string Growth =
        "proc f() { var xs = []; for i in 0..200_000 { xs.push(\"text ${i}\") } return length(xs) }\nf()";

    public static TheoryData<JitMode> Modes => [JitMode.Off, JitMode.Stress];

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_host_may_raise_the_steps(JitMode jit)
    {
        List<LyraNearLimit> asked = [];
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxSteps = 10_000 }, near => Doubled(asked, near));

        engine.Run(Loop).As<int>().ShouldBe(100_000);

        asked.Count.ShouldBeInRange(3, 8);
        asked[0].ShouldBe(asked[0] with { Limit = LimitKind.Steps, Current = 10_000, Initial = 10_000 });
        asked[1].Current.ShouldBe(20_000);
        asked[0].ScriptTrace[0].ShouldStartWith("f (");
        int before = asked.Count;
        engine.Run(Loop).As<int>().ShouldBe(100_000);
        asked[before].Current.ShouldBe(10_000, "a run begins with the limit of the options");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_host_may_raise_the_memory(JitMode jit)
    {
        List<LyraNearLimit> asked = [];
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxMemoryBytes = 1_000_000 }, near => Doubled(asked, near));

        engine.Run(Growth).As<int>().ShouldBe(200_000);

        asked.Count.ShouldBeInRange(2, 6);
        asked[0].ShouldBe(asked[0] with { Limit = LimitKind.Memory, Current = 1_000_000, Initial = 1_000_000 });
        asked[^1].Current.ShouldBe(1_000_000 << (asked.Count - 1));
    }

    /// <summary>The registers of the stack may take a part of the memory only; it grows with the limit.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void The_host_may_raise_the_memory_for_calls(JitMode jit)
    {
        const string Calls = """
            proc f(n, a, b, c, d, e, g, h, i, j, k, l) { return if n == 0 { a } else { f(n - 1, a + 1, b, c, d, e, g, h, i, j, k, l) + 0 } }
            f(4_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            """;
        List<LyraNearLimit> asked = [];
        LyraLimits limits = new() { MaxMemoryBytes = 500_000 };
        using LyraEngine engine = Engine(jit, limits, near => Doubled(asked, near));

        engine.Run(Calls).As<int>().ShouldBe(4_000);

        asked.Count.ShouldBeInRange(2, 5);
        asked[0].ShouldBe(asked[0] with { Limit = LimitKind.Memory, Current = 500_000, Initial = 500_000 });
        int before = asked.Count;
        engine.Run(Calls).As<int>().ShouldBe(4_000);
        asked[before].Current.ShouldBe(500_000, "a run begins with the limit of the options");

        using LyraEngine bound = Engine(jit, limits, _ => null);
        Should.Throw<LyraLimitException>(() => bound.Run(Calls)).Limit.ShouldBe(LimitKind.Memory);
        bound.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_host_may_raise_the_time(JitMode jit)
    {
        List<LyraNearLimit> asked = [];
        LyraLimits limits = new() { Timeout = TimeSpan.FromMilliseconds(20) };
        using LyraEngine engine = Engine(jit, limits, near => Doubled(asked, near), new LookClock(TimeSpan.FromMilliseconds(1)));

        engine.Run("var i = 0\nwhile i < 20_000_000 { i += 1 }\ni").As<int>().ShouldBe(20_000_000);

        asked.Count.ShouldBeGreaterThan(1);
        asked[0].ShouldBe(asked[0] with { Limit = LimitKind.Time, Current = 20, Initial = 20 });
        asked[1].Current.ShouldBe(40);
    }

    [Theory]
    [InlineData(LimitKind.Steps)]
    [InlineData(LimitKind.Time)]
    [InlineData(LimitKind.Memory)]
    public void The_highest_answer_is_no_limit(LimitKind limit)
    {
        int asked = 0;
        LyraLimits limits = limit switch
        {
            LimitKind.Steps => new LyraLimits { MaxSteps = 10_000 },
            LimitKind.Time => new LyraLimits { Timeout = TimeSpan.FromMilliseconds(20) },
            _ => new LyraLimits { MaxMemoryBytes = 1_000_000 },
        };
        using LyraEngine engine = Engine(JitMode.Off, limits, _ =>
        {
            asked++;
            return long.MaxValue;
        }, new LookClock(TimeSpan.FromMilliseconds(1)));

        engine.Run(limit == LimitKind.Memory ? Growth : Loop.Replace("100_000", "10_000_000"));

        asked.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Without_an_answer_the_run_ends(JitMode jit)
    {
        int asked = 0;
        using LyraEngine engine = Engine(jit, new LyraLimits { MaxSteps = 10_000 }, _ =>
        {
            asked++;
            return null;
        });

        Scripts.ShouldExceedLimit(engine, Loop).Limit.ShouldBe(LimitKind.Steps);
        asked.ShouldBe(1);
    }

    [Fact]
    public void An_exception_of_the_callback_is_the_inner_one()
    {
        InvalidOperationException thrown = new("no answer");
        using LyraEngine engine = Engine(JitMode.Off, new LyraLimits { MaxSteps = 10_000 }, _ => throw thrown);

        Scripts.ShouldExceedLimit(engine, Loop).InnerException.ShouldBeSameAs(thrown);
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Fact]
    public void A_cancelled_run_and_a_value_that_is_too_large_are_not_asked_about()
    {
        int asked = 0;
        LyraLimits limits = new() { MaxElements = 100 };
        using LyraEngine engine = Engine(JitMode.Off, limits, _ => ++asked);

        Scripts.ShouldExceedLimit(engine, "list(0..1000)").Limit.ShouldBe(LimitKind.Memory);
        Should.Throw<OperationCanceledException>(() => engine.Run(Loop, new System.Threading.CancellationToken(true)));
        asked.ShouldBe(0);
    }

    private static long? Doubled(List<LyraNearLimit> asked, LyraNearLimit near)
    {
        asked.Add(near);
        return near.Current * 2;
    }

    private static LyraEngine Engine(JitMode jit, LyraLimits limits, Func<LyraNearLimit, long?> ask, TimeProvider? clock = null) =>
        new(new LyraOptions { Jit = jit, Limits = limits, OnNearLimit = ask, LimitClock = clock ?? TimeProvider.System });
}
