using System.Text;
using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Expressions whose values are strs, containers and procs.</content>
internal abstract partial class ExpressionGenerator
{
    private string Str(int depth) => Random.Below(15) switch
    {
        0 or 1 or 2 => $"({Expression(Kind.Str, depth)} + {Expression(Kind.Str, depth)})",
        3 or 4 => $"\"{Random.Pick("", "n=", "<")}${{{Expression(Kind.Any, depth)}}}{Random.Pick("", "-", "${1 + 2}")}\"",
        5 => $"tostring({Expression(Random.Pick(Kind.Int, Kind.Float, Kind.Any), depth)})",
        6 => $"({Leaf(Kind.Str)} * {Random.Below(4)})",
        7 => $"{Leaf(Kind.Str)}.{Random.Pick("upper()", "trim()", "reverse()", "replace(\"a\", \"bb\")", "padStart(5)", "lower()")}",
        8 => $"chr({Random.Pick("97", "48", "233")} + {(Counters.Count > 0 ? Counters[^1] : "3")} % 26)",
        9 => Slice(Leaf(Kind.Str)),
        10 => Element(Kind.Texts),
        11 => $"{Leaf(Kind.Texts)}.join({Word()})",
        12 => If(Kind.Str, depth),
        13 => CallOf(Kind.Str, depth) ?? Word(),
        _ => $"(\"lyra\" + {Leaf(Kind.Str)})[{Random.Below(4)}]",
    };

    private string Slice(string target) => Random.Below(4) switch
    {
        0 => $"{target}[..{Random.Below(2)}]",
        1 => $"{target}[{Random.Below(3)}..]",
        2 => $"{target}[..]",
        _ => $"{target}[0..{Index(target)}]",
    };

    private string Container(Kind kind, int depth)
    {
        if (Random.Chance(12) && CallOf(kind, depth) is { } call)
        {
            return call;
        }

        if (Random.Chance(10))
        {
            return If(kind, depth);
        }

        return kind switch
        {
            Kind.Ints or Kind.Floats or Kind.Texts or Kind.Mixed or Kind.Bools when Random.Chance(45) => ListOperation(kind, depth),
            Kind.Table when Random.Chance(25) => $"{Leaf(Kind.Table)}.{Random.Pick("copy()", $"merge({Leaf(Kind.Table)})")}",
            Kind.Set when Random.Chance(35) => $"{Leaf(Kind.Set)}.{Random.Pick("union", "intersect", "difference")}({Leaf(Kind.Set)})",
            Kind.Instance when Random.Chance(30) => InstanceOperation(),
            _ => Fresh(kind, depth),
        };
    }

    private string ListOperation(Kind kind, int depth) => Random.Below(9) switch
    {
        0 => $"({Leaf(kind)} + {Leaf(kind)})",
        1 => Slice(Leaf(kind)),
        2 => $"{Leaf(kind)}.copy()",
        3 when kind is not (Kind.Mixed or Kind.Bools) => $"sorted({Leaf(kind)})",
        4 => $"reversed({Leaf(kind)})",
        5 when kind == Kind.Ints => $"{Leaf(kind)}.map({Leaf(Kind.Proc)})",
        6 when kind == Kind.Ints => $"{Leaf(kind)}.filter(x => x {Comparison()} {Leaf(Kind.Int)})",
        7 when kind is Kind.Ints or Kind.Mixed => $"list({Iterable()})",
        _ => $"([{Expression(ElementKind(kind), depth)}] * {Random.Between(1, 6)})",
    };

    private string InstanceOperation()
    {
        string instance = Leaf(Kind.Instance);
        return Random.Pick($"({instance} + {Leaf(Kind.Instance)})", $"(-{instance})", $"{instance}.moved({Leaf(Kind.Int)})",
            $"({instance} * {Leaf(Kind.Int)})");
    }

    protected static Kind ElementKind(Kind list) => list switch
    {
        Kind.Ints or Kind.Set or Kind.Bytes => Kind.Int,
        Kind.Floats => Kind.Float,
        Kind.Texts => Kind.Str,
        Kind.Bools => Kind.Bool,
        Kind.Procs => Kind.Proc,
        _ => Kind.Any,
    };

    /// <summary>A new value of a kind.</summary>
    protected string Fresh(Kind kind, int depth) => kind switch
    {
        Kind.Ints or Kind.Floats or Kind.Texts or Kind.Mixed or Kind.Bools or Kind.Procs => $"[{Items(ElementKind(kind), depth)}]",
        Kind.Table => FreshTable(depth),
        Kind.Set => $"set([{Items(Kind.Int, depth)}])",
        Kind.Pair => $"({Expression(Kind.Int, depth)}, {Expression(Kind.Any, depth)})",
        Kind.Instance => FreshInstance(depth),
        Kind.Proc => Lambda(depth),
        Kind.Bytes => Random.Pick("bytes(4)", "bytes([1, 2, 3, 255])"),
        _ => Expression(kind, depth),
    };

    protected string Items(Kind kind, int depth)
    {
        List<string> items = [];
        for (int i = Random.Pick(0, 1, 2, 3, 4, 5); i >= 0; i--)
        {
            items.Add(Expression(kind, depth));
        }

        return string.Join(", ", items);
    }

    private string FreshTable(int depth)
    {
        List<string> entries = [];
        int count = Random.Chance(85) ? Random.Below(4) : Random.Between(5, 10);
        for (int i = 0; i < count; i++)
        {
            entries.Add($"{Keys[i % Keys.Length]}: {Expression(Random.Chance(70) ? Kind.Int : Kind.Any, depth)}");
        }

        return $"({{{string.Join(", ", entries)}}})";
    }

    private string FreshInstance(int depth)
    {
        if (Structs.Count == 0)
        {
            return "nil";
        }

        StructModel model = Random.PickFrom(Structs);
        string x = model.IsAnnotated && IsMistake() ? $"same({Expression(Kind.Any, depth)})" : Expression(Kind.Int, depth);
        return Random.Below(4) switch
        {
            0 => $"{model.Name}({x})",
            1 => $"{model.Name}{{y: {Expression(Kind.Int, depth)}, x: {x}}}",
            _ => $"{model.Name}({x}, {Expression(Kind.Int, depth)})",
        };
    }

    protected string Lambda(int depth)
    {
        string parameter = NewName("q");
        Variables.Add(new Variable(parameter, Kind.Int));
        List<string> counters = [.. Counters];
        string body = Random.Below(5) switch
        {
            4 when depth <= 0 => Random.Pick("abs", "hostText", "length", "same", "toint"),
            0 => $"{parameter} {Random.Pick("+", "-", "*")} {Expression(Kind.Int, depth)}",
            1 => $"proc({parameter}) {{ return {Expression(Kind.Int, depth)} }}",
            _ => Expression(Kind.Int, depth),
        };
        Variables.RemoveAt(Variables.FindLastIndex(v => v.Name == parameter));
        Counters.Clear();
        Counters.AddRange(counters);
        bool isProc = body.StartsWith("proc", System.StringComparison.Ordinal)
            || body is "abs" or "hostText" or "length" or "same" or "toint";
        return isProc ? $"({body})" : $"({parameter} => {body})";
    }

    /// <summary>A call of a declared proc with this result; null when there is none.</summary>
    private string? CallOf(Kind result, int depth)
    {
        List<ProcModel> found = Procs.FindAll(p => p.Result == result);
        return found.Count == 0 ? null : Call(Random.PickFrom(found), depth);
    }

    protected string Call(ProcModel proc, int depth)
    {
        List<string> arguments = [];
        bool isNamed = false;
        foreach (ParameterModel parameter in proc.Parameters)
        {
            if (parameter.HasDefault && Random.Chance(40))
            {
                isNamed = true;
                continue;
            }

            string value = Expression(parameter.Kind, depth);
            isNamed |= !proc.HasRest && Random.Chance(8);
            arguments.Add(isNamed ? $"{parameter.Name}: {value}" : value);
        }

        if (proc.HasRest && !isNamed)
        {
            arguments.Add(Random.Pick(Expression(Kind.Int, depth), $"...{Leaf(Kind.Ints)}", $"{Leaf(Kind.Int)}, {Leaf(Kind.Int)}"));
        }

        return $"{proc.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>An iterable that usually yields ints.</summary>
    protected string Iterable() => Random.Below(12) switch
    {
        0 => $"range({Random.Between(5, 20)}, {Random.Below(5)}, -{Random.Between(1, 3)})",
        1 => $"range({Random.Below(5)}, {Random.Between(5, 40)}, {Random.Between(1, 4)})",
        2 => $"({Random.Below(3)}..={Random.Between(1, 9)})",
        3 when Generators.Count > 0 => Call(Random.PickFrom(Generators), 0),
        4 => Leaf(Kind.Set),
        5 => Leaf(Kind.Table),
        6 => Leaf(Kind.Str),
        7 => Leaf(Kind.Mixed),
        8 => Leaf(Kind.Bytes),
        9 or 10 => LazyChain(),
        _ => Leaf(Kind.Ints),
    };

    /// <summary>An iterator with some lazy steps, whose source it closes.</summary>
    private string LazyChain()
    {
        StringBuilder chain = new(Generators.Count > 0 && Random.Chance(60)
            ? Call(Random.PickFrom(Generators), 0)
            : $"(each for each in {Leaf(Kind.Ints)})");
        for (int i = Random.Between(1, 3); i > 0; i--)
        {
            int n = Random.Between(0, 9);
            chain.Append(Random.Pick(
                $".map(each => each ?? {n})",
                $".map(each => (each, {n})[0])",
                $".filter(each => each != {n})",
                $".flatMap(each => [{n}, each])",
                $".take({n})",
                $".skip({n})",
                $".takeWhile(each => each != {n})",
                $".skipWhile(each => each == {n})",
                $".chunk({n + 1}).map(part => part[0])",
                ".window(2).flatMap(part => part)",
                $".enumerate().map(((i, each)) => i + {n})",
                $".zip({n}..40).map(pair => pair[1])"));
        }

        return chain.ToString();
    }
}
