using System;
using System.IO;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Steps are the same at every optimization level, and exact at the limit; finally blocks get a grace budget.</summary>
public class StepTests
{
    public static TheoryData<string> Names => [.. StepPrograms.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_takes_the_same_steps_at_every_level(string name)
    {
        string source = StepPrograms.All[name];
        long steps = StepsOf(source, 0);
        string whole = Run(source, 0, steps);
        foreach (int level in Scripts.Levels)
        {
            Run(source, level, steps).ShouldBe(whole, $"-O{level}, a limit of exactly the steps");
            Run(source, level, steps - 1).ShouldContain("!! LimitExceeded", customMessage: $"-O{level}, a limit of one less");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_limit_stops_at_the_same_output_at_every_level(string name)
    {
        string source = StepPrograms.All[name];
        long steps = StepsOf(source, 0);
        for (int part = 1; part <= 24; part++)
        {
            long limit = Math.Max(1, steps * part / 25);
            string expected = Printed(Run(source, 0, limit));
            for (int level = 1; level <= 3; level++)
            {
                Printed(Run(source, level, limit)).ShouldBe(expected, $"-O{level}, {limit} of {steps} steps");
            }
        }
    }

    [Fact]
    public void Every_iterator_that_was_opened_is_closed_wherever_a_limit_stops()
    {
        string source = StepPrograms.All["generators with finally"];
        long steps = StepsOf(source, 2);
        for (long limit = 1; limit <= steps; limit++)
        {
            string output = Run(source, 2, limit);
            Count(output, "closed").ShouldBe(Count(output, "open"), $"{limit} steps:\n{output}");
        }
    }

    [Fact]
    public void Finally_has_a_grace_of_ten_thousand_steps()
    {
        const string Source = "var n = 0\ntry { while true { } } finally { while n < 1_000 { n += 1 }; print(n) }";
        Run(Source, 2, 1_000).ShouldStartWith("1000\n!! LimitExceeded");
        Run(Source.Replace("1_000", "20_000", StringComparison.Ordinal), 2, 1_000).ShouldStartWith("!! LimitExceeded");
    }

    [Fact]
    public void Finally_has_a_grace_of_a_tenth_of_a_large_limit()
    {
        const string Source = "var n = 0\ntry { while true { } } finally { while n < 20_000 { n += 1 }; print(n) }";
        Run(Source, 2, 100_000).ShouldStartWith("!! LimitExceeded");
        Run(Source, 2, 2_000_000).ShouldStartWith("20000\n!! LimitExceeded");
    }

    [Fact]
    public void The_grace_is_one_for_all_finally_blocks()
    {
        const string Block = "{ var n = 0; while n < 1_000 { n += 1 }; print(n) }";
        string source = "try { while true { } } finally " + Block;
        for (int i = 0; i < 30; i++)
        {
            source = $"try {{ {source} }} finally {Block}";
        }

        Count(Run(source, 2, 1_000), "1000\n").ShouldBeInRange(1, 9);
    }

    [Fact]
    public void A_limit_is_not_caught_and_later_runs_begin_anew()
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { MaxSteps = 1_000 });
        for (int i = 0; i < 3; i++)
        {
            Scripts.ShouldExceedLimit(engine, "try { while true { } } catch e { print(e) }").Limit.ShouldBe(LimitKind.Steps);
        }
    }

    [Fact]
    public void A_caught_error_refunds_no_steps()
    {
        const string Source = "while true { try { throw \"x\" } catch e { } }";
        Run(Source, 0, 5_000).ShouldBe(Run(Source, 3, 5_000));
        Run(Source, 0, 5_000).ShouldStartWith("!! LimitExceeded");
    }

    [Theory]
    [InlineData("call_me()")]
    [InlineData("while true { call_short() }")]
    public void A_host_delegate_that_calls_back_shares_the_steps(string source)
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { MaxSteps = 20_000 });
        engine.Run("proc spin() { while true { } }\nproc short() { var n = 0; while n < 100 { n += 1 } }");
        engine.Define("call_me", () => engine.Call("spin"));
        engine.Define("call_short", () => engine.Call("short"));
        Scripts.ShouldExceedLimit(engine, source).Limit.ShouldBe(LimitKind.Steps);
    }

    [Fact]
    public void A_run_inside_a_run_shares_the_steps()
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { MaxSteps = 20_000 });
        int runs = 0;
        engine.Define("run", () =>
        {
            runs++;
            engine.Run("var n = 0\nwhile n < 100 { n += 1 }");
        });
        Scripts.ShouldExceedLimit(engine, "while true { run() }").Limit.ShouldBe(LimitKind.Steps);
        runs.ShouldBeInRange(10, 200);
    }

    private static string Run(string source, int level, long steps) => Scripts.Run(source, level, new LyraLimits { MaxSteps = steps });

    private static string Printed(string output)
    {
        int end = output.IndexOf("!! ", StringComparison.Ordinal);
        return end < 0 ? output : output[..end];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>The smallest limit under which the program completes.</summary>
    private static long StepsOf(string source, int level)
    {
        long high = 1;
        while (Run(source, level, high).Contains("!! LimitExceeded", StringComparison.Ordinal))
        {
            high *= 2;
        }

        long low = high / 2;
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (Run(source, level, middle).Contains("!! LimitExceeded", StringComparison.Ordinal))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
