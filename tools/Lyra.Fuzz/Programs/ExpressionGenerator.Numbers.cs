namespace Lyra.Fuzz.Programs;

/// <content>Expressions whose values are numbers and bools.</content>
internal abstract partial class ExpressionGenerator
{
    protected string Expression(Kind kind) => Expression(kind, Random.Below(MaxExpressionDepth));

    /// <summary>An expression whose value most probably has this kind; parenthesized where necessary.</summary>
    protected string Expression(Kind kind, int depth)
    {
        if (IsMistake())
        {
            return Wrong(kind);
        }

        if (depth <= 0)
        {
            return Leaf(kind);
        }

        return kind switch
        {
            Kind.Int => Int(depth - 1),
            Kind.Float => Float(depth - 1),
            Kind.Bool => Bool(depth - 1),
            Kind.Str => Str(depth - 1),
            Kind.Any => Expression(AnyKind(), depth - 1),
            _ => Container(kind, depth - 1),
        };
    }

    private string Int(int depth) => Random.Below(30) switch
    {
        <= 9 => $"({Expression(Kind.Int, depth)} {Random.Pick("+", "+", "-", "-", "*", "&", "|", "^")} {Expression(Kind.Int, depth)})",
        10 => $"({Expression(Kind.Int, depth)} {Random.Pick("/", "%")} {Divisor()})",
        11 => $"({Expression(Kind.Int, depth)} {Random.Pick("<<", ">>")} "
            + $"{Random.Pick("1", "3", "31", "62", "63", "64", $"({Leaf(Kind.Int)} & {Random.Pick("63", "7", "127")})")})",
        12 => $"({Random.Pick("-", "~")}{Expression(Kind.Int, depth)})",
        13 => $"({Expression(Kind.Int, depth)} % {Random.Pick("7", "10", "1000", "65537", "1000003")})",
        14 => If(Kind.Int, depth),
        15 or 16 => Element(Kind.Ints),
        17 => $"length({Leaf(Random.Pick(Kind.Ints, Kind.Str, Kind.Table, Kind.Texts, Kind.Set, Kind.Mixed, Kind.Instance))})",
        18 or 19 or 20 => CallOf(Kind.Int, depth) ?? Leaf(Kind.Int),
        21 => Find(Kind.Instance) is { } instance ? $"{instance.Name}.{Random.Pick("x", "y", "x", "sum()")}" : Leaf(Kind.Int),
        22 => $"({Leaf(Kind.Table)}[{Key()}] ?? {Leaf(Kind.Int)})",
        23 => $"{Random.Pick("min", "max")}({Expression(Kind.Int, depth)}, {Expression(Kind.Int, depth)})",
        24 => Random.Chance(75) ? $"{Leaf(Kind.Proc)}({Expression(Kind.Int, depth)})" : BoundMethod(),
        25 => MatchExpression(Kind.Int, depth),
        26 => $"abs({Expression(Kind.Int, depth)})",
        27 => HostInt(depth),
        28 => $"{Leaf(Kind.Pair)}[0]",
        _ => LibraryInt(depth),
    };

    private string BoundMethod() => Find(Kind.Instance) is { } instance ? $"same({instance.Name}.sum)()"
        : $"same({Leaf(Kind.Ints)}.count)({Leaf(Kind.Int)})";

    private string Divisor() => Random.Chance(85) ? Random.Pick("2", "3", "7", "(-1)", "(-3)", "10", "1") : Leaf(Kind.Int);

    private string HostInt(int depth) => Random.Below(4) switch
    {
        0 => $"hostFail({Expression(Kind.Int, depth)}, {Random.Between(5, 60)})",
        1 => $"hostCall({Leaf(Kind.Proc)}, {Leaf(Kind.Int)})",
        _ => $"hostMix({Leaf(Kind.Int)}, {Leaf(Kind.Int)})",
    };

    private string LibraryInt(int depth)
    {
        if (HasBits && Random.Chance(50))
        {
            return $"bits.{Random.Pick("add32", "mul32", "addu64", "shl32", "rotl32")}({Leaf(Kind.Int)}, {Random.Between(0, 31)})";
        }

        return Random.Below(9) switch
        {
            0 when HasMath => $"math.{Random.Pick("floor", "ceil", "trunc", "round")}({Leaf(Kind.Float)})",
            1 when HasMath => $"math.{Random.Pick("idiv", "mod", "gcd")}({Expression(Kind.Int, depth)}, {Divisor()})",
            2 => $"sum({Leaf(Kind.Ints)})",
            3 => $"toint({Leaf(Kind.Float)})",
            4 => $"({Expression(Kind.Int, depth)} ** {Random.Below(4)})",
            5 => $"{Leaf(Kind.Str)}.{Random.Pick("count", "find")}({Word()})",
            6 => $"{Leaf(Kind.Ints)}.{Random.Pick("count", "index")}({Leaf(Kind.Int)})",
            7 => $"{Leaf(Kind.Table)}.get({Key()}, {Leaf(Kind.Int)})",
            _ => $"{Leaf(Kind.Bytes)}[{Random.Below(4)}]",
        };
    }

