using System.IO;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>The stack baseline gives the output of Lyra, construct by construct, and names what it does not support.</summary>
public sealed class StackMachineTests
{
    [Theory]
    [InlineData("print(1 + 2 * 3 - 4 / 3, 7 % 3, 2 ** 10, 2 ** 70, -5 % 3, ~5, 1 << 4, -9 >> 1, 6 & 3, 6 | 3, 6 ^ 3)")]
    [InlineData("print(9223372036854775807 + 1, -9223372036854775807 - 5, 4611686018427387904 * 4)")]
    [InlineData("print(1.5 + 2, 0.1 * 3, 1 / 4.0, -1.5, 7.5 % 2)")]
    [InlineData("print(1 == 1.0, 1 != 2, \"a\" < \"b\", 2 >= 3, nil is nil, [1] is [1], 2 in [1, 2], \"x\" not in {\"y\": 1}, not true)")]
    [InlineData("print(nil and 1, 0 and 2, nil or 3, false or nil, nil ?? 4, 5 ?? 6)")]
    [InlineData("var m = nil\nprint(m?.a?.b, m?[0], ({\"a\": [1]})[\"a\"]?[0])")]
    [InlineData("var xs = [1, 2, 3]\nxs[0] += 5\nxs[1], xs[2] = xs[2], xs[1]\nprint(xs, xs[1..], xs[0..=1], xs[..2], \"abc\"[1..])")]
    [InlineData("var a, b = 0, 0")]
    [InlineData("let (a, [b, _]) = (1, [2, 3])\nvar c = 0\nvar d = 0\nc, d = (4, 5)\n(c, d) = [d, c]\nprint(a, b, c, d)")]
    [InlineData("var x = nil\nx ??= 3\nx ??= 4\nvar m = {\"k\": nil}\nm[\"k\"] ??= x\nprint(x, m)")]
    [InlineData("for i in 0..3 { for j in [1, 2, 3] { if j == 2 continue\nif i == 1 break\nprint(i, j) } }")]
    [InlineData("for k, v in {\"a\": 1, \"b\": 2} { print(k, v) }\nfor k in {\"a\": 1} { print(k) }\nfor i, c in \"ab\" { print(i, c) }")]
    [InlineData("outer: for i in 0..5 { for j in 0..5 { if j == 3 continue outer\nif i == 2 break outer\nprint(i, j) } }")]
    [InlineData("for (a, b) in [(1, 2), (3, 4)] { print(a, b) }\nfor i, (a, b) in [(1, 2)] { print(i, a, b) }\n"
        + "for x in set([3]) { print(x) }")]
    [InlineData("var n = 0\nwhile true { n += 1\nif n > 5 break }\nprint(n)")]
    [InlineData("print(1 + if true { let x = 2\nx * 10 } else { 3 })\nprint([0, match 5 { 1 => 2\n_ => { let y = 7\ny } }])")]
    [InlineData("for i in 0..3 { print(10 + match i { 1 => { continue }\n_ => i }) }")]
    [InlineData("proc f(x, y = x + 1, ...rest) { return [x, y, rest] }\nprint(f(1), f(1, 5), f(1, 2, 3, 4))")]
    [InlineData("proc f(x, y = 2) { return x * 10 + y }\nprint(f(y: 3, x: 4), f(1, y: 5), f(x: 7))")]
    [InlineData("proc counter() { var n = 0\nreturn () => { n += 1\nreturn n } }\nlet c = counter()\nc()\nprint(c(), c())")]
    [InlineData("var fs = []\nfor i in 0..3 { fs.push(() => i)\nvar k = i\nfs.push(() => { k += 1\nreturn k }) }\nprint(fs.map(f => f()))")]
    [InlineData("proc outer() { proc even(n) { return n == 0 or odd(n - 1) }\nproc odd(n) { return n != 0 and even(n - 1) }\n"
        + "return even(10) }\nprint(outer())")]
    [InlineData("proc fact(n) { proc go(k) { if k < 2 return 1\nreturn k * go(k - 1) }\nreturn go(n) }\nprint(fact(20))")]
    [InlineData("struct P { x: float; y = 2\nproc sum(self) { return self.x + self.y }\nproc make(v) { return P(v) } }\n"
        + "let p = P.make(1)\np.y += 5\nprint(p, p.sum(), P{y: 1, x: 3}, p == P(1.0, 7), P(x: 4).y)\nlet m = p.sum\nprint(m())")]
    [InlineData("struct N { v; next = nil }\nvar n = nil\nfor i in 0..4 { n = N(i, n) }\nvar s = 0\n"
        + "while n != nil { s = s * 10 + n.v\nn = n.next }\n"
        + "print(s)")]
    [InlineData("struct S { f }\nprint(S(x => x + 1).f(2))")]
    [InlineData("proc kind(v) { return match v { nil => \"nil\"\n1 | 2 => \"few\"\n3..10 => \"some\"\n[] => \"empty\"\n"
        + "[x] => \"one ${x}\"\n"
        + "[a, ...m, z] => \"${a} ${m} ${z}\"\n(a, b) if a > b => \"down\"\n(a, _) => \"pair ${a}\"\n{\"k\": k, ...} => \"map ${k}\"\n"
        + "s: str => \"str ${s}\"\n-5 => \"minus\"\n1.5 as f => \"float ${f}\"\n_ => \"other\" } }\n"
        + "for v in [nil, 2, 7, [], [9], [1, 2, 3, 4], (2, 1), (1, 2), {\"k\": 1, \"l\": 2}, \"t\", -5, 1.5, true] { print(kind(v)) }")]
    [InlineData("struct A { x }\nstruct B { y }\nproc f(v) { return match v { A{x: 0} => \"zero\"\nA{x} | B{y: x} => x\n_ => nil } }\n"
        + "print(f(A(0)), f(A(1)), f(B(2)), f(3))")]
    [InlineData("try { throw error(\"ValueError\", \"bad\") } catch e: \"TypeError\" { print(1) } catch e: \"ValueError\" { "
        + "print(e.message) }")]
    [InlineData("proc f(n) { try { return [1, 2][n] } catch e { return e.kind } }\nprint(f(1), f(2), [f(5), 1 + 2])")]
    [InlineData("proc f() { for i in 0..3 { try { if i == 1 { throw \"x\" }\nprint(i) } catch { continue } } }\nf()")]
    [InlineData("try { try { throw \"in\" } catch e: \"Other\" { } } catch e { print(e.message, e.kind) }")]
    [InlineData("proc g(n) { for i in 0..n { yield i * i } }\nprint(list(g(5)), sum(g(4)))\nlet it = g(2)\n"
        + "print(next(it), next(it), next(it), done(it))")]
    [InlineData("proc g() { try { yield 1\nthrow \"x\" } catch e { yield e.message } }\nfor x in g() { print(x) }")]
    [InlineData("async proc f(n) { await sleepless(n)\nreturn n * 2 }\nasync proc sleepless(n) { return n }\n"
        + "let ts = [1, 2, 3].map(n => spawn f(n))\nprint(await gather(ts), await f(9), await 5)")]
    [InlineData("async proc f() { throw \"no\" }\ntry { await f() } catch e { print(e.message) }")]
    [InlineData("async proc put(c) { for i in 0..5 { await c.send(i) }\nc.close() }\nlet c = chan(1)\nspawn put(c)\nasync proc take() {\n"
        + "var s = 0\nfor v in c { s = s * 10 + v }\nreturn s }\nprint(await take())")]
    [InlineData("print([3, 1, 2].map(x => x * 2).filter(x => x > 2).reduce((a, b) => a + b), sorted([\"bb\", \"a\"], "
        + "length), [1, 2].any(x => x > 1))")]
    [InlineData("import math\nprint(math.floor(2.5), math.pi)\nlet m = math\nprint(m.sqrt(4.0))")]
    [InlineData("var x: int = 2\nvar xs: [float] = [1, 2]\nlet u: u8 = 255\nproc f(a: float) -> int { return 3 }\n"
        + "print(x, xs, u + 1, f(1))")]
    [InlineData("var s: str\nvar n: int\nvar l: [int]\nvar m: {str: int}\nl.push(4)\nprint(s == \"\", n, l, m)")]
    [InlineData("let t = \"\"\"\n    a ${1 + 1}\n    b\n    \"\"\"\nprint(t, \"${\"x\"}${nil}${[1]}\")")]
    [InlineData("const A = 3\nconst B = A * 2\nprint(A + B)\nprint({\"a\": (1,), 2: ()})")]
    public void Output_equals_that_of_Lyra(string source)
    {
        string expected = Lyra(source, out bool isValid);

        BaselineOutput run = BaselineOutput.Of(source);

        run.Code.ShouldBe(isValid ? 0 : 2, run.Err);
        run.Out.ShouldBe(expected);
    }

