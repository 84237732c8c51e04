using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Execution;

/// <summary>
/// The frame limit is exact, catchable and the same at every optimization level. Any depth below it works without a crash.
/// </summary>
public class FrameTests
{
    /// <summary>
    /// A proc <c>d(n)</c> that recurses n levels, and the number of frames per level. A builtin that calls back, or an equivalent
    /// operation, counts as a frame in addition to those of the procs.
    /// </summary>
    public static TheoryData<string, int> Routes => new()
    {
        { "proc d(n) { if n == 0 { return 0 }; return d(n - 1) + 1 }", 1 },
        { "var f = nil\nproc d(n) { if n == 0 { return 0 }; return f(n - 1) + 1 }\nf = d", 1 },
        { "proc d(n) { if n == 0 { return 0 }; return d(...[n - 1]) + 1 }", 1 },
        { "struct S {\n    proc m(self, n) { if n == 0 { return 0 }; return self.m(n - 1) + 1 }\n}\nvar s = S()\nproc d(n) { return s.m(n "
            + "- 1) }", 1 },
        { "proc d(n) { if n == 0 { return 0 }; return [n - 1].map(d)[0] + 1 }", 2 },
        { "proc d(n) { if n == 0 { return 0 }; return [n].map(x => d(x - 1))[0] + 1 }", 3 },
        { "proc d(n) { if n == 0 { return 0 }; return length([n - 1].filter(d)) }", 2 },
        { "proc d(n) { if n == 0 { return 0 }; return [0, n - 1].reduce((a, b) => d(b)) }", 3 },
        { "proc d(n) { if n == 0 { return 0 }; return sorted([n - 1], d) }", 2 },
        { "proc d(n) { if n == 0 { return 0 }; return any([n - 1], d) }", 2 },
        { "struct S {\n    n\n    proc __add(self, o) { if self.n == 0 { return 0 }; return (S(self.n - 1) + o) + 1 }\n}\nproc d(n) { "
            + "return S(n - 1) + 1 }", 1 },
        { "struct S {\n    n\n    proc __index(self, i) { if self.n == 0 { return 0 }; return S(self.n - 1)[i] + 1 }\n}\nproc d(n) { "
            + "return S(n - 1)[0] }", 1 },
        { "struct S {\n    n\n    proc __setindex(self, i, v) { if self.n == 0 { return 0 }; S(self.n - 1)[i] = v }\n}\nproc d(n) { S(n - "
            + "1)[0] = 1 }", 1 },
        { "struct S {\n    n\n    proc __call(self) { if self.n == 0 { return 0 }; return S(self.n - 1)() + 1 }\n}\nproc d(n) { return "
            + "S(n - 1)() }", 1 },
        { "struct S {\n    n\n    proc __eq(self, o) { if self.n == 0 { return true }; return S(self.n - 1) == o }\n}\nproc d(n) { if n "
            + "== 0 { return 0 }; return S(n - 1) == 1 }", 2 },
        { "struct S {\n    n\n    proc __lt(self, o) { if self.n == 0 { return true }; return S(self.n - 1) < o }\n}\nproc d(n) { if n == "
            + "0 { return 0 }; return S(n - 1) < 1 }", 2 },
        { "struct S {\n    n\n    proc __str(self) { if self.n == 0 { return \"x\" }; return tostring(S(self.n - 1)) }\n}\nproc d(n) { if "
            + "n == 0 { return 0 }; return tostring(S(n - 1)) }", 2 },
        { "struct S {\n    n\n    proc __eq(self, o) { return self is o }\n    proc __hash(self) { if self.n == 0 { return 1 }; return "
            + "hash(S(self.n - 1)) }\n}\nproc d(n) { if n == 0 { return 0 }; return hash(S(n - 1)) }", 2 },
        { "struct S {\n    n\n    proc __len(self) { if self.n == 0 { return 1 }; return length(S(self.n - 1)) }\n}\nproc d(n) { if n == "
            + "0 { return 0 }; return length(S(n - 1)) }", 2 },
        { "struct S {\n    n\n    proc __iter(self) { if self.n == 0 { return [1] }; for x in S(self.n - 1) { }; return [1] }\n}\nproc "
            + "d(n) { if n == 0 { return 0 }; for x in S(n - 1) { } }", 2 },
        { "proc g(n) { if n > 0 { for x in g(n - 1) { yield x } } else { yield 1 } }\nproc d(n) { for x in g(n - 1) { return x } }", 1 },
        { "proc g(n) { if n > 0 { yield next(g(n - 1)) } else { yield 1 } }\nproc d(n) { if n == 0 { return 0 }; return next(g(n - 1)) }",
            2 },
        { "struct P {\n    n\n    x = make(n)\n}\nproc make(n) { if n == 0 { return 0 }; return P(n - 1) }\nproc d(n) { return make(n) }",
            2 },
        { "async proc d(n) { if n == 0 { return 0 }; return await d(n - 1) + 1 }", 1 },
    };

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
