using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Sources that make the compiler, the JIT compiler or an error report work much: constants that grow, names that are almost right,
/// patterns that multiply, thousands of hot loops. Their time counts as that of the script.
/// </summary>
internal static class CompilerBombs
{
    private const string X = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static IEnumerable<HostileProgram> All() => [.. Constants(), .. Names(), .. Patterns(), .. Sizes(), .. Hot()];

    private static IEnumerable<HostileProgram> Constants() =>
    [
        Any("consts that double", () => "const A0 = \"x\" * 1000\n" + Lines(40, i => $"const A{i + 1} = A{i} + A{i}")),
        Any("consts that are squared", () => "const A0 = 3 ** 1000\n" + Lines(40, i => $"const A{i + 1} = A{i} * A{i}")),
        Any("a const that is a huge power", () => "const A = 9 ** 9 ** 9"),
        Any("a const that is shifted far", () => "const A = 1 << 10 ** 12"),
        Any("200 consts that are powers", () => Lines(200, i => $"const A{i} = 9 ** 1000000")),
        Any("a const that is repeated", () => "const A = \"x\" * 10 ** 12"),
        Any("a huge power to fold", () => "proc f() { return 9 ** 9 ** 9 }"),
        Any("2,000 powers to fold", () => $"proc f() {{ return [{Joined(2_000, ", ", _ => "7 ** 300000")}] }}"),
        Any("a huge str to fold", () => "proc f() { return \"x\" * 1000000000 }"),
        Any("3,000 strs to join", () => $"proc f() {{ return {Joined(3_000, " + ", _ => $"\"{X}\"")} }}"),
        Any("a product of 2,000 long numbers", () => $"let x = {Joined(2_000, " * ", _ => new string('9', 1_000))}"),
        Any("300,000 floats", () => $"let xs = [{Joined(300_000, ",", i => $"{i}.5e300")}]"),
        Any("60,000 ints whose halves are equal", () => $"let xs = [{Joined(60_000, ",", i => $"{((long)i << 32) | (uint)i}")}]"),
        Any("60,000 multiples of a power of two", () => $"let xs = [{Joined(60_000, ",", i => $"{(long)i << 40}")}]"),
        Any("a number with a million underscores", () => "let x = 1" + Joined(900_000, "", _ => "_1")),
    ];

    private static IEnumerable<HostileProgram> Names() =>
    [
        Any("names that are almost right",
            () => Lines(8_000, i => $"let some_long_name_{i * 7_919 % 10_007}_x = 1") + Lines(8_000, i => $"print(some_long_name_{i}_y)")),
        Any("long names that are almost right",
            () => $"let {new string('a', 200_000)}b = 1\n" + Lines(20, i => $"print({new string('a', 200_000)}c{i})")),
        Any("errors on one line", () => Joined(200_000, "; ", _ => "x y")),
        Any("errors on many lines", () => Lines(200_000, _ => "x y )")),
        Any("errors on a long line", () => $"let x = \"{new string('a', 5_000_000)}\"; " + Joined(2_000, "; ", i => $"y{i}")),
        Any("warnings on many lines", () => $"proc f(x) {{\n{Lines(20_000, _ => "match x { a => 1, b => 2 }")}\n}}"),
        Any("an error on a long line", () => $"let x = \"{new string('a', 5_000_000)}\"; throw \"here\""),
        Any("a missing field of a long name",
            () => $"let s = [1]\nwhile true {{ try {{ s.{new string('a', 1_000_000)}() }} catch e {{ }} }}"),
        Any("a field of nil of a long name",
            () => $"let s = nil\nwhile true {{ try {{ s.{new string('a', 1_000_000)} }} catch e {{ }} }}"),
        Any("a struct of a long name",
            () => $"struct S{new string('a', 1_000_000)} {{ x }}\nlet s = S{new string('a', 1_000_000)}(1)\n"
            + "while true { try { s + 1 } catch e { }\ntostring(s)\ntype(s) }"),
        Any("an argument of a long name",
            () => $"let f = (x, y = 1) => x\nwhile true {{ try {{ f(1, {new string('a', 1_000_000)}: 2) }} catch e {{ }} }}"),
        Any("a struct of 60,000 fields",
            () => $"struct S {{\n{Lines(60_000, i => $"f{i} = {i}")}}}\nlet s = S()\nwhile true {{ tostring(s) }}"),
        Any("a field that 60,000 are not",
            () => $"struct S {{\n{Lines(60_000, i => $"f{i} = {i}")}}}\nlet s = S()\nwhile true {{ try {{ s.g }} catch e {{ }} }}"),
        Any("a method that 30,000 are not",
            () => $"struct S {{\n{Lines(30_000, i => $"proc m{i}(self) {{ return {i} }}")}}}\nlet s = S()\n"
            + "while true { try { s.g() } catch e { } }"),
        Any("an error in 5,000 frames of a long name",
            () => $"proc f{new string('a', 100_000)}(n) {{ if n == 0 throw \"x\"\nreturn f{new string('a', 100_000)}(n - 1) }}\n"
            + $"f{new string('a', 100_000)}(5000)"),
    ];

    private static IEnumerable<HostileProgram> Patterns() =>
    [
        Any("alternatives in 40 columns",
            () => $"proc f(x) {{ return match x {{ ({Joined(40, ", ", _ => "(1 | 2 | 3)")}) => 1, _ => 2 }} }}"),
        Any("alternatives of lists",
            () => $"proc f(x) {{ return match x {{ [{Joined(200, ", ", _ => "[1 | 2, 3 | 4] | [5 | 6, 7]")}] => 1, _ => 2 }} }}"),
        Any("2,000 arms of 12 columns",
            () => "proc f(x) { return match x {\n"
            + Lines(2_000, i => $"({Joined(12, ", ", j => (i * 7 + j * 3) % 5 > 0 ? "_" : $"{i}")}) => {i}")
            + "_ => 0 } }"),
        Any("50,000 arms of ranges and lists",
            () => "proc f(x) { return match x {\n"
            + Lines(50_000, i => i % 2 > 0 ? $"{i}..{i + 5} if x > 3 => {i}" : $"[{i}, ...] => {i}") + "_ => 0 } }"),
        Any("100,000 equal arms", () => "proc f(x) { return match x {\n" + Lines(100_000, i => $"1 => {i}") + "_ => 0 } }"),
        Any("a pattern that binds 20,000 names",
            () => $"proc f(x) {{ return match x {{ [{Joined(20_000, ", ", i => $"a{i}")}] => 1, _ => 2 }} }}"),
    ];

    private static IEnumerable<HostileProgram> Sizes() =>
    [
        Any("a call of 5,000 named arguments",
            () => $"proc f({Joined(5_000, ", ", i => $"p{i}=0")}) {{ return p7 }}\n"
            + $"while true {{ f({Joined(5_000, ", ", i => $"p{4_999 - i}: 1")}) }}"),
        Any("frames of 8,000 variables", () => $"proc f(n) {{\n{Lines(8_000, i => $"var v{i} = n")}return f(n + 1) + v7 }}\nf(0)"),
        Any("800 procs that capture each other's variables",
            () => Joined(800, "", i => $"proc f{i}() {{ var v{i} = {i}\n") + $"return {Joined(800, " + ", i => $"v{i}")}\n"
            + string.Concat(Enumerable.Repeat("}\n", 800))),
        Any("300 nested loops",
            () => Joined(300, "", i => $"for i{i} in 0..2 {{\n") + "print(\"\")\n" + string.Concat(Enumerable.Repeat("}\n", 300))),
        Any("a million comments", () => string.Concat(Enumerable.Repeat("// x\n", 1_000_000))),
        Any("two million nested comments", () => string.Concat(Enumerable.Repeat("/*", 2_000_000))),
        Any("a str of 300,000 holes", () => $"let x = \"{Joined(300_000, "", _ => "${1}")}\""),
        Any("two million items", () => $"let xs = [{Joined(2_000_000, ",", _ => "1")}]"),
        Any("a million lists", () => $"let xs = [{Joined(1_000_000, ",", _ => "[]")}]"),
        Any("200,000 procs", () => Lines(200_000, i => $"proc f{i}(a) {{ return a + {i} }}")),
        Any("200,000 lambdas", () => $"let xs = [{Joined(200_000, ",", _ => "x => x")}]"),
        Any("20,000 structs", () => Lines(20_000, i => $"struct S{i} {{ a; b: int = 1 }}")),
        Any("200,000 arms of strs", () => $"match \"5\" {{\n{Lines(200_000, i => $"\"k{i}\" => {i}")}_ => 0 }}"),
        Any("400,000 statements", () => "var x = 0\n" + Lines(400_000, _ => "x += 1")),
        Any("8,000,000 semicolons", () => new string(';', 8_000_000)),
        Any("100,000 declarations of a proc", () => Lines(100_000, _ => "proc f() { }")),
        Any("200,000 names in 3,000 blocks",
            () => $"let x = 1\nproc f() {{\n{new string('{', 3_000)}\n{Lines(200_000, _ => "x")}{new string('}', 3_000)}\n}}"),
        Any("300 operations of 1,900 levels",
            () => "proc f(x) {\n" + Lines(300, _ => "x" + Joined(1_900, "", _ => " - (x") + new string(')', 1_900)) + "}"),
        Any("2,500,000 captures",
            () => $"proc f({Joined(5_000, ",", i => $"a{i}")}) {{ return {Joined(500, "", _ => "() => ")}"
            + $"[{Joined(5_000, ",", i => $"a{i}")}] }}"),
        Any("100,000 imports", () => Lines(100_000, i => $"import math as m{i}")),
    ];

    private static IEnumerable<HostileProgram> Hot() =>
    [
        Any("3,000 hot loops",
            () => $"proc f(n) {{ var s = 0\n{Lines(3_000, i => $"for i in 0..n {{ s += i * {i} }}")}return s }}\nwhile true {{ f(1500) }}"),
        Any("5,000 hot procs",
            () => Lines(5_000, i => $"proc f{i}(n) {{ var s = {i}\nfor i in 0..n {{ s += i }}\nreturn s }}")
            + $"while true {{\n{Lines(5_000, i => $"f{i}(1200)")}}}"),
        Any("a hot loop of 40,000 statements",
            () => "var s = 0\nvar t = [1, 2, 3]\nwhile true {\n"
            + Lines(20_000, i => $"s = s + t[{i % 3}] * {i}\nif s > {1_000_000_000 + i} {{ s = {i} }}") + "}"),
        Any("a hot loop of 2,000 branches",
            () => "var s = 0\nvar i = 0\nwhile true { i += 1\n"
            + Lines(2_000, i => $"if i % {i + 2} == 0 {{ s += {i} }} else {{ s -= 1 }}") + "}"),
        Any("hot calls that double at each level",
            () => Lines(40, i => $"proc f{i}(n) {{ return f{i + 1}(n) + f{i + 1}(n + 1) }}")
            + "proc f40(n) { return n }\nwhile true { f28(1) }"),
        Any("a hot loop over 2,000 structs",
            () => Lines(2_000, i => $"struct S{i} {{ x = {i}\nproc m(self) {{ return self.x }} }}")
            + $"let xs = [{Joined(2_000, ", ", i => $"S{i}()")}]\nvar t = 0\nwhile true {{ for x in xs {{ t += x.m() + x.x }} }}"),
        Any("a hot match of 5,000 arms",
            () => "proc f(x) { return match x {\n" + Lines(5_000, i => $"{i * 7} => {i}")
            + "_ => 0 } }\nvar i = 0\nwhile true { f(i % 40000)\ni += 1 }"),
        Any("5,000 hot closures",
            () => "let fs = []\n" + Lines(5_000, i => $"fs.push(x => x + {i})")
            + "while true { for f in fs { for i in 0..100 { f(i) } } }"),
    ];

    private static HostileProgram Any(string name, Func<string> source) =>
        new($"compiling: {name}", () => Encoding.UTF8.GetBytes(source())) { Codes = [0, 1, 2], Options = ["--timeout", "500"] };

    private static string Lines(int count, Func<int, string> line) => Joined(count, "\n", line) + "\n";

    private static string Joined(int count, string separator, Func<int, string> item) =>
        string.Join(separator, Enumerable.Range(0, count).Select(item));
}
