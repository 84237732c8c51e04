using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("print(x)", "1: LY1001")]
    [InlineData("print(math.pi)", "1: LY1002")]
    [InlineData("var a = 1\nvar a = 2", "2: LY1003")]
    [InlineData("proc f() { }\nstruct f { }", "2: LY1003")]
    [InlineData("proc f(a, a) { }", "1: LY1003")]
    [InlineData("struct S { x: int, x: int }", "1: LY1003")]
    [InlineData("let a = 1\na = 2", "2: LY1004")]
    [InlineData("proc f() { }\nf = 1", "2: LY1004")]
    [InlineData("import math\nmath = 1", "2: LY1004")]
    [InlineData("print = 1", "1: LY1004")]
    [InlineData("x = 1", "1: LY1005")]
    [InlineData("if true { print(a) }\nvar a = 1", "1: LY1006")]
    [InlineData("proc f(p) { struct S { proc m(self) { return p } } }", "1: LY1007")]
    [InlineData("var x: strange = 1", "1: LY1008")]
    [InlineData("type Id = int\nprint(Id)", "2: LY1009")]
    [InlineData("type A = B\ntype B = A?", "1: LY1010")]
    [InlineData("type A = (B, int)?\ntype B = A | str", "1: LY1010")]
    [InlineData("type A = int\nA = 1", "2: LY1004")]
    [InlineData("type A = int\nvar A = 1", "2: LY1003")]
    [InlineData("type A = int\nmatch 1 { A{x} => 1, _ => 2 }", "2: LY1206")]
    [InlineData("proc f(a, b = 1) { }\nf()", "2: LY1201")]
    [InlineData("proc f(a) { }\nf(1, 2)", "2: LY1202")]
    [InlineData("proc f(a) { }\nf(1, c: 2)", "2: LY1203")]
    [InlineData("proc f(a) { }\nf(1, a: 2)", "2: LY1204")]
    [InlineData("proc o() { proc f(a) { }; f() }", "1: LY1201")]
    [InlineData("struct S { x: int }\nS()", "2: LY1201")]
    [InlineData("struct S { x: int }\nS{y: 1}", "2: LY1203")]
    [InlineData("struct S { x: int }\nmatch 1 { S{y} => 1, _ => 2 }", "2: LY1205")]
    [InlineData("var S = 1\nmatch 1 { S{y} => 1, _ => 2 }", "2: LY1206")]
    [InlineData("var n: int = \"text\"", "1: LY1301")]
    [InlineData("var n: int = 1.5", "1: LY1301")]
    [InlineData("var n: int = nil", "1: LY1301")]
    [InlineData("var n: [int] = [1, \"a\"]", "1: LY1301")]
    [InlineData("var n: int = 1\nn = true", "2: LY1301")]
    [InlineData("proc f(n: str) { }\nf(1)", "2: LY1301")]
    [InlineData("proc f() -> str { return 1 }", "1: LY1301")]
    [InlineData("proc f(n: str = 1) { }", "1: LY1301")]
    [InlineData("var m: {str: [u8]} = {}\nm[\"a\"] = [\"b\"]", "2: LY1301")]
    [InlineData("var l: [u8] = []\nl += [\"b\"]", "2: LY1301")]
    [InlineData("var x: (int, str) = (1,)", "1: LY1301")]
    [InlineData("var x: (int, str) = (1, \"a\", 2)", "1: LY1301")]
    [InlineData("var x: [(int, str)] = [(1,)]", "1: LY1301")]
    [InlineData("struct S { x: int }\nstruct T { x: int }\nvar q: S = T(1)", "3: LY1301")]
    [InlineData("struct S { }\nstruct T { }\nproc f(s: S) { }\nf(T())", "4: LY1301")]
    [InlineData("struct S { }\nstruct T { }\nvar t: T? = nil\nvar s: S = t", "4: LY1301")]
    [InlineData("struct S { }\nvar s: S = S", "2: LY1301")]
    [InlineData("async proc f() -> int { return 1 }\nvar x: int = f()", "2: LY1301")]
    [InlineData("proc f() { }\nvar x: int = spawn f()", "2: LY1301")]
    [InlineData("proc g() -> int { yield 1 }\nvar x: int = g()", "2: LY1301")]
    [InlineData("var y: int = \"abc\"[0]", "1: LY1301")]
    [InlineData("var s = \"abc\"\nvar t: str = \"abc\"\nvar y: int = t[0..1]", "3: LY1301")]
    [InlineData("struct P { x: int }\nvar p: P", "2: LY1302")]
    [InlineData("var x: int | str", "1: LY1302")]
    [InlineData("var x: int | str = 1.5", "1: LY1301")]
    [InlineData("type Id = int\nvar x: Id = \"a\"", "2: LY1301")]
    [InlineData("proc f() -> int { }", "1: LY1303")]
    [InlineData("proc f(n) -> int { for i in n { print(i) } }", "1: LY1303")]
    [InlineData("const A = f()\nproc f() { }", "1: LY1401")]
    [InlineData("const A = [1]", "1: LY1401")]
    [InlineData("const A = 1 / 0", "1: LY1402")]
    [InlineData("const A = 1\nmatch 1 { A => 2 }", "2: LY1501")]
    [InlineData("match 1 { [a] | (b,) => 2, _ => 3 }", "1: LY1502")]
    [InlineData("match 1 { [a, a] => 2, _ => 3 }", "1: LY1503")]
    [InlineData("enum E { A, B }\nproc f(e: E) { return match e { A => 1, C => 2 } }", "2: LY1701")]
    [InlineData("enum E { A, B }\nmatch 1 { E.C => 1, _ => 2 }", "2: LY1701")]
    [InlineData("enum E { A(x) }\nmatch 1 { E.A{y} => 1, _ => 2 }", "2: LY1702")]
    [InlineData("enum E { A }\nmatch 1 { E.A{y} => 1, _ => 2 }", "2: LY1702")]
    [InlineData("enum E { A(x, y) }\nmatch 1 { E.A(a) => 1, _ => 2 }", "2: LY1703")]
    [InlineData("enum E { A(x, y) }\nmatch 1 { E.A(a, b, c) => 1, _ => 2 }", "2: LY1703")]
    [InlineData("enum E { A, B(x) }\nproc f(e) { return match e { E.A => 1, B(1) => 2 } }", "2: LY1704")]
    [InlineData("enum E { A, B(x) }\nproc f(e) { return match e { E.A => 1, B(x) if x => 2 } }", "2: LY1704")]
    [InlineData("enum E { A, B }\nproc f(e: E?) { return match e { A => 1, B => 2 } }", "2: LY1704")]
    [InlineData("enum E { A, B\nproc f(self) { return match self { A => 1 } } }", "2: LY1704")]
    [InlineData("enum E { A }\nE.A()", "2: LY1705")]
    [InlineData("enum E { A }\nmatch 1 { E.A() => 1, _ => 2 }", "2: LY1705")]
    [InlineData("enum E { A(x) }\nE.A{x: 1}", "2: LY1706")]
    [InlineData("enum E { A(x) }\nE.cases", "2: LY1707")]
    [InlineData("enum E { A(x)\nproc f(self) { self.x = 1 } }", "2: LY1708")]
    [InlineData("enum E { A(x)\nproc f(self) { self.x += 1 } }", "2: LY1708")]
    [InlineData("enum E { A(case) }", "1: LY1709")]
    [InlineData("struct A { }\nenum E { A, B }\nproc f(e: E) { return match e { A => 1, B => 2 } }", "3: LY1710")]
    [InlineData("let B = 1\nenum E { A, B }\nproc f(e: E) { return match e { A => 1, B => 2 } }", "3: LY1710")]
    [InlineData("struct P { x }\nmatch 1 { P.x => 1, _ => 2 }", "2: LY1711")]
    [InlineData("enum E { A(x, y) }\nmatch 1 { E.A(x: a, x: b, ...) => 1, _ => 2 }", "2: LY1712")]
    [InlineData("enum E { A, A }", "1: LY1003")]
    [InlineData("enum E { A(x)\nproc x(self) { } }", "2: LY1003")]
    [InlineData("enum E { A }\nvar e: E", "2: LY1302")]
    [InlineData("enum E { A(x) }\nproc f(e: E.A) { }", "2: LY1008")]
    [InlineData("struct S { use Nothing }", "1: LY1801")]
    [InlineData("let n = 1\nstruct S { use n }", "2: LY1801")]
    [InlineData("enum E { A }\nstruct S { use E }", "2: LY1801")]
    [InlineData("struct A { use B }\nstruct B { use A }", "2: LY1802")]
    [InlineData("struct A { use A }", "1: LY1802")]
    [InlineData("struct A { x }\nstruct B { x }\nstruct C { use A\nuse B }", "4: LY1803")]
    [InlineData("struct A { proc f(self) { } }\nstruct B { proc f(self) { } }\nstruct C { use A; use B }", "3: LY1803")]
    [InlineData("struct A { x: int }\nstruct B { use A\nx: str }", "3: LY1804")]
    [InlineData("struct A { x }\nstruct B { use A\nx: int = 1 }", "3: LY1804")]
    [InlineData("struct A { x }\nstruct B { y }\nvar a: A = B(1)", "3: LY1301")]
    [InlineData("match 1 { {\"a\": x, \"a\": y} => 2, _ => 3 }", "1: LY1504")]
    [InlineData("match 1 { {1: x, 1.0: y} => 2, _ => 3 }", "1: LY1504")]
    [InlineData("match 1 { {true: x, nil: y, true: z} => 2, _ => 3 }", "1: LY1504")]
    [InlineData("const A = B\nconst B = 5", "1: LY1006")]
    [InlineData("proc f(xs: [int]) { if xs.isEmpty { } }", "1: LY1207")]
    [InlineData("proc f(s: str?) { return s?.length == 1 }", "1: LY1207")]
    [InlineData("let xs = []\nwhile not xs.isEmpty { }", "2: LY1207")]
    [InlineData("proc f() { var xs = [1]; return 0 != xs.count }", "1: LY1207")]
    [InlineData("if \"a\".isEmpty or true { }", "1: LY1207")]
    [InlineData("if true and ([1].isEmpty) { }", "1: LY1207")]
    [InlineData("struct S { xs: [int] }\nproc f(s: S) { return s.xs.length == 1 }", "2: LY1207")]
    [InlineData("proc f() -> {str: int} { return {} }\nif f().isEmpty { }", "2: LY1207")]
    [InlineData("proc f(m: map) { match m.length { 0 => 1, _ => 2 } }", "1: LY1207")]
    [InlineData("proc f(t: task) { if t.cancel { } }", "1: LY1207")]
    [InlineData("proc f(xs) { if xs.isEmpty { } }", "1: LY1208")]
    [InlineData("proc f(xs) { return xs.length == 1 }", "1: LY1208")]
    [InlineData("var xs = []\nassert(xs.isEmpty)", "2: LY1208")]
    [InlineData("match 1 { n if n.isEmpty => 1, _ => 2 }", "1: LY1208")]
    [InlineData("struct S { n }\nproc f(s) { if s.n and s.isEmpty { } }", "2: LY1208")]
    [InlineData("struct S { f: int; proc f(self) { } }", "1: LY1003")]
    public void A_fault_is_reported_at_its_line(string source, string expected) => TestCompiler.Codes(source).ShouldBe([expected]);

    [Theory]
    [InlineData("struct A { x }\nstruct B { use A\nproc x(self) { } }")]
    [InlineData("struct A { x }\nstruct B { use A }\nstruct C { use A; use B; y }\nC(1, 2)")]
    [InlineData("struct A { x }\nstruct B { use A }\nvar a: A = B(1)\nvar b: B = a")]
    public void Structs_may_use_others(string source) => TestCompiler.Codes(source).ShouldBeEmpty();

    [Fact]
    public void Structs_that_use_one_another_in_a_long_row_are_refused()
    {
        string source = string.Join('\n', Enumerable.Range(0, 20_000).Select(n => $"struct S{n} {{ use S{n + 1}; f{n} }}"))
            + "\nstruct S20000 { }";
        TestCompiler.Codes(source).ShouldContain("100: LY1805");
    }

    [Theory]
    [InlineData("var x = 1\nproc f() { var x = x + 1; return x }")]
    [InlineData("proc f() { return late }\nvar late = 5")]
    [InlineData("proc f() { return g() }\nproc g() { return 1 }")]
    [InlineData("var _ = 1\nvar _ = 2\nvar (_, _) = (1, 2)")]
    [InlineData("var length = 3\nprint(length)")]
    [InlineData("proc f(x) { var x = 1; return x }")]
    [InlineData("print(host)\nhost = 2")]
    [InlineData("var n: float = 3\nvar m: i8 = 300\nvar o: int? = nil\nvar p: any = 1")]
    [InlineData("proc f(n) -> int { if n { return 1 } }")]
    [InlineData("proc f(n) -> int { while true { if n { return 1 } } }")]
    [InlineData("proc f(n) -> int { if n { return 1 } else { throw \"x\" } }")]
    [InlineData("proc f() -> int? { }\nproc g() -> any { }")]
    [InlineData("proc f() -> iterator { yield 1 }\nasync proc g() -> task { return 1 }")]
    [InlineData(
        "const A = 2 ** 100\nconst B = A * 2 + 1\nconst C = \"a\" + \"b\"\nconst D = -A < B and not nil\nconst E = (1, (A, \"x\"))")]
    [InlineData("const LIMIT: float = 1\nproc f() -> float { return LIMIT }")]
    [InlineData("proc f() { struct S { x: int = 1 }; return S() }")]
    [InlineData("struct Node { next: Node? = nil }")]
    [InlineData("struct S { }\nstruct T { }\nvar t: T? = nil\nvar s: S? = t\nvar p: proc = S\nvar a: any = S")]
    [InlineData("import { A, B } from \"m\"\nvar a: A = B()\nvar b: B = a")]
    [InlineData(
        "async proc f() -> int { return 1 }\nvar x: task = f()\nproc g() { yield 1 }\nvar y: iterator = g()\nvar z: int = await f()")]
    [InlineData("var x: (int, str) = (1, \"a\")\nvar y: tuple = (1,)\nvar z: str = \"abc\"[0]\nvar s: str? = nil\nvar u: int = s?[0] ?? 1")]
    [InlineData("match 1 { [x, 0] | [0, x] => x, n: u8 => n, _ => 0 }")]
    [InlineData("proc f(xs: [int]) { let g = xs.push; g(1); if xs.isEmpty() { return xs.length() == 1 }; return xs.pop }")]
    [InlineData("struct S { count; proc isEmpty(self) { return true } }\nproc f(s) { if s.count == 1 or s.isEmpty { } }")]
    [InlineData("proc f() { if true { struct S { length } }; return S2(1) }\nstruct S2 { x }\nproc g(s) { return s.length == 1 }")]
    [InlineData("import \"lib/shapes\" as l\nproc f(s) { if s.isEmpty { } }")]
    [InlineData("proc f(s) { if s.isEmpty { host.add(s) } }")]
    [InlineData("proc f(t) { while not t.done { } ; return t.kind == \"x\" or t.name == 1 }")]
    [InlineData("proc f(t: task, e: error) { return t.done or t.result == 1 or e.message == \"\" }")]
    [InlineData("import math\nprint(math.pi == 3 or math.floor == math.sqrt)")]
    [InlineData("proc f(c) { return c.get ?? c.count }")]
    public void Valid_programs_compile_without_diagnostics(string source) => TestCompiler.Codes(source).ShouldBeEmpty();

    [Fact]
    public void Without_annotations_a_type_error_is_left_to_run_time() => TestCompiler.Codes("print(5 - [1], nil.x, 1 / 0)")
        .ShouldBeEmpty();

    [Fact]
    public void All_faults_of_a_file_are_reported_in_source_order() =>
        TestCompiler.Codes("let a = 1\na = 2\nprint(missing)\nbreak\nvar n: int = \"x\"")
            .ShouldBe(["2: LY1004", "3: LY1001", "4: LY0301", "5: LY1301"]);

    [Fact]
    public void Many_warnings_are_no_error()
    {
        (CompiledModule? module, ImmutableArray<Diagnostic> diagnostics) =
            TestCompiler.TryCompile(string.Concat(Enumerable.Repeat("if [1][0].isEmpty { }\n", 500)));
        module.ShouldNotBeNull();
        diagnostics.Length.ShouldBe(50);
        TestCompiler.Codes(string.Concat(Enumerable.Repeat("if [1][0].isEmpty { }\n", 500)) + "print(missing)")[^1]
            .ShouldBe("501: LY1001");
    }

    [Fact]
    public void A_message_names_the_slot_the_expected_type_and_the_actual_type()
    {
        ImmutableArray<Diagnostic> diagnostics = TestCompiler.TryCompile("struct P { x: [int]? }\nP(\"s\")").Diagnostics;
        diagnostics[0].Message.ShouldBe("Type mismatch: field x of P takes [int]?, but the value is of type str.");
        diagnostics[0].Column.ShouldBe(3);
    }
}
