using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Generate.Folds;
using Lyra.Jit.Ir;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Writes the pattern and the result of a line in the shorthand of <see cref="FoldRows"/>.</summary>
internal sealed partial class FoldRowPatterns
{
    private readonly FoldTerm _pattern;
    private readonly FoldTerm _result;

    /// <summary>The input of the shorthand for each letter that stands for any value.</summary>
    private readonly Dictionary<string, string> _inputs = [];

    public FoldRowPatterns(FoldLine line, string op)
    {
        _pattern = line.Pattern with { Ops = [op] };
        _result = line.Result;
        Dictionary<char, int> used = [];
        foreach ((string letter, char kind) in Values(_pattern).OrderBy(value => !Uses(_result, value.Letter)))
        {
            if (!_inputs.ContainsKey(letter))
            {
                int number = used.GetValueOrDefault(kind);
                _inputs.Add(letter, InputsOf(kind)[number]);
                used[kind] = number + 1;
            }
        }
    }

    /// <summary>Whether C# computes a constant of a result.</summary>
    public static bool IsComputed(FoldTerm result) =>
        result.IsOperation ? result.Inputs!.Any(IsComputed) : !result.IsValue && !Literal().IsMatch(result.Text);

    /// <summary>The nodes of the pattern, for all edge values of its constants and all operations that match.</summary>
    public IEnumerable<string[]> All() => All(_pattern);

    /// <summary>The nodes of the result. A computed constant has any value.</summary>
    public IEnumerable<string> Result(IrType type) => _result switch
    {
        { IsOperation: true } => Operation(_result),
        { Text: "drop" or "exit" } => [],
        { IsValue: true } => [_inputs[_result.Text]],
        _ => [$"Const{type} {(IsComputed(_result) ? AnyOf(type) : _result.Text)}"],
    };

    private IEnumerable<string[]> All(FoldTerm term) =>
        from op in term.Ops
        from inputs in Combinations([.. KindsOf(op).Select((kind, i) => Choices(term.Inputs?[i], kind))])
        select (string[])[.. inputs.SelectMany(input => input.Nodes), string.Join(' ', inputs.Select(input => input.Word).Prepend(op))];

    private (string[] Nodes, string Word)[] Choices(FoldTerm? input, char kind) => input switch
    {
        null => [([], InputsOf(kind)[0])],
        { IsOperation: true } => [.. All(input).Select(nodes => (nodes, "$"))],
        { IsConstant: true } => [.. EdgesOf(kind).Select(value => ((string[])[], value))],
        { IsValue: true } => [([], _inputs[input.Text])],
        { Text: "min" } => [([], "-9223372036854775808")],
        { Text: "max" } => [([], "9223372036854775807")],
        _ => [([], input.Text)],
    };

    private static IEnumerable<(string[] Nodes, string Word)[]> Combinations((string[] Nodes, string Word)[][] choices) =>
        choices.Aggregate(
            (IEnumerable<(string[], string)[]>)[[]],
            (starts, next) => from start in starts from choice in next select ((string[], string)[])[.. start, choice]);

    private string[] Operation(FoldTerm term)
    {
        string[] before = [.. term.Inputs!.Where(input => input.IsOperation).SelectMany(Operation)];
        IEnumerable<string> words = term.Inputs!.Select(input =>
            input.IsOperation ? "$" : input.IsValue ? _inputs[input.Text] : AnyOf(IrType.Int));
        return [.. before, string.Join(' ', words.Prepend(term.Ops[0]))];
    }

    private static IEnumerable<(string Letter, char Kind)> Values(FoldTerm term) =>
        from op in term.Ops.Take(1)
        from input in (term.Inputs ?? []).Zip(KindsOf(op))
        from value in input.First.IsOperation ? Values(input.First) : input.First.IsValue ? [(input.First.Text, input.Second)] : []
        select value;

    private static bool Uses(FoldTerm term, string letter) =>
        term.Text == letter || (term.Inputs ?? []).Any(input => Uses(input, letter));

    private static char[] KindsOf(string op) => IrOpInfo.Of(Enum.Parse<IrOp>(op)).Inputs;

    /// <summary>Inputs of a kind: letters, and then literals.</summary>
    private static string[] InputsOf(char kind) => kind switch
    {
        'i' => ["x", "y", "2", "7"],
        'f' => ["f", "g"],
        'b' => ["b", "c"],
        'o' => ["l", "o"],
        _ => [kind.ToString()],
    };

    private static string[] EdgesOf(char kind) => kind switch
    {
        'i' => ["-9223372036854775808", "-1", "0", "1", "2", "63", "64", "1073741824", "9223372036854775807"],
        'f' => ["-0.0", "0.0", "1.0", "-2.5", "1.0E308", "Infinity", "NaN"],
        _ => ["false", "true"],
    };

    private static string AnyOf(IrType type) => type == IrType.Bool ? "true" : type == IrType.Float ? "7777.5" : "7777";

    [GeneratedRegex(@"^(-?[\d.]+|true|false|drop|exit)$")]
    private static partial Regex Literal();
}
