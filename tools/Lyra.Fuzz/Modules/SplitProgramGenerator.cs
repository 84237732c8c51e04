using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Modules;

/// <summary>
/// Generates a program from a seed: a library of structs, constants and procs, and a main part that makes, matches, tests and changes
/// values of them in loops that become hot. As two modules, the main part imports the library up to three times, and each mention of a
/// name of the library chooses one of the imports. As one module, all of these are the same name, so that a compiler that takes two names
/// of one thing for two things prints something else.
/// </summary>
internal sealed partial class SplitProgramGenerator
{
    private const int Rounds = 25;

    /// <summary>The names by which the main part imports the library.</summary>
    private static readonly string[] Qualifiers = ["u", "v"];

    private readonly FuzzRandom _random;
    private readonly ProgramWriter _library = new();
    private readonly ProgramWriter _main = new();
    private readonly List<(string Name, string[] Fields)> _structs = [];
    private int _arms;

    private SplitProgramGenerator(long seed) => _random = new FuzzRandom(unchecked(seed * 23 + 11));

    /// <summary>The program of a seed.</summary>
    public static SplitProgram Generate(long seed)
    {
        SplitProgramGenerator generator = new(seed);
        generator.Library();
        generator.Main();
        return generator.Split(seed);
    }

    /// <summary>A name of the library, or of a struct of the main part that the library also knows as <c>Q</c>.</summary>
    [GeneratedRegex("@(?<name>[A-Za-z0-9]+)@")]
    private static partial Regex Mention();

    private SplitProgram Split(long seed)
    {
        FuzzRandom names = new(unchecked(seed * 29 + 3));
        string[] bare = [.. _structs.Select(s => s.Name).Where(name => name != "Q" && names.Chance(60))];
        string library = _library.ToString();
        string main = _main.ToString();
        string imports = string.Concat(Qualifiers.Select(q => $"import \"{SplitProgram.LibraryName}\" as {q}\n"));
        if (bare.Length > 0)
        {
            imports += $"import {{ {string.Join(", ", bare)} }} from \"{SplitProgram.LibraryName}\"\n";
        }

        string Imported(Match mention)
        {
            string name = mention.Groups["name"].Value;
            int way = names.Below(Qualifiers.Length + (Array.IndexOf(bare, name) >= 0 ? 1 : 0));
            return way < Qualifiers.Length ? $"{Qualifiers[way]}.{name}" : name;
        }

        // In one module, the struct that a variable of the library holds is named itself.
        string single = library.Replace("pub ", string.Empty, StringComparison.Ordinal)
            + Mention().Replace(main, mention => mention.Groups["name"].Value is "Q" ? "P" : mention.Groups["name"].Value);
        return new SplitProgram(single, imports + Mention().Replace(main, Imported), library);
    }

    private void Library()
    {
        int structs = _random.Between(2, 4);
        for (int i = 0; i < structs; i++)
        {
            Struct($"R{i}");
        }

        _library.Line("pub var Q = nil");
        _library.Line("pub proc register(t) { Q = t }");
        _library.Line($"pub const K0 = {Scalar()}");
        _library.Line($"pub const K1 = {Scalar()}");
        _library.Open("pub proc make(i)");
        for (int i = 0; i < structs; i++)
        {
            _library.Line($"if i % {structs} == {i} {{ return {New(_structs[i], s => s)} }}");
        }

        _library.Close();
        _library.Line("pub proc bump(r) { r.x += 1; return r }");
        _library.Line($"pub proc isFirst(r) {{ return r is {_structs[0].Name} }}");
    }

    private void Struct(string name)
    {
        string[] fields = _random.Pick<string[]>(["x"], ["x", "y"], ["x", "y", "z"]);
        _library.Open($"pub struct {name}");
        foreach (string field in fields)
        {
            _library.Line(_random.Chance(25) && field == "x" ? $"{field}: int" : field);
        }

        if (_random.Chance(40))
        {
            _library.Line($"proc weight(self) {{ return self.x * {_random.Between(2, 9)} }}");
        }

        if (_random.Chance(15))
        {
            _library.Line($"proc __eq(self, o) {{ return o is {name} and o.x % 2 == self.x % 2 }}");
        }

        _library.Close();
        _structs.Add((name, fields));
    }

