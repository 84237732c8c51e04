namespace Lyra.Fuzz.Programs;

/// <content>Loops of which the compiler computes several iterations at once.</content>
internal abstract partial class IdiomGenerator
{
    /// <summary>One to three statements on the elements of two lists, which may be the same, by an index that grows by 1.</summary>
    protected void ElementLoops()
    {
        Kind kind = NumberList();
        string first = Local("v", kind, LongNumbers(kind));
        bool isSameLength = Random.Chance(50);
        string second = Local("v", kind, Perhaps(first, isSameLength ? $"[x + 1 for x in {first}]" : LongNumbers(kind)));
        string sum = Local("v", Kind.Mixed, Random.Pick("0", "0", "0.0", "9223372036854770000", "-5"));
        string count = Local("v", Kind.Int, "0");
        string extreme = Local("v", Kind.Mixed, Random.Pick($"{first}[0]", Leaf(ElementKind(kind))));
        string before = Local("v", Kind.Mixed, $"{first}[0]");
        OpenRange($"0..{Random.Between(2, 6)}");
        string index = OpenElements(first, second, isSameLength, out string element);
        for (int left = Random.Between(1, 3); left > 0; left--)
        {
            Writer.Line(ElementStatement(new ElementNames(first, second, index, element, sum, count, extreme)));
        }

        if (Random.Chance(25))
        {
            MoveOn(index, first, before);
        }

        CloseLoop();
        CloseLoop();
        Writer.Line($"print({sum}, {count}, {extreme}, {before}, {first}, {second})");
    }

    /// <summary>Sums of elements, whose type bounds them in the first rounds only.</summary>
    protected void SumsOfTyped()
    {
        string typed = NewName("v");
        int count = Random.Between(4, 20);
        Writer.Line($"let {typed}: [{Random.Pick("i32", "i32", "u8", "i16")}] = [1, 2, {Random.Below(100)}] * {count}");
        string large = Random.Pick("9223372036854775807", "-9223372036854775808", "4611686018427387904");
        string other = Local("v", Kind.Ints, $"[{large}, {SmallInt()}] * {count}");
        string sum = Local("v", Kind.Int, SmallInt());
        string round = OpenRange($"0..{Random.Between(4, 8)}");
        string list = Local("v", Kind.Ints, $"if {round} < {Random.Between(2, 4)} {{ {typed} }} else {{ {other} }}", isAssignable: false);
        string index = OpenRange($"1..length({list})");
        Writer.Line($"{sum} = {Random.Pick(
            $"{sum} ^ {list}[{index}] + {list}[{index} - 1]",
            $"({sum} + ({list}[{index}] - {list}[{index} - 1])) % 1000003",
            $"{sum} & 65535 | {list}[{index}] * {Random.Pick("2", $"{list}[{index} - 1]")} & 255")}");
        CloseLoop();
        CloseLoop();
        Writer.Line($"print({sum})");
    }

    /// <summary>Keeps an element for the next iteration, perhaps to store it there.</summary>
    private void MoveOn(string index, string list, string before)
    {
        string kept = NewName("v");
        Writer.Line($"let {kept} = {list}[{index}]");
        Writer.Line($"{list}[{index}] = {Random.Pick(before, before, $"{kept} + 1", kept)}");
        Writer.Line($"{before} = {Random.Pick(kept, kept, $"{list}[{index}]")}");
    }

    /// <summary>Opens the loop; gives the index, and an element that the loop has or an expression for one.</summary>
    private string OpenElements(string first, string second, bool isSameLength, out string element)
    {
        string shorter = $"min(length({first}), length({second}))";
        string index;
        switch (Random.Below(5))
        {
            case 0 when isSameLength:
                index = NewName("n");
                element = NewName("n");
                OpenLoop($"for {index}, {element} in {first}");
                Counters.Add(index);
                break;
            case 1:
                index = Local("n", Kind.Int, "-1", isAssignable: false);
                element = $"{first}[{index}]";
                OpenLoop($"while {index} < {shorter} - 1");
                Writer.Line($"{index} += 1");
                Counters.Add(index);
                break;
            case 2:
                index = OpenRange($"1..{shorter} - 1");
                element = $"{first}[{index}{Random.Pick(" - 1", " + 1")}]";
                break;
            case 3:
                index = OpenRange($"0..length({first}) + length({second})");
                element = $"{first}[{index}]";
                Writer.Line($"if {index} >= {shorter} {{ break }}");
                break;
            default:
                index = OpenRange($"0..{shorter}");
                element = $"{first}[{index}]";
                break;
        }

        return index;
    }

    private string ElementStatement(in ElementNames names)
    {
        string term = Term(names);
        return Random.Below(8) switch
        {
            0 or 1 => $"{names.Second}[{names.Index}] = {term}",
            2 => $"{names.Second}[{names.Index}] {Random.Pick("+=", "-=", "*=")} {term}",
            3 => $"{names.Sum} += {term}",
            4 => $"if {term} {Random.Pick("<", "<=", ">", "==", "!=")} {Term(names)} {{ {names.Count} += {Random.Pick("1", "1", "3")} }}",
            5 => $"if {term} < {names.Extreme} {{ {names.Extreme} = {term} }}",
            6 => $"if {term} > {names.Extreme} {{ {names.Extreme} = {term} }}",
            _ => $"{names.Extreme} = {Random.Pick("min", "max")}({names.Extreme}, {term})",
        };
    }

    private string Term(in ElementNames names)
    {
        string one = Random.Pick(names.Element, names.Element, $"{names.Second}[{names.Index}]", $"{names.First}[{names.Index}]");
        return Random.Below(8) switch
        {
            0 => $"{one} * {Random.Pick("2", "0.5", "-3", names.Element)}",
            1 => $"({one} + {names.Second}[{names.Index}])",
            2 => $"({one} - {Random.Pick(names.Index, "1", "0.25")})",
            3 => $"abs({one})",
            4 => Random.Pick(names.Index, SmallInt()),
            _ => one,
        };
    }

    /// <summary>A list that is long enough for several vectors, of few different numbers.</summary>
    private string LongNumbers(Kind kind)
    {
        string[] edges = kind == Kind.Ints
            ? ["9223372036854775807", "-9223372036854775808", "2147483648", "-4294967297", "4294967296", "0"]
            : ["0.0", "-0.0", "1e308", "1e308 * 10 - 1e308 * 10", "1e308 * 10", "-0.5"];
        string rare = Random.Chance(50) ? string.Empty : $" + [{Random.PickFrom(edges)}]";
        string numbers = kind == Kind.Ints ? Random.Pick("3, -1, 7, 12", "5") : Random.Pick("0.5, -1.5, 2.25, 7.0", "2.5");
        return $"([{numbers}] * {Random.Between(2, 24)}{rare} + [{numbers}] * {Random.Between(1, 14)})";
    }

    private readonly record struct ElementNames(
        string First, string Second, string Index, string Element, string Sum, string Count, string Extreme);
}
