using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Folds;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>The rules of folding as code: a switch on the operation, and for each operation a switch with one arm a rule.</summary>
internal sealed class FoldCode
{
    /// <summary>How many operations without a rule stand on a line.</summary>
    private const int OperationsPerLine = 5;

    /// <summary>The kinds of the inputs and the type of the result of each operation, as IrOp.cs has them.</summary>
    private readonly Dictionary<string, (string[] Inputs, string Result)> _operations;

    /// <summary>The letters of the pattern that are constants, with their kinds.</summary>
    private readonly Dictionary<string, string> _constants = [];

    private readonly HashSet<string> _bound = [];

    private FoldCode(SourceRepository repository) =>
        _operations = EnumTable.Read(repository.Read("Lyra.Jit/Ir/IrOp.cs")).ToDictionary(
            row => row.Name,
            row => (((LiteralExpressionSyntax)row.Positional[1]).Token.ValueText.Split(' '), row.Positional[2].ToString()));

    public static string Text(SourceRepository repository)
    {
        FoldLine[] lines = FoldLine.Parse(repository.Read(FoldLine.Path));
        FoldCode writer = new(repository);
        string[] ops = [.. lines.SelectMany(line => line.Pattern.Ops).Distinct()];
        CodeWriter code = new(FoldLine.Path);
        code.Lines(["using Lyra.Jit.Ir;", "using Lyra.Jit.Profiles;", "using Lyra.Runtime.Values;", ""]);
        code.Lines(["namespace Lyra.Jit.Passes.Folds;", ""]);
        code.Open("internal sealed partial class FoldRules");
        code.Line("/// <summary>The names of the lines, in the order of the file.</summary>");
        code.Line("public static string[] LineNames =>");
        code.Line("[");
        code.Lines(lines.Select(line => $"    \"{line.Name}\","));
        code.Line("];");
        code.Line();
        code.Line("private FoldResult FoldByLine(IrNode node) => node.Op switch");
        code.Line("{");
        code.Lines(ops.Select(op => $"    IrOp.{op} => Fold{op}(node),"));
        code.Lines(writer._operations.Keys.Except(ops).Chunk(OperationsPerLine)
            .Select((group, i) => $"    {(i == 0 ? string.Empty : "    or ")}{string.Join(" or ", group.Select(op => $"IrOp.{op}"))}"));
        code.Line("        => FoldResult.Keep,");
        code.Line("};");
        foreach (string op in ops)
        {
            code.Line();
            code.Line($"private FoldResult Fold{op}(IrNode node) => node.Inputs switch");
            code.Line("{");
            foreach (FoldLine line in lines.Where(line => line.Pattern.Ops.Contains(op)))
            {
                code.Line($"    // {line.Name}: {line.Text}");
                code.Lines(writer.Arm(line, Array.IndexOf(lines, line), op));
            }

            code.Line("    _ => FoldResult.Keep,");
            code.Line("};");
        }

        code.Close();
        return code.ToString();
    }

    private string[] Arm(FoldLine line, int index, string op)
    {
        _constants.Clear();
        _bound.Clear();
        List<string> conditions = [];
        string pattern = Inputs(line, line.Pattern.Inputs!, op, conditions);
        if (line.Condition.Length > 0)
        {
            conditions.Add(conditions.Count == 0 ? Expression(line.Condition) : $"({Expression(line.Condition)})");
        }

        string when = conditions.Count == 0 ? "" : $" when {string.Join(" && ", conditions)}";
        return [$"    {pattern}{when} =>", $"        Applied({index}, {Result(line.Result, op)}),"];
    }

    private string Inputs(FoldLine line, FoldTerm[] inputs, string op, List<string> conditions)
    {
        string[] kinds = _operations[op].Inputs;
        return inputs.Length == kinds.Length
            ? $"[{string.Join(", ", inputs.Select((input, i) => Input(line, input, kinds[i], conditions)))}]"
            : throw new FormatException($"{line.Name}: {op} has {kinds.Length} inputs.");
    }

