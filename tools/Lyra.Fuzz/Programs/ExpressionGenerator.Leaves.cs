using System.Collections.Generic;
using System.Linq;

namespace Lyra.Fuzz.Programs;

/// <content>Literals, variables and names: the leaves of expressions.</content>
internal abstract partial class ExpressionGenerator
{
    protected static readonly string[] EdgeInts =
    [
        "9223372036854775807", "(-9223372036854775808)", "9223372036854775806", "(-9223372036854775807)", "4611686018427387904",
        "2147483647", "(-2147483648)",
        "4294967296", "9223372036854775808", "18446744073709551616", "(1 << 70)", "(-(1 << 64))", "9007199254740993", "255", "128", "65536",
    ];

    protected static readonly string[] EdgeFloats =
    [
        "0.0", "(-0.0)", "(0.0 / 0.0)", "(1.0 / 0.0)", "(-1.0 / 0.0)", "1e308", "5e-324", "9007199254740992.0", "9.3e18", "(-9.3e18)",
        "0.1", "1e19", "2147483648.0", "tofloat(1.10d)",
    ];

    private static readonly string[] Words =
        ["a", "b", "key", "x", "é", "lyra", "", "0", "12", "ab\\n", "\\u{1F600}", "longer text than the others"];

    private static readonly string[] Keys = ["\"a\"", "\"b\"", "\"c\"", "\"key\"", "1", "2", "3", "\"d\""];

    private static readonly Kind[] CommonKinds =
    [
        Kind.Int, Kind.Int, Kind.Int, Kind.Int, Kind.Float, Kind.Float, Kind.Bool, Kind.Str, Kind.Str, Kind.Ints, Kind.Ints, Kind.Floats,
        Kind.Texts, Kind.Mixed, Kind.Bools,
        Kind.Table, Kind.Table, Kind.Set, Kind.Pair, Kind.Instance, Kind.Instance, Kind.Proc, Kind.Procs, Kind.Bytes, Kind.Any,
    ];

    protected Kind AnyKind()
    {
        Kind kind = Random.PickFrom(CommonKinds);
        return kind == Kind.Instance && Structs.Count == 0 ? Kind.Int : kind;
    }

    /// <summary>An expression without subexpressions.</summary>
    protected string Leaf(Kind kind)
    {
        if (Random.Chance(65) && Find(kind) is { } variable)
        {
            return variable.Name;
        }

        return kind switch
        {
            Kind.Int => IntLeaf(),
            Kind.Float => FloatLiteral(),
            Kind.Bool => Random.Pick("true", "false"),
            Kind.Str => Word(),
            Kind.Any when EnumValues.Count > 0 && Random.Chance(20) => EnumLeaf(),
            Kind.Any => Random.Chance(15) ? Random.Pick("nil", "nil", "1.10d", "3d", "2.days", "90.minutes") : Leaf(AnyKindBut(Kind.Any)),
            _ => Fresh(kind, 0),
        };
    }

    private string EnumLeaf()
    {
        (string type, string member, int fields) = Random.PickFrom(EnumValues);
        return EnumValue(type, member, fields);
    }

    /// <summary>A value of an enum.</summary>
    protected string EnumValue(string type, string member, int fields) => fields == 0
        ? $"{type}.{member}"
        : $"{type}.{member}({string.Join(", ", Enumerable.Range(0, fields).Select(_ => Random.Pick(SmallInt(), SmallInt(), "1", "2")))})";

    /// <summary>A leaf for the head of `if`, `while`, `for` or `match`, where a struct literal has to be in brackets.</summary>
    protected string LeafInHead(Kind kind) => $"({Leaf(kind)})";

    private string IntLeaf()
    {
        if (Counters.Count > 0 && Random.Chance(60))
        {
            return Random.Chance(70) ? Counters[^1] : Random.PickFrom(Counters);
        }

        return Random.Chance(12) ? Random.PickFrom(EdgeInts) : SmallInt();
    }

    protected string SmallInt() => Random.Chance(12) ? $"(-{Random.Between(1, 9)})" : Random.Chance(20) ? $"{Random.Below(2_000)}"
        : $"{Random.Below(10)}";

    private string FloatLiteral() => Random.Chance(20) ? Random.PickFrom(EdgeFloats)
        : Random.Pick("0.5", "1.0", "2.0", "1.5", "(-1.25)", "3.75", "10.0", "100.25");

    /// <summary>A str literal. A few are so long that operations on them cost additional steps.</summary>
    protected string Word() => Random.Chance(2) ? $"(\"lyra\" * {Random.Pick(63, 64, 65, 200)})" : $"\"{Random.PickFrom(Words)}\"";

    /// <summary>A key of a table; the first keys are more frequent.</summary>
    protected string Key()
    {
        if (Random.Chance(12))
        {
            return Random.Chance(50) ? IntLeaf() : Random.Pick("nil", "true", "1.0", "(1, 2)", "2.5");
        }

        return Keys[Random.Below(Random.Between(1, Keys.Length))];
    }

    private Kind AnyKindBut(Kind other)
    {
        Kind kind;
        do
        {
            kind = AnyKind();
        }
        while (kind == other);

        return kind;
    }

    /// <summary>A variable in scope of a kind, the latest more often; null when there is none.</summary>
    protected Variable? Find(Kind kind, bool isAssignable = false)
    {
        List<Variable> found = [];
        for (int i = Variables.Count - 1; i >= 0; i--)
        {
            Variable variable = Variables[i];
            if ((kind == Kind.Any || variable.Kind == kind) && (!isAssignable || variable.IsAssignable))
            {
                found.Add(variable);
            }
        }

        return found.Count == 0 ? null : found[Random.Below(Random.Between(1, found.Count))];
    }

    /// <summary>A value of a wrong kind, in a form whose kind the compiler cannot infer.</summary>
    protected string Wrong(Kind kind) => $"same({Leaf(AnyKindBut(kind))})";

    private bool IsMistake() => Random.Below(ExpressionsPerMistake) == 0;
}
