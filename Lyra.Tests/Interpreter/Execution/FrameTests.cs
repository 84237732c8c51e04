using System.IO;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>
/// The frame limit is exact, catchable and the same at every optimization level. Any depth below it works without a crash.
/// </summary>
public class FrameTests
{
    public static TheoryData<string, int> Routes => new(FrameRoutes.All);

    [Theory]
    [MemberData(nameof(Routes))]
    public void The_frame_limit_is_exact(string source, int framesPerLevel)
    {
        int deepest = Deepest(source, 2, 200);
        foreach (int level in Scripts.Levels)
        {
            Overflows(source, level, 200, deepest).ShouldBeFalse($"-O{level}");
            Overflows(source, level, 200, deepest + 1).ShouldBeTrue($"-O{level}");
        }

        // Ten more levels need ten times the frames of a level.
        Deepest(source, 2, 200 + (10 * framesPerLevel)).ShouldBe(deepest + 10);
    }

    [Fact]
    public void Plain_recursion_uses_exactly_the_available_frames()
    {
        const string Source = "proc d(n) { if n == 0 { return 0 }; return d(n - 1) + 1 }";

        // The frames of the top level, and of d for n, n-1, ... 0.
        Deepest(Source, 0, 50).ShouldBe(48);
        Deepest(Source, 3, 50).ShouldBe(48);
    }

    [Theory]
    [InlineData("proc f(n) { if n == 0 { return 0 }; return f(n - 1) + 1 }\nprint(f(999_998))", "999998\n")]
    [InlineData("proc f(n) { if n == 0 { return 0 }; return f(n - 1) + 1 }\ntry { f(10 ** 7) } catch e { print(e.kind) }",
        "StackOverflow\n")]
    [InlineData("proc f(n) { if n == 0 { return 0 }; return [n].map(x => f(x - 1))[0] + 1 }\nprint(f(200_000))", "200000\n")]
    [InlineData("proc g(n) { if n > 0 { for x in g(n - 1) { yield x + 1 } } else { yield 0 } }\nfor x in g(200_000) { print(x) }",
        "200000\n")]
    [InlineData("proc g(n) { if n > 0 { yield next(g(n - 1)) + 1 } else { yield 0 } }\nprint(next(g(50_000)))", "50000\n")]
    [InlineData("async proc f(n) { if n == 0 { await sleep(0); return 0 }; return await f(n - 1) + 1 }\nprint(await f(100_000))",
        "100000\n")]
    public void Any_depth_below_the_limit_is_accepted(string source, string expected) =>
        Scripts.Run(source, 2, new LyraLimits { MaxFrames = 1_000_000 }).ShouldBe(expected);

    [Fact]
    public void An_overflow_unwinds_through_a_hundred_thousand_builtins()
    {
        const string Source =
            "proc f(n) { if n == 0 { return 0 }; return [n].map(x => f(x - 1))[0] + 1 }\ntry { f(10 ** 7) } catch e { print(e.kind) }";
        Scripts.Run(Source, 2, new LyraLimits { MaxFrames = 300_000 }).ShouldBe("StackOverflow\n");
    }

    [Theory]
    [InlineData("var closed = 0\nproc g(n) { try { if n > 0 { for x in g(n - 1) { yield x } }; yield n } finally { closed += 1 } }\nfor x "
        + "in g(100_000) { break }\nprint(closed)", "100001\n")]
    [InlineData("var t = sleep(0)\nfor i in 0..100_000 { t = gather([t]) }\nawait t\nprint(1)", "1\n")]
    [InlineData("var t = sleep(100_000)\nfor i in 0..100_000 { t = gather([t]) }\nt.cancel()\ntry { await t } catch e { print(e.kind) }",
        "Cancelled\n")]
    [InlineData("async proc f(n) { if n == 0 { await sleep(100_000) }; return await (spawn f(n - 1)) }\nvar t = f(50_000)\nawait "
        + "sleep(100)\nt.cancel()\ntry { await t } catch e { print(e.kind) }", "Cancelled\n")]
    public void Iterators_and_tasks_nest_to_any_depth(string source, string expected) =>
        Scripts.Run(source, 2, new LyraLimits { MaxFrames = 1_000_000 }).ShouldBe(expected);

    [Fact]
    public void An_iterator_is_closed_even_if_no_frame_remains()
    {
        const string Source = """
            var log = []
            proc g() { try { log.push("open"); yield 1 } finally { log.push("closed") } }
            proc one() { return two() }
            proc two() { return 2 }
            proc d(n) { if n > 0 { return d(n - 1) + 1 }; for x in g() { one() }; return 0 }
            for n in 20..60 {
                log.clear()
                try { d(n) } catch e { }
                if log.count("open") != log.count("closed") { print(n, log) }
            }
            """;
        Scripts.Run(Source, 2, new LyraLimits { MaxFrames = 50 }).ShouldBeEmpty();
    }

    [Fact]
    public void An_uncaught_overflow_is_a_limit_of_the_host()
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: new LyraLimits { MaxFrames = 100 });
        LyraLimitException e = Scripts.ShouldExceedLimit(engine, "proc f() { return f() + 1 }\nf()");
        e.Limit.ShouldBe(LimitKind.Frames);
        e.Kind.ShouldBe("StackOverflow");
    }

    private static int Deepest(string source, int level, int maxFrames)
    {
        int n = 1;
        while (!Overflows(source, level, maxFrames, n + 1))
        {
            n++;
            n.ShouldBeLessThan(maxFrames);
        }

        return n;
    }

    private static bool Overflows(string source, int level, int maxFrames, int depth)
    {
        string output = Scripts.Run($"{source}\ntry {{ await d({depth}); print(\"fine\") }} catch e {{ print(e.kind) }}", level,
            new LyraLimits { MaxFrames = maxFrames });
        output.ShouldBeOneOf("fine\n", "StackOverflow\n");
        return output != "fine\n";
    }
}
