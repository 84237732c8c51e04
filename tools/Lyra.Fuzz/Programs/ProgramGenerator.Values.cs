using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Expressions that give texts, containers and procs.</content>
internal sealed partial class ProgramGenerator
{
    private string Str(int depth) => _random.Below(15) switch
    {
        0 or 1 or 2 => $"({Expression(Kind.Str, depth)} + {Expression(Kind.Str, depth)})",
        3 or 4 => $"\"{_random.Pick("", "n=", "<")}${{{Expression(Kind.Any, depth)}}}{_random.Pick("", "-", "${1 + 2}")}\"",
        5 => $"tostring({Expression(_random.Pick(Kind.Int, Kind.Float, Kind.Any), depth)})",
        6 => $"({Leaf(Kind.Str)} * {_random.Below(4)})",
        7 => $"{Leaf(Kind.Str)}.{_random.Pick("upper()", "trim()", "reverse()", "replace(\"a\", \"bb\")", "padStart(5)", "lower()")}",
        8 => $"chr({_random.Pick("97", "48", "233")} + {(_counters.Count > 0 ? _counters[^1] : "3")} % 26)",
        9 => Slice(Leaf(Kind.Str)),
        10 => Element(Kind.Texts),
        11 => $"{Leaf(Kind.Texts)}.join({Word()})",
        12 => If(Kind.Str, depth),
        13 => CallOf(Kind.Str, depth) ?? Word(),
        _ => $"(\"lyra\" + {Leaf(Kind.Str)})[{_random.Below(4)}]",
    };

    private string Slice(string target) => _random.Below(4) switch
    {
        0 => $"{target}[..{_random.Below(2)}]",
        1 => $"{target}[{_random.Below(3)}..]",
        2 => $"{target}[..]",
        _ => $"{target}[0..{Index(target)}]",
    };

    private string Container(Kind kind, int depth)
    {
        if (_random.Chance(12) && CallOf(kind, depth) is { } call)
        {
            return call;
        }

        if (_random.Chance(10))
        {
            return If(kind, depth);
        }

        return kind switch
        {
            Kind.Ints or Kind.Floats or Kind.Texts or Kind.Mixed or Kind.Bools when _random.Chance(45) => ListOperation(kind, depth),
            Kind.Table when _random.Chance(25) => $"{Leaf(Kind.Table)}.{_random.Pick("copy()", $"merge({Leaf(Kind.Table)})")}",
            Kind.Set when _random.Chance(35) => $"{Leaf(Kind.Set)}.{_random.Pick("union", "intersect", "difference")}({Leaf(Kind.Set)})",
            Kind.Instance when _random.Chance(30) => InstanceOperation(),
            _ => Fresh(kind, depth),
        };
    }

    private string ListOperation(Kind kind, int depth) => _random.Below(9) switch
    {
        0 => $"({Leaf(kind)} + {Leaf(kind)})",
        1 => Slice(Leaf(kind)),
        2 => $"{Leaf(kind)}.copy()",
        3 when kind is not (Kind.Mixed or Kind.Bools) => $"sorted({Leaf(kind)})",
        4 => $"reversed({Leaf(kind)})",
        5 when kind == Kind.Ints => $"{Leaf(kind)}.map({Leaf(Kind.Proc)})",
        6 when kind == Kind.Ints => $"{Leaf(kind)}.filter(x => x {Comparison()} {Leaf(Kind.Int)})",
        7 when kind is Kind.Ints or Kind.Mixed => $"list({Iterable()})",
        _ => $"([{Expression(ElementKind(kind), depth)}] * {_random.Between(1, 6)})",
    };

    private string InstanceOperation()
    {
        string instance = Leaf(Kind.Instance);
        return _random.Pick($"({instance} + {Leaf(Kind.Instance)})", $"(-{instance})", $"{instance}.moved({Leaf(Kind.Int)})", $"({instance} * {Leaf(Kind.Int)})");
    }

    private static Kind ElementKind(Kind list) => list switch
    {
        Kind.Ints or Kind.Set or Kind.Bytes => Kind.Int,
        Kind.Floats => Kind.Float,
        Kind.Texts => Kind.Str,
        Kind.Bools => Kind.Bool,
        Kind.Procs => Kind.Proc,
        _ => Kind.Any,
    };

    /// <summary>A new value of a kind.</summary>
    private string Fresh(Kind kind, int depth) => kind switch
    {
        Kind.Ints or Kind.Floats or Kind.Texts or Kind.Mixed or Kind.Bools or Kind.Procs => $"[{Items(ElementKind(kind), depth)}]",
        Kind.Table => FreshTable(depth),
        Kind.Set => $"set([{Items(Kind.Int, depth)}])",
        Kind.Pair => $"({Expression(Kind.Int, depth)}, {Expression(Kind.Any, depth)})",
        Kind.Instance => FreshInstance(depth),
        Kind.Proc => Lambda(depth),
        Kind.Bytes => _random.Pick("bytes(4)", "bytes([1, 2, 3, 255])"),
        _ => Expression(kind, depth),
    };

    private string Items(Kind kind, int depth)
    {
        List<string> items = [];
        for (int i = _random.Pick(0, 1, 2, 3, 4, 5); i >= 0; i--)
        {
            items.Add(Expression(kind, depth));
        }

        return string.Join(", ", items);
    }

    private string FreshTable(int depth)
    {
        List<string> entries = [];
        int count = _random.Chance(85) ? _random.Below(4) : _random.Between(5, 10);
        for (int i = 0; i < count; i++)
        {
            entries.Add($"{Keys[i % Keys.Length]}: {Expression(_random.Chance(70) ? Kind.Int : Kind.Any, depth)}");
        }

        return $"({{{string.Join(", ", entries)}}})";
    }

    private string FreshInstance(int depth)
    {
        if (_structs.Count == 0)
        {
            return "nil";
        }

        StructModel model = _random.PickFrom(_structs);
        string x = model.IsAnnotated && IsMistake() ? $"same({Expression(Kind.Any, depth)})" : Expression(Kind.Int, depth);
        return _random.Below(4) switch
        {
            0 => $"{model.Name}({x})",
            1 => $"{model.Name}{{y: {Expression(Kind.Int, depth)}, x: {x}}}",
            _ => $"{model.Name}({x}, {Expression(Kind.Int, depth)})",
        };
    }

    private string Lambda(int depth)
    {
        string parameter = NewName("q");
        _variables.Add(new Variable(parameter, Kind.Int));
        List<string> counters = [.. _counters];
        string body = _random.Below(5) switch
        {
            4 when depth <= 0 => _random.Pick("abs", "hostText", "length", "same", "toint"),
            0 => $"{parameter} {_random.Pick("+", "-", "*")} {Expression(Kind.Int, depth)}",
            1 => $"proc({parameter}) {{ return {Expression(Kind.Int, depth)} }}",
            _ => Expression(Kind.Int, depth),
        };
        _variables.RemoveAt(_variables.FindLastIndex(v => v.Name == parameter));
        _counters.Clear();
        _counters.AddRange(counters);
        bool isProc = body.StartsWith("proc", System.StringComparison.Ordinal) || body is "abs" or "hostText" or "length" or "same" or "toint";
        return isProc ? $"({body})" : $"({parameter} => {body})";
    }

    /// <summary>A call of a declared proc with this result; null when there is none.</summary>
    private string? CallOf(Kind result, int depth)
    {
        List<ProcModel> found = _procs.FindAll(p => p.Result == result);
        return found.Count == 0 ? null : Call(_random.PickFrom(found), depth);
    }

    private string Call(ProcModel proc, int depth)
    {
        List<string> arguments = [];
        bool isNamed = false;
        foreach (ParameterModel parameter in proc.Parameters)
        {
            if (parameter.HasDefault && _random.Chance(40))
            {
                isNamed = true;
                continue;
            }

            string value = Expression(parameter.Kind, depth);
            isNamed |= !proc.HasRest && _random.Chance(8);
            arguments.Add(isNamed ? $"{parameter.Name}: {value}" : value);
        }

        if (proc.HasRest && !isNamed)
        {
            arguments.Add(_random.Pick(Expression(Kind.Int, depth), $"...{Leaf(Kind.Ints)}", $"{Leaf(Kind.Int)}, {Leaf(Kind.Int)}"));
        }

        return $"{proc.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>Something to iterate that mostly gives ints.</summary>
    private string Iterable() => _random.Below(10) switch
    {
        0 => $"range({_random.Between(5, 20)}, {_random.Below(5)}, -{_random.Between(1, 3)})",
        1 => $"range({_random.Below(5)}, {_random.Between(5, 40)}, {_random.Between(1, 4)})",
        2 => $"({_random.Below(3)}..={_random.Between(1, 9)})",
        3 when _generators.Count > 0 => Call(_random.PickFrom(_generators), 0),
        4 => Leaf(Kind.Set),
        5 => Leaf(Kind.Table),
        6 => Leaf(Kind.Str),
        7 => Leaf(Kind.Mixed),
        8 => Leaf(Kind.Bytes),
        _ => Leaf(Kind.Ints),
    };
}
