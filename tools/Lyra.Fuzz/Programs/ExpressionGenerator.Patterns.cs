using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Match expressions and patterns.</content>
internal abstract partial class ExpressionGenerator
{
    protected string Subject(Kind kind) => kind == Kind.Int && Counters.Count > 0 && Random.Chance(70)
        ? $"({Random.PickFrom(Counters)} % {Random.Between(2, 12)})"
        : $"({Expression(kind)})";

    private string MatchExpression(Kind kind, int depth)
    {
        Kind subject = Random.Chance(70) ? Kind.Int : AnyKind();
        List<string> arms = [];
        int count = Random.Between(1, 3);
        for (int i = 0; i < count; i++)
        {
            arms.Add($"{Pattern(subject, 1, i)} => {Expression(kind, depth)}");
        }

        return $"(match {Subject(subject)} {{ {string.Join(", ", arms)}, _ => {Leaf(kind)} }})";
    }

    protected string Pattern(Kind kind, int depth, int position) => Random.Below(12) switch
    {
        0 when depth > 0 => NewName("_b") + ": "
            + Random.Pick("int", "float", "str", "list", "u8", "bool", "(int | str)", "(u8 | nil | list)"),
        1 when depth > 0 => $"{LiteralPattern(kind, position)} | {LiteralPattern(kind, position + 1)}",
        2 when depth > 0 => $"{LiteralPattern(kind, position)} as {NewName("_b")}",
        3 => Random.Pick("nil", "true", "\"a\"", "1.0", "-1"),
        _ => kind switch
        {
            Kind.Ints or Kind.Mixed or Kind.Floats or Kind.Texts or Kind.Bools or Kind.Procs => ListPattern(),
            Kind.Table => Random.Pick("{\"a\": 1, ...}", $"{{\"a\": {NewName("_b")}, ...}}", "{\"key\": _}", "{...}"),
            Kind.Pair => Random.Pick($"(0, {NewName("_b")})", "(1, _)", $"({NewName("_b")}, nil)", $"({NewName("_b")}, ...)",
                $"(0, ...{NewName("_b")})"),
            Kind.Instance when Structs.Count > 0 => $"{Random.PickFrom(Structs).Name}{{x: {Random.Below(3)}, y}}",
            _ => LiteralPattern(kind, position),
        },
    };

    /// <summary>A pattern that binds no name.</summary>
    private string LiteralPattern(Kind kind, int position) => kind switch
    {
        Kind.Float => Random.Pick("0.5", "1.0", "0..10"),
        Kind.Bool => Random.Pick("true", "false"),
        Kind.Str => $"\"{Words[position % Words.Length]}\"",
        _ => Random.Chance(75) ? $"{position}" : $"{position * 3}..{(position * 3) + Random.Between(1, 5)}",
    };

    private string ListPattern() => Random.Pick(
        "[]", "[_]", "[1, 2]", $"[{NewName("_b")}, ...{NewName("_b")}]", "[_, ..., _]", $"[{NewName("_b")}, {NewName("_b")}, ...]",
        "[0, ...]");
}
