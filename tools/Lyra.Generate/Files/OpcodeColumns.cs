using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>The columns of the opcode table as constant data, read from the attributes of the enum.</summary>
internal static class OpcodeColumns
{
    private const string Table = "Lyra.Runtime/Bytecode/Opcode.cs";

    /// <summary>How many letters stand on a line.</summary>
    private const int LettersPerLine = 60;

    /// <summary>The most characters of a line of a sparse column, without its indentation.</summary>
    private const int LineLength = 130;

    private sealed record Row(string Name, string Operands, string Traits, IReadOnlyDictionary<string, string> Named)
    {
        /// <summary>A named argument; a default when the row does not give it.</summary>
        public string Get(string name, string otherwise) => Named.GetValueOrDefault(name, otherwise);

        public bool Has(string trait) => Traits.Split(" | ").Contains(trait);

        /// <summary>The letter of an operand. One that takes B and C leaves a blank for C.</summary>
        public char Letter(int place)
        {
            string[] letters = Operands.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return place < letters.Length ? letters[place].Single() : ' ';
        }
    }

    public static string Text(SourceRepository repository)
    {
        Row[] rows = [.. EnumTable.Read(repository.Read(Table)).Select(Read)];
        CodeWriter code = new(Table);
        code.Lines(["using System;", "using static Lyra.Runtime.Bytecode.OpTraits;", ""]);
        code.Lines(["namespace Lyra.Runtime.Bytecode;", ""]);
        code.Line("/// <summary>The columns of the opcode table, by opcode, as constant data: reading them initializes nothing.</summary>");
        code.Open("internal static class OpcodeColumns");
        code.Line("/// <summary>How many opcodes there are.</summary>");
        code.Line($"public const int Count = {rows.Length};");
        WriteLetters(code, rows, "LettersOfA", 0);
        WriteLetters(code, rows, "LettersOfB", 1);
        WriteLetters(code, rows, "LettersOfC", 2);
        WriteColumn(code, rows, "OpTraits", "Traits", row => row.Traits);
        WriteColumn(code, rows, "Opcode", "Plain", row => $"Opcode.{row.Get("Plain", row.Name)}");
        WriteColumn(code, rows, "Opcode", "Negation", row => $"Opcode.{row.Get("Negation", "Nop")}");
        WriteColumn(code, rows, "StructHook", "Hook", row => row.Get("Hook", "StructHook.None"));
        WriteSparse(code, rows, "OpResult", "Result", row => row.Get("Result", "OpResult.Value"));
        WriteSparse(code, rows, "OpRule", "Rule", row => row.Get("Rule", "OpRule.None"));
        WriteSparse(code, rows, "RegisterRule", "Registers", row => row.Get("Registers", "RegisterRule.Values"));
        WriteForms(code, rows, "WithInt", "w r i", swaps: false);
        WriteForms(code, rows, "WithConstant", "w r k", swaps: false);
        WriteForms(code, rows, "Jump", "r r j", swaps: false);
        WriteForms(code, rows, "JumpWithInt", "r i j", swaps: false);
        WriteForms(code, rows, "SwappedJumpWithInt", "r i j", swaps: true);
        WriteForms(code, rows, "JumpWithConstant", "r k j", swaps: false);
        code.Close();
        return code.ToString();
    }

    private static Row Read(EnumRow row) =>
        new(row.Name, ((LiteralExpressionSyntax)row.Positional[0]).Token.ValueText, row.Positional[1].ToString(), row.Named);

    private static void WriteLetters(CodeWriter code, Row[] rows, string name, int place)
    {
        string letters = string.Concat(rows.Select(row => row.Letter(place)));
        string[] parts = [.. letters.Chunk(LettersPerLine).Select(part => $"\"{new string(part)}\"u8")];
        code.Line();
        code.Line($"public static ReadOnlySpan<byte> {name} =>");
        code.Lines(parts.Select((part, i) => $"    {(i == 0 ? part : $"+ {part}")}{(i == parts.Length - 1 ? ";" : string.Empty)}"));
    }

    private static void WriteColumn(CodeWriter code, Row[] rows, string type, string name, Func<Row, string> value)
    {
        code.Line();
        code.Line($"public static ReadOnlySpan<{type}> {name} =>");
        code.Line("[");
        code.Lines(rows.Select(row => $"    {value(row)}, // {row.Name}"));
        code.Line("];");
    }

    /// <summary>Writes a column that is the same in most rows, as many rows a line as fit.</summary>
    private static void WriteSparse(CodeWriter code, Row[] rows, string type, string name, Func<Row, string> value)
    {
        code.Line();
        code.Line($"public static ReadOnlySpan<{type}> {name} =>");
        code.Line("[");
        code.Lines(Lines(rows.Select(value)));
        code.Line("];");
    }

    private static IEnumerable<string> Lines(IEnumerable<string> values)
    {
        string line = string.Empty;
        foreach (string value in values)
        {
            if (line.Length + value.Length > LineLength)
            {
                yield return $"    {line.TrimEnd()}";
                line = string.Empty;
            }

            line += $"{value}, ";
        }

        yield return $"    {line.TrimEnd()}";
    }

    /// <summary>Writes the inverse of the column Plain: the instructions with some operands that don't negate their plain form.</summary>
    private static void WriteForms(CodeWriter code, Row[] rows, string name, string operands, bool swaps)
    {
        Dictionary<string, string> forms = rows
            .Where(row => row.Operands == operands && row.Named.ContainsKey("Plain") && !row.Has("Negates") && row.Has("Swaps") == swaps)
            .ToDictionary(row => row.Get("Plain", row.Name), row => row.Name);
        WriteSparse(code, rows, "Opcode", name, row => $"Opcode.{forms.GetValueOrDefault(row.Name, "Nop")}");
    }
}
