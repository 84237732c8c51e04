using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Testing;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

public sealed class AstPrinterTests
{
    [Fact]
    public void Printing_what_was_printed_changes_neither_text_nor_tree_of_any_conformance_case()
    {
        foreach (string file in SyntaxTestHelpers.ConformanceFiles())
        {
            (ModuleNode module, ImmutableArray<Diagnostic> diagnostics) = SyntaxTestHelpers.ParseWithDiagnostics(File.ReadAllText(file));
            if (!diagnostics.IsEmpty || module.Depth > DeepStack.ShallowDepth)
            {
                continue;
            }

            CheckRoundTrip(module, file);
        }
    }

    [Theory]
    [InlineData("(a + b) * c - d ** -e ** f")]
    [InlineData("struct S { a = 1; use T\n use; use m.U; b: int\n proc f(self) { } }")]
    [InlineData("proc f((ab), (_), [c]) { return 1.50d + -2d }; json.parse(t, as: [m.T]?)")]
    [InlineData("pub enum E { A, in, B(x: int = 1, y)\n proc f() { } }\nmatch v { E.A => 1, B(x, y: (z: int), ...) => 2, m.E.C(_) => 3 }")]
    [InlineData("-(2 ** 2) + (-2) ** 2")]
    [InlineData("not (a and b) or !c == d")]
    [InlineData("(not a) == b")]
    [InlineData("(a == b) == c")]
    [InlineData("a - (b - c)")]
    [InlineData("(a?.b).c + a?.b.c?[1]?.d(2)")]
    [InlineData("x[(1..2)]; x[1..]; x[..2]; x[..]; x?[1..=2]; x[(a..b) == c]")]
    [InlineData("(x => x)(1); f(x => ({}), (a, b = 2, ...c) => { return a })")]
    [InlineData("if (P{x: 1}).x == 1 { f(P{x: 2}) }")]
    [InlineData("({\"a\": 1})[\"a\"] = 2")]
    [InlineData("(if a { 1 } else { 2 }) + 3")]
    [InlineData("(match a { _ => 1 }).f()")]
    [InlineData("if a return (if b { 1 }) else return 2")]
    [InlineData("var s = \"${\"x\"}$\" + \"a$${b}\\${c}\" + \"\\u{1}\\n\\\"\"")]
    [InlineData("\"${if a { \"x\" } else { \"y\" }}\"")]
    [InlineData(
        "match v { (1 | 2) | 3 as n if n is not nil => n, (a,) => 1, (...r) => 2, {...} => 3, {\"k\": -1.5, ...} => {}, -1..=2 => ({}) }")]
    [InlineData("match v { m.P{x, y: 0, z: w} => a = 1\n x: set[int]? if (y => y) => return\n [a, ...] => continue\n _ => throw 1 }")]
    [InlineData("var f: (proc(int) -> int?)? = nil; var g: proc() -> ((int,), {str: [m.T]}) = nil; var h: proc = nil; var i: {int}")]
    [InlineData("pub async proc f(a, b: int = 1, ...c) -> int { await g(); return async x => await spawn h(x) }")]
    [InlineData("pub struct S { a: int = 1; b\n proc f(self) { } }\npub const C = 1e300 + 1e999")]
    [InlineData("import math; import \"a/b.lyra\"; import \"a/b\" as c; import { x, y as z } from \"q\"")]
    [InlineData("outer: while a { for i, (x, [y, _]) in z { if i break outer else continue } }")]
    [InlineData("try { } catch { } catch e { } catch e: \"K\" { yield 1 } finally { }")]
    [InlineData("a, b[0], (c, [d.e]) = x; f ??= 1; g **= 2; h >>= 3")]
    [InlineData("a in b in c; a not in b; (a is not b) is c; not not a in b")]
    [InlineData("while {} == x { }; for x in (P{a: 1}) { }; match (P{a: 1}) { }")]
    public void Parentheses_are_printed_where_the_grammar_needs_them(string source)
    {
        ModuleNode module = SyntaxTestHelpers.ParseWithDiagnostics(source).Module;
        CheckRoundTrip(module, source);
    }

    [Fact]
    public void The_layout_is_one_statement_per_line()
    {
        string printed = AstPrinter.Print(SyntaxTestHelpers.Parse("if a&&!b{f( 1,x:2 )}else if c throw 1\nvar x:int=(1)"));
        printed.ShouldBe("""
            if a and not b {
                f(1, x: 2)
            } else if c throw 1
            var x: int = 1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Deep_trees_and_long_chains_are_printed()
    {
        string deep = new string('[', 3_000) + new string(']', 3_000) + "\n";
        AstPrinter.Print(SyntaxTestHelpers.Parse(deep)).ShouldBe(deep);

        string chain = "1" + string.Concat(Enumerable.Repeat(" + 1 - 1", 50_000)) + "\n";
        AstPrinter.Print(SyntaxTestHelpers.Parse(chain)).ShouldBe(chain);
    }

    internal static void CheckRoundTrip(ModuleNode module, string description)
    {
        string printed = AstPrinter.Print(module);
        (ModuleNode again, ImmutableArray<Diagnostic> diagnostics) = SyntaxTestHelpers.ParseWithDiagnostics(printed);
        diagnostics.Where(d => d.Code[..4] != "LY03").Select(d => d.ToString()).ShouldBeEmpty(description + "\n" + printed);
        AstPrinter.Print(again).ShouldBe(printed, description);
        TreeText.Of(again).ShouldBe(TreeText.Of(module), description + "\n" + printed);
    }
}
