using System.Collections.Generic;
using System.IO;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>Errors raised by an instruction that is executed singly, with handlers at every level.</summary>
public sealed class PendingErrorTests
{
    /// <summary>Bodies of <c>fail(x)</c> that fail in different ways.</summary>
    private static readonly string[] Failures =
    [
        "proc fail(x) { return x / 0 }",
        "proc fail(x) { throw \"own\" }",
        "proc fail(x) { return [x].map(y => y.nothing) }",
        "proc fail(x) { return length(x) }",
        "proc fail(x) { return fail(x + 1) + 1 }",
        "struct S {\n    proc __add(self, o) { return self.gone }\n}\nproc fail(x) { return S() + x }",
        "struct S {\n    proc __eq(self, o) { throw error(\"Own\", \"eq\") }\n}\nproc fail(x) { return S() == x }",
        "struct S {\n    proc __setindex(self, i, v) { throw error(\"Own\", \"set\") }\n}\nproc fail(x) { S()[x] = 1 }",
        "proc g(n) { try { yield n; throw \"in g\" } finally { print(\"closing\") } }\nproc fail(x) { for y in g(x) { print(y) } }",
        "proc g(n) { try { yield n; yield n } finally { print(\"closing\") } }\nproc fail(x) { for y in g(x) { throw \"out\" } }",
        "async proc a(n) { throw \"in a\" }\nproc fail(x) { var t = a(x); print(t.done); return t.result }",
        "struct P {\n    n = 1 / 0\n}\nproc fail(x) { return P() }",
        "proc fail(x) { try { return 1 / 0 } finally { print(\"finally\") } }",
        "proc fail(x) { try { throw \"first\" } catch e { throw \"second\" } }",
        "proc fail(x) { exit(3) }",
        "proc fail(x) { while true { x += 1 } }",
        "proc fail(x) { var all = []; while true { all.push(\"text \" + tostring(length(all))) } }",
    ];

    /// <summary>Programs that call <c>fail</c>, with handlers at different levels.</summary>
    private static readonly string[] Handlings =
    [
        "proc mid(x) { return fail(x) }\nmid(1)",
        "proc mid(x) { return fail(x) }\ntry { mid(1) } catch e { print(e.kind, e.message, e.trace) }",
        "proc mid(x) { try { return fail(x) } catch e { print(e.kind, e.trace); return 5 } }\nprint(mid(1))",
        "proc mid(x) { try { fail(x) } finally { print(\"mid\") } }\ntry { mid(1) } catch e { print(e.kind) } finally { print(\"top\") }",
        "proc mid(x) { for i in 0..3 { try { fail(i) } catch e { print(i, e.kind); continue } } }\nmid(0)\nmid(1)",
        "proc mid(x) { try { fail(x) } catch e { throw error(\"Outer\", e.message) } }\ntry { mid(1) } catch e { print(e.kind, "
            + "e.cause.kind) }",
        "async proc mid(x) { await sleep(0); return fail(x) }\nvar t = mid(1)\ntry { await t } catch e { print(e.kind, e.trace) }",
        "async proc mid(x) { return fail(x) }\nvar t = mid(1)\nprint(t.done)\ntry { print(await t) } catch e { print(e.kind, e.trace) }",
        "proc mid(x) { return [x, x].map(y => { try { return fail(y) } catch e { return e.kind } }) }\nprint(mid(1))",
    ];

    public static TheoryData<int> FailureNumbers => [.. System.Linq.Enumerable.Range(0, Failures.Length)];

    [Theory]
    [MemberData(nameof(FailureNumbers))]
    public void An_error_finds_its_handler(int failure)
    {
        LyraLimits limits = new() { MaxSteps = 30_000, MaxMemoryBytes = 1 << 20, MaxFrames = 60 };
        foreach (string handling in Handlings)
        {
            string source = $"{Failures[failure]}\n{handling}";
            string expected = SingleRuns.Run(source, null, 2, limits);
            SingleRuns.Run(source, SingleRuns.Singly, 2, limits).ShouldBe(expected, source);
            for (int seed = 0; seed < 6; seed++)
            {
                SingleRuns.Run(source, RandomExitTests.Driver(seed), 2, limits).ShouldBe(expected, $"seed {seed}\n{source}");
            }
        }
    }

    [Fact]
    public void A_module_may_wait_while_it_is_imported()
    {
        Dictionary<string, string> modules = new()
        {
            ["outer"] = "import \"inner\"\nprint(\"outer\")\nawait sleep(1)\npub var v = inner.v + 1",
            ["inner"] = "await sleep(1)\nprint(\"inner\")\npub var v = 1",
        };
        const string Source = "async proc tick() { await sleep(0); print(\"tick\") }\ntick()\nimport \"outer\"\nprint(outer.v)";
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions { Output = output, ModuleLoader = new DictionaryModuleLoader(modules) });
        Engine interpreter = SingleRuns.InterpreterOf(engine);
        interpreter.SingleStep = interpreter.ExecuteOne;
        engine.Run(Source);
        output.ToString().ShouldBe("tick\ninner\nouter\n2\n");
    }
}
