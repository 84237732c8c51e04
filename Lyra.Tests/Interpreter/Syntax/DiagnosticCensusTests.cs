using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lyra.Interpreter.Diagnostics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

/// <summary>For every diagnostic of the front end there is a source that causes it at the stated position, and no other.</summary>
public sealed class DiagnosticCensusTests
{
    private static readonly (string Code, string Place, string Source)[] Cases =
    [
        ("LY0001", "101:1", string.Join('\n', Enumerable.Repeat("break", 500))),
        ("LY0002", "1:4002", new string('(', 5_000) + "1" + new string(')', 5_000)),
        ("LY0101", "1:9", "var x = @#"),
        ("LY0101", "2:1", "x\n\0\u0001\uFFFE y"),
        ("LY0102", "1:5", "x = \"abc\ny"),
        ("LY0102", "1:5", "x = \"\"\"abc\ny"),
        ("LY0102", "1:5", "x = r\"abc\\\ny"),
        ("LY0102", "1:13", "x = \"a${b + \"c}\ny"),
        ("LY0103", "2:1", "x\n/* /* */ y"),
        ("LY0104", "1:3", "\"a\\q\""),
        ("LY0105", "1:2", "\"\\u{110000}\""),
        ("LY0105", "1:2", "\"\\u{}\""),
        ("LY0105", "1:2", "\"\\u{12\""),
        ("LY0106", "1:1", "12ab"),
        ("LY0106", "1:1", "0b12"),
        ("LY0106", "1:1", "1é"),
        ("LY0106", "1:5", "var 1a = 1"),
        ("LY0107", "1:1", "0x"),
        ("LY0108", "1:1", "1_"),
        ("LY0108", "1:1", "1_.5"),
        ("LY0108", "1:1", "1_e5"),
        ("LY0108", "1:1", "1.5_e5"),
        ("LY0109", "1:1", new string('1', 1_000_001)),
        ("LY0110", "1:5", "x = 'a b'"),
        ("LY0113", "1:5", "x = 1e29d"),
        ("LY0110", "1:5", "x = 'a"),
        ("LY0111", "2:2", "\"\"\"\na\\ \nb\"\"\""),
        ("LY0112", "2:3", "x\n  " + new string('n', 1_001)),
        ("LY0201", "1:7", "for x y { }"),
        ("LY0201", "1:6", "a, b c"),
        ("LY0201", "1:5", "f(1 2)"),
        ("LY0201", "1:7", "var x:[int, str]"),
        ("LY0202", "1:9", "var x = = 2"),
        ("LY0202", "1:4", "x ="),
        ("LY0203", "1:3", "a b"),
        ("LY0204", "1:2", "f(1, 2\nvar x = 3"),
        ("LY0204", "1:10", "proc f() { a\nb"),
        ("LY0205", "1:3", "a }"),
        ("LY0205", "1:1", "else { }"),
        ("LY0205", "1:1", "catch e { }"),
        ("LY0206", "1:7", "a < b < c"),
        ("LY0206", "1:8", "a == b != c == d"),
        ("LY0207", "1:5", "1..2..3"),
        ("LY0208", "1:6", "a == not b"),
        ("LY0208", "1:2", "-not b"),
        ("LY0209", "1:1", "f() = 1"),
        ("LY0209", "1:1", "a?.b = 1"),
        ("LY0209", "1:5", "(a, 1) = 1"),
        ("LY0210", "1:1", "a[1..2] = 1"),
        ("LY0211", "1:6", "if a = b { c }"),
        ("LY0211", "1:7", "a = b = c"),
        ("LY0212", "1:1", "a, b = 1, 2, 3"),
        ("LY0212", "1:1", "a = 1, 2"),
        ("LY0213", "1:6", "a, b += 1"),
        ("LY0213", "1:8", "(a, b) += 1"),
        ("LY0214", "1:1", "spawn f"),
        ("LY0215", "1:7", "a + b => c"),
        ("LY0216", "1:6", "if a b"),
        ("LY0217", "1:7", "const C"),
        ("LY0217", "1:5", "let a: int"),
        ("LY0217", "1:5", "var (a, b)"),
        ("LY0218", "1:6", "var (1, a) = b"),
        ("LY0218", "1:5", "for {\"a\": b} in c { }"),
        ("LY0218", "1:6", "var (a | b) = c"),
        ("LY0218", "1:6", "var (a as b) = c"),
        ("LY0218", "1:5", "var P{x} = c"),
        ("LY0219", "1:11", "match a { + => 1 }"),
        ("LY0220", "1:18", "match a { [...b, ...c] => 1 }"),
        ("LY0221", "1:14", "match a { 1..b => 1 }"),
        ("LY0221", "1:11", "match a { \"a\"..2 => 1 }"),
        ("LY0222", "1:11", "match a { \"${b}\" => 1 }"),
        ("LY0222", "1:8", "import \"${b}\""),
        ("LY0223", "1:8", "proc f(...a, b) { }"),
        ("LY0223", "1:17", "match a { {..., \"b\": c} => 1 }"),
        ("LY0224", "1:8", "var x: = 1"),
        ("LY0225", "1:15", "proc f(...a = 1) { }"),
        ("LY0226", "1:15", "proc f(a = 1, b) { }"),
        ("LY0227", "1:1", "try { }\nx"),
        ("LY0228", "1:18", "try { } catch e: Kind { }"),
        ("LY0229", "1:1", "a: b = 1"),
        ("LY0230", "2:1", "struct S {\n1\n}"),
        ("LY0231", "1:20", "x = match a { _ => y = 1 }"),
        ("LY0232", "1:8", "import \"a/my-lib\""),
        ("LY0233", "1:4", "\"${}\""),
        ("LY0234", "1:3", "P{x}"),
        ("LY0236", "1:2", "x++"),
        ("LY0236", "1:1", "++x"),
        ("LY0236", "1:4", "f(x--)"),
        ("LY0237", "1:7", "x = c ? a : b"),
        ("LY0237", "1:5", "f(c ? a : b)"),
        ("LY0238", "1:5", "\"${a:b\""),
        ("LY0239", "1:5", "\"${a:}\""),
        ("LY0240", "1:5", "\"${a:Q}\""),
        ("LY0240", "1:5", "\"${a:.2f}\""),
        ("LY0241", "1:6", "\"${a,10000000}\""),
        ("LY0242", "2:1", "x = 1\n+ 2"),
        ("LY0242", "2:1", "x = 1\nnot in y"),
        ("LY0243", "1:5", "[1, x for x in y]"),
        ("LY0243", "1:6", "f(1, x for x in y)"),
        ("LY0244", "1:19", "async proc f() { [await a for a in b] }"),
        ("LY0245", "1:1", "foreach x in y"),
        ("LY0245", "2:1", "x = 1\nelif y"),
        ("LY0246", "1:13", "enum E { A, 1 }"),
        ("LY0247", "1:6", "enum E { proc f() { } }"),
        ("LY0248", "1:10", "enum E { A() }"),
        ("LY0249", "1:13", "enum E { A; use S }"),
        ("LY0250", "1:19", "match 1 { S(a: x, y) => 1 }"),
        ("LY0245", "1:9", "let f = lambda x: x"),
        ("LY0245", "1:9", "let f = function(x) { return x }"),
        ("LY0245", "1:7", "print(f\"a\")"),
        ("LY0245", "2:1", "x\nswitch (x) {\n}"),
        ("LY0245", "2:1", "match x {\ncase 1 => 2\n}"),
        ("LY0245", "1:6", "if x then { y }"),
        ("LY0245", "3:1", "if x {\ny\nend"),
        ("LY0251", "1:3", "x === y"),
        ("LY0251", "1:3", "x !== y"),
        ("LY0251", "1:3", "x &&= y"),
        ("LY0251", "1:3", "x := y"),
        ("LY0251", "1:7", "var x := y"),
        ("LY0301", "1:1", "break"),
        ("LY0301", "1:1", "continue"),
        ("LY0302", "1:20", "for x in y { break a }"),
        ("LY0303", "1:1", "return 1"),
        ("LY0304", "1:1", "yield 1"),
        ("LY0305", "1:32", "for x in y { try { } finally { break } }"),
        ("LY0305", "1:30", "proc f() { try { } finally { return } }"),
        ("LY0306", "1:12", "proc f() { await g() }"),
        ("LY0306", "1:16", "struct S { a = await g() }"),
        ("LY0307", "1:12", "proc f() { import math }"),
        ("LY0308", "1:1", "pub x = 1"),
        ("LY0308", "1:12", "proc f() { pub var x = 1 }"),
        ("LY0309", "1:18", "async proc f() { yield 1 }"),
        ("LY0310", "1:17", "a: for b in c { a: for d in e { } }"),
    ];

    public static TheoryData<string, string, string> Sources()
    {
        TheoryData<string, string, string> data = [];
        foreach ((string code, string place, string source) in Cases)
        {
            data.Add(code, place, source);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_with_one_mistake_has_one_diagnostic(string code, string place, string source)
    {
        string[] errors = SyntaxTestHelpers.Errors(source);
        if (code == SyntaxDiagnostics.TooManyErrors.Code)
        {
            errors = errors[^1..];
        }

        errors.ShouldBe([$"{place} {code}"]);
    }

    [Fact]
    public void Every_diagnostic_has_a_source()
    {
        string[] codes = [.. Descriptors().Select(d => d.Code)];
        codes.ShouldBeUnique();
        codes.Except(Cases.Select(c => c.Code)).ShouldBeEmpty();
    }

    [Fact]
    public void Messages_are_one_sentence()
    {
        foreach (DiagnosticDescriptor descriptor in Descriptors())
        {
            descriptor.MessageFormat[^1].ShouldBe('.', descriptor.Code);
        }
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        typeof(SyntaxDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (DiagnosticDescriptor)f.GetValue(null)!);
}