    private string Float(int depth) => Random.Below(14) switch
    {
        <= 4 => $"({Expression(Kind.Float, depth)} {Random.Pick("+", "-", "*", "/", "%")} {Expression(Kind.Float, depth)})",
        5 => $"({Expression(Kind.Int, depth)} {Random.Pick("*", "+")} {Expression(Kind.Float, depth)})",
        6 => $"(-{Expression(Kind.Float, depth)})",
        7 => Element(Kind.Floats),
        8 => $"tofloat({Expression(Kind.Int, depth)})",
        9 => If(Kind.Float, depth),
        10 => CallOf(Kind.Float, depth) ?? Leaf(Kind.Float),
        11 when HasMath => $"math.{Random.Pick("sqrt", "sin", "floor", "exp", "log", "cbrt")}({Expression(Kind.Float, depth)})",
        12 => $"{Random.Pick("min", "max")}({Expression(Kind.Float, depth)}, {Expression(Kind.Float, depth)})",
        13 when HasMath && Random.Chance(40) => Random.Pick("math.pi", "math.e", "math.inf"),
        13 => $"abs({Expression(Kind.Float, depth)})",
        _ => Leaf(Kind.Float),
    };

    private string Bool(int depth) => Random.Below(20) switch
    {
        <= 6 => $"({Expression(Kind.Int, depth)} {Comparison()} {Expression(Kind.Int, depth)})",
        7 or 8 => $"({Expression(Kind.Float, depth)} {Comparison()} {Expression(Kind.Float, depth)})",
        9 => $"({Expression(Kind.Str, depth)} {Comparison()} {Expression(Kind.Str, depth)})",
        10 => $"({Expression(Kind.Bool, depth)} {Random.Pick("and", "or")} {Expression(Kind.Bool, depth)})",
        11 => Random.Chance(50) ? $"(not {Expression(Kind.Bool, depth)})"
            : $"({Leaf(Kind.Bool)} {Random.Pick("==", "!=")} {Leaf(Kind.Bool)})",
        12 => $"({Leaf(Kind.Int)} {Random.Pick("in", "not in")} {Leaf(Random.Pick(Kind.Ints, Kind.Set, Kind.Mixed))})",
        13 => $"({Key()} {Random.Pick("in", "not in")} {Leaf(Kind.Table)})",
        14 => $"({Leaf(Kind.Any)} {Random.Pick("is", "is not", "==", "!=")} {Random.Pick("nil", Leaf(Kind.Any))})",
        15 => Random.Chance(60) ? Element(Kind.Bools) : $"({Word()} in {Leaf(Kind.Str)})",
        16 => $"({Leaf(Kind.Int)} in {Random.Below(5)}..{Random.Between(3, 20)})",
        17 when Structs.Count > 0 && Random.Chance(60) =>
            $"({Leaf(Kind.Instance)} {Comparison()} {Leaf(Random.Pick(Kind.Instance, Kind.Instance, Kind.Instance, Kind.Any))})",
        17 => SameKindComparison(),
        18 when Structs.Count > 0 && Random.Chance(50) =>
            $"(type({Leaf(Kind.Instance)}) {Random.Pick("==", "!=")} \"{Random.PickFrom(Structs).Name}\")",
        18 => $"(type({Leaf(Kind.Any)}) == {Random.Pick("\"int\"", "\"float\"", "\"str\"", "\"list\"")})",
        _ => $"({Expression(Kind.Int, depth)} {Comparison()} {Expression(Kind.Float, depth)})",
    };

    private string SameKindComparison()
    {
        Kind kind = AnyKind();
        return $"({Leaf(kind)} {Random.Pick("==", "!=", "<")} {Leaf(kind)})";
    }

    private string Comparison() => Random.Pick("<", "<=", ">", ">=", "==", "!=");

    private string If(Kind kind, int depth) =>
        $"(if {Expression(Kind.Bool, depth)} {{ {Expression(kind, depth)} }} else {{ {Expression(kind, depth)} }})";

    /// <summary>An element of a list of this kind, usually with an index in range.</summary>
    private string Element(Kind lists)
    {
        string list = Leaf(lists);
        return $"{list}[{Index(list)}]";
    }

    protected string Index(string list) => Random.Below(10) switch
    {
        <= 4 when Counters.Count > 0 => $"{Counters[^1]} % {Random.Pick($"length({list})", "2")}",
        5 when Counters.Count > 0 => Counters[^1],
        6 => $"length({list}) - 1",
        7 => Leaf(Kind.Int),
        _ => $"{Random.Below(2)}",
    };
}
