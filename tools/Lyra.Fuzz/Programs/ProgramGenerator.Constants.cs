using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Literals, variables and names: what expressions end in.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly string[] EdgeInts =
    [
        "9223372036854775807", "(-9223372036854775808)", "9223372036854775806", "(-9223372036854775807)", "4611686018427387904", "2147483647", "(-2147483648)",
        "4294967296", "9223372036854775808", "18446744073709551616", "(1 << 70)", "(-(1 << 64))", "9007199254740993", "255", "128", "65536",
    ];

    private static readonly string[] EdgeFloats =
    [
        "0.0", "(-0.0)", "(0.0 / 0.0)", "(1.0 / 0.0)", "(-1.0 / 0.0)", "1e308", "5e-324", "9007199254740992.0", "9.3e18", "(-9.3e18)", "0.1", "1e19", "2147483648.0",
    ];

    private static readonly string[] Words = ["a", "b", "key", "x", "é", "lyra", "", "0", "12", "ab\\n", "\\u{1F600}", "longer text than the others"];

    private static readonly string[] Keys = ["\"a\"", "\"b\"", "\"c\"", "\"key\"", "1", "2", "3", "\"d\""];

    private static readonly Kind[] CommonKinds =
    [
        Kind.Int, Kind.Int, Kind.Int, Kind.Int, Kind.Float, Kind.Float, Kind.Bool, Kind.Str, Kind.Str, Kind.Ints, Kind.Ints, Kind.Floats, Kind.Texts, Kind.Mixed, Kind.Bools,
        Kind.Table, Kind.Table, Kind.Set, Kind.Pair, Kind.Instance, Kind.Instance, Kind.Proc, Kind.Procs, Kind.Bytes, Kind.Any,
    ];

    private Kind AnyKind()
    {
        Kind kind = _random.PickFrom(CommonKinds);
        return kind == Kind.Instance && _structs.Count == 0 ? Kind.Int : kind;
    }

    /// <summary>An expression without others in it.</summary>
    private string Leaf(Kind kind)
    {
        if (_random.Chance(65) && Find(kind) is { } variable)
        {
            return variable.Name;
        }

        return kind switch
        {
            Kind.Int => IntLeaf(),
            Kind.Float => FloatLiteral(),
            Kind.Bool => _random.Pick("true", "false"),
            Kind.Str => Word(),
            Kind.Any => _random.Chance(15) ? "nil" : Leaf(AnyKindBut(Kind.Any)),
            _ => Fresh(kind, 0),
        };
    }

    private string IntLeaf()
    {
        if (_counters.Count > 0 && _random.Chance(60))
        {
            return _random.Chance(70) ? _counters[^1] : _random.PickFrom(_counters);
        }

        return _random.Chance(12) ? _random.PickFrom(EdgeInts) : SmallInt();
    }

    private string SmallInt() => _random.Chance(12) ? $"(-{_random.Between(1, 9)})" : _random.Chance(20) ? $"{_random.Below(2_000)}" : $"{_random.Below(10)}";

    private string FloatLiteral() => _random.Chance(20) ? _random.PickFrom(EdgeFloats) : _random.Pick("0.5", "1.0", "2.0", "1.5", "(-1.25)", "3.75", "10.0", "100.25");

    /// <summary>A few are so long that looking through them is charged.</summary>
    private string Word() => _random.Chance(2) ? $"(\"lyra\" * {_random.Pick(63, 64, 65, 200)})" : $"\"{_random.PickFrom(Words)}\"";

    /// <summary>A key of a table; the first ones are more frequent.</summary>
    private string Key()
    {
        if (_random.Chance(12))
        {
            return _random.Chance(50) ? IntLeaf() : _random.Pick("nil", "true", "1.0", "(1, 2)", "2.5");
        }

        return Keys[_random.Below(_random.Between(1, Keys.Length))];
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
    private Variable? Find(Kind kind, bool isAssignable = false)
    {
        List<Variable> found = [];
        for (int i = _variables.Count - 1; i >= 0; i--)
        {
            Variable variable = _variables[i];
            if ((kind == Kind.Any || variable.Kind == kind) && (!isAssignable || variable.IsAssignable))
            {
                found.Add(variable);
            }
        }

        return found.Count == 0 ? null : found[_random.Below(_random.Between(1, found.Count))];
    }

    /// <summary>A value of a wrong kind, in a form that the compiler can't see through.</summary>
    private string Wrong(Kind kind) => $"same({Leaf(AnyKindBut(kind))})";

    private bool IsMistake() => _random.Below(_mistakes) == 0;
}