    private void Main()
    {
        _main.Line("struct P { x; y }");
        _main.Line("@register@(P)");
        int classifiers = _random.Between(1, 3);
        for (int i = 0; i < classifiers; i++)
        {
            Classifier($"f{i}");
        }

        Typed();
        _main.Open("proc run(rounds)");
        _main.Line("var h = 7");
        _main.Line($"let values = [{string.Join(", ", Enumerable.Range(0, _random.Between(4, 9)).Select(_ => AnyValue()))}]");
        _main.Open("for i in 0..rounds");
        if (_random.Chance(50))
        {
            _main.Line($"values[i % length(values)] = {AnyValue()}");
        }

        _main.Open("for p in values");
        for (int i = 0; i < classifiers; i++)
        {
            _main.Line($"h = (h * 31 + hash(\"${{f{i}(p)}}\")) % 1000003");
        }

        _main.Line($"if p is {Type()} {{ h += 1 }} else if {Mentioned("isFirst")}(p) {{ h += 2 }}");
        _main.Line("try { h += typed(p) } catch e { h += length(e.kind) }");
        if (_random.Chance(40))
        {
            _main.Line($"try {{ {Mentioned("bump")}(p) }} catch e {{ h += 3 }}");
        }

        _main.Close();
        _main.Close();
        _main.Line("return (h, values)");
        _main.Close();
        _main.Line($"for k in 0..3 {{ print(run({Rounds})) }}");
        string calls = string.Join(", ", Enumerable.Range(0, classifiers).Select(i => $"f{i}(p)"));
        _main.Line($"for i in 0..8 {{ let p = {Mentioned("make")}(i); print(type(p), p, {calls}) }}");
        _main.Line($"print({Mentioned("K0")}, {Mentioned("K1")}, {Type()} == {Type()})");
    }

    private void Classifier(string name)
    {
        _main.Open($"proc {name}(p)");
        _main.Open("return match p");
        int arms = _random.Between(4, 12);
        for (int i = 0; i < arms; i++)
        {
            (string pattern, string? binding) = Pattern(depth: 0);
            bool isGuarded = binding is not null && _random.Chance(25);
            string guard = isGuarded ? $" if {binding} {_random.Pick("==", "!=")} {Scalar()}" : string.Empty;
            string value = binding is not null && _random.Chance(50) ? $"\"{_arms++} ${{{binding}}}\"" : $"{_arms++}";
            _main.Line($"{pattern}{guard} => {value},");
        }

        _main.Line($"_ => {_arms++},");
        _main.Close();
        _main.Close();
    }

    private void Typed()
    {
        string type = Type();
        _main.Open($"proc typed(p: {type})");
        _main.Line($"let q: {type} = p");
        _main.Line($"return if q == p and type({Mentioned("K0")}) == \"int\" {{ q.x }} else {{ 5 }}");
        _main.Close();
    }

    /// <summary>A pattern and a variable that it binds, if it binds one.</summary>
    private (string Pattern, string? Binding) Pattern(int depth)
    {
        switch (_random.Below(10))
        {
            case 0:
                return (Scalar(), null);
            case 1:
                return (_random.Pick("[a]", "[a, ...]", "(a, b)"), "a");
            case 2:
                return ($"a: {_random.Pick("int", "str", "list", Type())}", "a");
            default:
                (string name, string[] fields) = AnyStruct();
                List<string> parts = [];
                string? binding = null;
                foreach (string field in fields.Where(_ => _random.Chance(60)))
                {
                    if (binding is null && _random.Chance(25))
                    {
                        binding = field;
                        parts.Add(field);
                    }
                    else if (depth == 0 && _random.Chance(15))
                    {
                        parts.Add($"{field}: {Pattern(depth: 1) switch { (var inner, null) => inner, _ => "_" }}");
                    }
                    else
                    {
                        parts.Add($"{field}: {_random.Below(4)}");
                    }
                }

                return ($"{name}{{{string.Join(", ", parts)}}}", binding);
        }
    }

    private string AnyValue() => _random.Below(8) switch
    {
        0 => Scalar(),
        1 => _random.Pick("[1]", "[1, 2]", "(1, 2)", "nil"),
        _ => New(AnyStruct(), static name => name),
    };

    private string New((string Name, string[] Fields) type, Func<string, string> nameOf) =>
        $"{nameOf(type.Name)}({string.Join(", ", type.Fields.Select(_ => $"{_random.Below(4)}"))})";

    /// <summary>A struct of the library, mentioned; that of the main part; or that under the library's name for it.</summary>
    private (string Name, string[] Fields) AnyStruct() => _random.Below(8) switch
    {
        0 => ("P", ["x", "y"]),
        1 => (Mentioned("Q"), ["x", "y"]),
        _ => _random.PickFrom(_structs) is var (name, fields) ? (Mentioned(name), fields) : default,
    };

    private string Type() => Mentioned(_random.PickFrom(_structs).Name);

    private string Scalar() => _random.Pick("0", "1", "2", "3", "\"a\"", "\"b\"", "1.5", "true");

    private static string Mentioned(string name) => $"@{name}@";
}
