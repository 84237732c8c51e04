using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

/// <summary><c>xs += [x]</c> appends in place where nothing but the variable can refer to the list, and nowhere else.</summary>
public sealed class OwnedListTests
{
    [Theory]
    [InlineData("for i in 0..n { q += [i] }", "[0, 1, 2, 3]")]
    [InlineData("for i in 0..n { q = q + [i] }", "[0, 1, 2, 3]")]
    [InlineData("for i in 0..n { q += [i, -i] }", "[0, 0, 1, -1, 2, -2, 3, -3]")]
    [InlineData("for i in 0..n { q += [] }", "[]")]
    [InlineData("for i in 0..n { q += [[i]] }", "[[0], [1], [2], [3]]")]
    [InlineData("for i in 0..n { if q.length() > 1 { q[0] = q[1] + 5 } else { q += [i] }\n q += [7] }", "[12, 7, 7, 7, 7]")]
    [InlineData("while q.isEmpty() or q.length() < n { q += [q.length()] }\n let r = q\n r.push(9)", "[0, 1, 2, 3, 9]")]
    [InlineData("for i in 0..n { if i == 2 { q = [5] }\n q += [i] }", "[5, 2, 3]")]
    public void It_appends_in_place(string body, string expected) => ShouldPrint(body, expected, isInPlace: true);

    [Theory]
    [InlineData("let r = q\n for i in 0..n { q += [i] }\n q = r", "[]")]
    [InlineData("let all = []\n for i in 0..n { all.push(q)\n q += [i] }\n q = all", "[[], [0], [0, 1], [0, 1, 2]]")]
    [InlineData("for i in 0..n { for x in q { q += [x] }\n q += [i] }", "[0, 0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 0, 1, 2, 3]")]
    [InlineData("let get = () => q\n for i in 0..n { q += [get()] }", "[[], [[]], [[], [[]]], [[], [[]], [[], [[]]]]]")]
    [InlineData("let all = [q]\n try { q += [1]\n q += [1 / (n - n)] } catch e { q += [2] }\n q = [q, all]", "[[1, 2], [[]]]")]
    [InlineData("for i in 0..n { q += [q] }", "[[], [[]], [[], [[]]], [[], [[]], [[], [[]]]]]")]
    [InlineData("q = n\n try { q += [1] } catch e { q = e.kind }", "TypeError")]
    [InlineData("var p: [int] = []\n for i in 0..n { p += [i] }\n q = p", "[0, 1, 2, 3]")]
    [InlineData(
        "var t = [1]\n var s = []\n for i in 0..n { t = [i]\n s += t\n q.push(t) }\n q = [s, q]", "[[0, 1, 2, 3], [[0], [1], [2], [3]]]")]
    public void It_copies(string body, string expected) => ShouldPrint(body, expected, isInPlace: false);

    private static void ShouldPrint(string body, string expected, bool isInPlace)
    {
        string source = $$"""
            proc f(n) { var q = []
                {{body}}
                return q }
            var s
            for i in 0..30 { s = f(4) }
            print(s)
            """;
        Prototype f = TestCompiler.Proc(TestCompiler.Compile(source), "f");
        f.Code.Any(i => i.Op is Opcode.Add && f.Code.Any(list => list.Op == Opcode.NewList && list.A == i.C)).ShouldBe(!isInPlace);

        new ScriptRun(source, new ScriptSetup()).Output.ShouldBe(expected + "\n");
        ScriptRun compiled = new(source, new ScriptSetup { Tiers = new TierOptions { HotLoop = 2, HotProc = 3, HotExit = 2 } });
        compiled.Output.ShouldBe(expected + "\n");
        compiled.Counters.CompiledSteps.ShouldBeGreaterThan(0);
    }
}