    [Theory]
    [InlineData("var x = 1\ntry { x = 2 } finally { print(x) }", "finally (line 2)")]
    [InlineData("struct P {\nproc __add(self, o) { return self } }", "the hook __add (line 2)")]
    [InlineData("proc f(a) { }\n\nf(...[1])", "a spread argument (line 3)")]
    [InlineData("import \"other\"", "import of files (line 1)")]
    [InlineData("import { sqrt } from math\nprint(sqrt(4.0))", "import of single names (line 1)")]
    [InlineData("await sleep(1)", "timers")]
    public void Unsupported_constructs_are_named_with_their_line(string source, string construct)
    {
        BaselineOutput run = BaselineOutput.Of(source);

        run.Code.ShouldBe(2);
        run.Err.ShouldBe($"a.lyra: the stack baseline does not support {construct}\n");
    }

    [Theory]
    [InlineData("print(1)\nprint([1][5])", "IndexError: index 5 is outside the list: its indices are 0 to 0 (a.lyra, line 2)\n")]
    [InlineData("proc f(n) {\n    return f(n + 1)\n}\nf(0)", "StackOverflow: calls are nested deeper than 10000 frames (a.lyra, line 2)\n")]
    [InlineData("print(x)\nvar x = 1", "")]
    [InlineData("proc f() { return y }\nf()\n"
        + "var y = 1", "ValueError: a variable is used before its declaration has run (a.lyra, line 1)\n")]
    [InlineData("proc f(a, b) { }\nf(1)", "")]
    [InlineData("let f = (a, b) => a\nf(1)", "ArgumentError: ")]
    [InlineData("match 3 {\n    1 => 2\n}", "MatchError: no arm of the match fits 3, which is of type int (a.lyra, line 1)\n")]
    public void Uncaught_errors_have_their_line(string source, string message)
    {
        BaselineOutput run = BaselineOutput.Of(source);

        run.Code.ShouldBeInRange(1, 2);
        run.Err.ShouldStartWith(message);
        run.Err.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void The_exit_code_is_that_of_the_program() => BaselineOutput.Of("exit(7)").Code.ShouldBe(7);

    private static string Lyra(string source, out bool isValid)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions { Output = output, Jit = JitMode.Off });
        try
        {
            engine.Run(source, "a.lyra");
            isValid = true;
        }
        catch (LyraCompileException)
        {
            isValid = false;
        }

        return output.ToString();
    }
}