    private string Input(FoldLine line, FoldTerm input, string kind, List<string> conditions)
    {
        if (input.IsOperation)
        {
            string inputs = input.Inputs is null ? "" : $", Inputs: {Inputs(line, input.Inputs, input.Ops[0], conditions)}";
            return $"{{ Op: {string.Join(" or ", input.Ops.Select(op => $"IrOp.{op}"))}{inputs} }}";
        }

        if (input.IsConstant)
        {
            _constants.Add(input.Text, kind);
            string bits = Uses(line.Result, input.Text) || Mentions(line.Condition, input.Text) ? $", Bits: var {input.Text}" : "";
            return $"{{ Op: IrOp.{ConstantOf(kind)}{bits} }}";
        }

        if (!input.IsValue)
        {
            return $"{{ Op: IrOp.{ConstantOf(kind)}, Bits: {Bits(input.Text, kind)} }}";
        }

        if (!_bound.Add(input.Text))
        {
            conditions.Add($"ReferenceEquals({input.Text}, same)");
            return "var same";
        }

        return Uses(line.Result, input.Text) || Count(line.Pattern, input.Text) > 1 ? $"var {input.Text}" : "_";
    }

    private static int Count(FoldTerm term, string letter) =>
        term.Text == letter ? 1 : term.Inputs?.Sum(input => Count(input, letter)) ?? 0;

    private static bool Uses(FoldTerm term, string letter) =>
        term.IsOperation ? term.Inputs!.Any(input => Uses(input, letter)) : Mentions(term.Text, letter);

    private static bool Mentions(string text, string letter) => Regex.IsMatch(text, $@"\b{letter}\b");

    private string Result(FoldTerm result, string op)
    {
        const string OrExit = " or exit";
        string type = _operations[op].Result;
        return result switch
        {
            { IsOperation: true } => $"Instead(node, {Operation(result)})",
            { Text: "drop" } => "FoldResult.Drop",
            { Text: "exit" } => "FoldResult.Exit",
            { IsValue: true } => $"FoldResult.Use({result.Text})",
            _ when result.Text.EndsWith(OrExit, StringComparison.Ordinal) => $"UseExact({Expression(result.Text[..^OrExit.Length])})",
            _ => $"Use{type}({Expression(result.Text)})",
        };
    }

    private string Operation(FoldTerm result)
    {
        string op = result.Ops.Single();
        string[] kinds = _operations[op].Inputs;
        return $"IrOp.{op}, {string.Join(", ", result.Inputs!.Select((input, i) => Made(input, kinds[i])))}";
    }

    private string Made(FoldTerm input, string kind) =>
        input.IsOperation ? $"Emit({Operation(input)})"
        : input.IsValue ? input.Text
        : $"constants.{ConstantOf(kind)["Const".Length..]}({Expression(input.Text)})";

    /// <summary>A C# expression, in which the constants have their values instead of their bits.</summary>
    private string Expression(string text)
    {
        foreach ((string letter, string kind) in _constants)
        {
            string value = kind switch { "f" => $"FloatOf({letter})", "b" => $"({letter} != 0)", _ => letter };
            text = Regex.Replace(text, $@"\b{letter}\b", value);
        }

        return Regex.Replace(Regex.Replace(text, @"\bmin\b", "long.MinValue"), @"\bmax\b", "long.MaxValue");
    }

    private static string Bits(string literal, string kind) => kind switch
    {
        "f" => BitConverter.DoubleToInt64Bits(double.Parse(literal, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
        "b" => literal == "true" ? "not 0" : "0",
        _ => literal switch { "min" => "long.MinValue", "max" => "long.MaxValue", _ => literal },
    };

    private static string ConstantOf(string kind) => kind switch
    {
        "i" => "ConstInt",
        "f" => "ConstFloat",
        "b" => "ConstBool",
        _ => throw new FormatException($"There are no constants of the kind '{kind}'."),
    };
}
