using System.Linq;
using Lyra.Analysis;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>The rules at their limits: what they report, and what they must not claim.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("print(\"a\".uper())", "1:11 LY2001")]
    [InlineData("let s = \"a\"\nprint(s.size)", "2:9 LY2001")]
    [InlineData("print(nil.x)", "1:11 LY2001")]
    [InlineData("print((3).dayz)", "1:11 LY2001")]
    [InlineData("struct P { x: int }\nlet p = P(1)\np.z = 2", "3:3 LY2001")]
    [InlineData("struct P { x: int\nproc f(self) { return self.x } }\nlet p = P(1)\np.f = 2", "4:3 LY2012")]
    [InlineData("struct P { x: int\nproc f(self) { return self.y } }", "2:28 LY2001")]
    [InlineData("enum E { A(r: int), B }\nprint(E.A(1).q, E.B.ordinal)", "2:14 LY2001")]
    [InlineData("import math\nprint(math.sqr(2))", "2:12 LY2001")]
    [InlineData("import { sqr } from math\nprint(sqr(2))", "1:10 LY2011")]
    [InlineData("import encoding\nprint(encoding.hex.encod(\"a\"))", "2:20 LY2001")]
    [InlineData("print(\"a\".upper(1, 2))", "1:17 LY2002")]
    [InlineData("let f = (a, b = 1) => a + b\nprint(f())", "2:7 LY2003")]
    [InlineData("let f = (a, b = 1) => a + b\nprint(f(1, c: 2))", "2:12 LY2004")]
    [InlineData("print([3, 1].sorted(keys: x => x))", "1:21 LY2004")]
    [InlineData("print(push([1]))", "1:7 LY2003")]
    [InlineData("print(1 + nil)", "1:9 LY2005")]
    [InlineData("var n = 1\nn += \"a\"", "2:3 LY2005")]
    [InlineData("print(-\"a\")", "1:7 LY2006")]
    [InlineData("var sum = 0\nprint(sum([1]))", "2:7 LY2007")]
    [InlineData("for x in 5 { print(x) }", "1:10 LY2008")]
    [InlineData("let n = 5\nprint(n[0])", "2:7 LY2009")]
    [InlineData("import \"nowhere\" as n\nprint(n)", "1:8 LY2010")]
    [InlineData("print(1 == \"1\")", "1:9 LY2101")]
    [InlineData("proc f(n: int) { return n is str }", "1:27 LY2102")]
    [InlineData("exit(1)\nprint(1)", "2:1 LY2103")]
    [InlineData("while true { }\nprint(1)", "2:1 LY2103")]
    [InlineData("async proc f() { return 1 }\nif f() { print(1) }", "2:4 LY2104")]
    [InlineData("async proc f() { return 1 }\nprint(f())", "2:7 LY2104")]
    [InlineData("async proc f() { return 1 }\nprint(f() == 1)", "2:7 LY2104")]
    [InlineData("let xs = [1]\nprint(xs.isEmpty)", "2:10 LY2105")]
    [InlineData("let xs = [1]\nprint(\"${xs.isEmpty}\")", "2:13 LY2105")]
    [InlineData("print([1].contains(x => x))", "1:20 LY2106")]
    [InlineData("proc f(v) { let n = 5; return v is n }", "1:36 LY2107")]
    [InlineData("proc f(x) {\nlet y = x\n- 1\nreturn y\n}", "3:1 LY2108")]
    [InlineData("proc f(x) { x == 5; return x }", "1:13 LY2108")]
    [InlineData("proc f() { for i in 0..3 { print(1) } }", "1:16 LY2201")]
    [InlineData("proc f() { var n = 1; n += 1 }", "1:16 LY2201")]
    [InlineData("print([1].map((a, b = 1) => a))", "1:19 LY2202")]
    [InlineData("import math", "1:8 LY2203")]
    [InlineData("pub proc f() { return 1 }\nproc g() { return g() }", "2:6 LY2204")]
    [InlineData("proc f() { proc g() { return 1 } }", "1:17 LY2204")]
    [InlineData("proc f() { let xs = []; xs.push(1); xs[0] = 2 }", "1:16 LY2205")]
    public void A_fault_is_reported(string source, string place) => AnalysisTester.Places(source).ShouldBe([place]);

    [Theory]
    [InlineData("var s = 1\nfor i in [1, 2] { s = if i == 1 { \"a\" } else { nil } }\nprint(s.upper())")]
    [InlineData("var s = nil\nproc set_it() { s = [1] }\nset_it()\nprint(s.first())")]
    [InlineData("proc f(x) { if x == nil { return 1 }\nreturn x.y }\nprint(f(nil))")]
    [InlineData("proc f(x: str?) { return if x == nil { 0 } else { x.length() } }\nprint(f(nil))")]
    [InlineData("let m = {\"a\": 1}\nprint(m.anything, m.f)")]
    [InlineData("proc f(o: any) { return o.x + o }\nprint(f)")]
    [InlineData("struct B { x: int\nproc f(self) { return self.n } }\nstruct N { use B; n: str }\nprint(N(1, \"n\").f())")]
    [InlineData("pub struct Base { x: int\nproc f(self) { return self.name } }\nprint(Base(1).x)")]
    [InlineData("struct V { x: int\nproc __add(self, o) { return o }\nproc __eq(self, o) { return o } }\nprint(V(1) + \"a\", V(1) == nil)")]
    [InlineData("struct S { x: int\nproc length(self, a) { return a } }\nproc f(s) { return length(s, 1) }\nprint(f(S(1)))")]
    [InlineData("var f = nil\ntry { f = 1\nf.x } catch e { print(e) }\nif f != nil { print(f) }")]
    [InlineData("import test\ntest.throws(\"TypeError\", () => [1].nope)")]
    [InlineData("try { print(\"a\" - 1) } catch e { print(e.kind) }")]
    [InlineData("let xs = [1, \"a\"]\nxs.push(nil)\nprint(xs[1].upper(), xs[2] == nil)")]
    [InlineData("var x = 0\nlet f = () => { x = \"a\" }\nf()\nprint(x.upper())")]
    [InlineData("let handlers = [x => x]\nlet f = handlers[0]\nprint(handlers.contains(f))")]
    [InlineData("async proc f() { return 1 }\nlet t = f()\nprint(await t, t.done)")]
    [InlineData("let a = [1]\nlet b = a\nprint(a is b)")]
    [InlineData("proc f(a, b) { return a is b }\nprint(f(1, 1))")]
    [InlineData("type Id = int\nimport { Pair } from \"lib\"\nproc f(i: Id, p: Pair?) { return (i, p) }\nprint(f)")]
    [InlineData("proc f() { var n = 0; return () => { n += 1; return n } }\nprint(f()())")]
    [InlineData("proc f(xs) { xs.push(1) }\nlet xs = [0]\nf(xs)\nprint(xs)")]
    [InlineData("proc f(p) { p.x = 1 }\nprint(f)")]
    [InlineData("proc f(v) { return match v { s: str => s.upper(), [a, ...] => a, _ => nil } }\nprint(f(1))")]
    [InlineData("var n: float = 1\nprint(n.abs(), n / 2)")]
    [InlineData("outer: for i in 0..3 { var s = nil\nfor j in 0..i { s = \"a\"\nif j > 1 { break outer } }\nif s { print(s.upper()) } }")]
    public void A_valid_program_has_no_errors(string source) =>
        AnalysisTester.Check(source).Where(static report => report.Severity == DiagnosticSeverity.Error && report.Code != "LY2010")
            .Select(static report => report.Diagnostic.ToString()).ShouldBeEmpty();

    [Fact]
    public void An_error_that_something_catches_is_a_warning()
    {
        AnalysisTester.Lines("try { print(\"a\" - 1) } catch e { print(e.kind) }").Single().ShouldStartWith("1:17: warning: ");
        AnalysisTester.Lines("try { print(\"a\" - 1) } finally { print(1) }").Single().ShouldStartWith("1:17: error: ");
        AnalysisTester.Lines("import test\ntest.throws(\"TypeError\", () => 1 - nil)").Single().ShouldStartWith("2:34: warning: ");
    }

    [Fact]
    public void A_hidden_builtin_is_named() =>
        AnalysisTester.Lines("var sum = 0\nprint(sum([1]))").Single().ShouldContain("`sum` is a variable here that hides the builtin");

    [Fact]
    public void A_misspelt_member_names_the_nearest_and_has_an_edit()
    {
        Finding report = AnalysisTester.Check("print(\"a\".uper())").Single();
        report.Diagnostic.Message.ShouldContain("is it `upper`?");
        report.Edit.ShouldBe(new TextEdit(10, 4, "upper"));
    }

    [Fact]
    public void Codes_and_names_of_rules_are_unique_and_ordered()
    {
        ReportRules.All.Select(static rule => rule.Code).ShouldBeUnique();
        ReportRules.All.ShouldAllBe(static rule => rule.Code.Length == 6 && rule.Code.StartsWith("LY2"));
    }
}
