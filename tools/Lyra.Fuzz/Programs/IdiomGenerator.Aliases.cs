namespace Lyra.Fuzz.Programs;

/// <content>Loops over two names that may refer to the same object, and over numbers at the limits of their range.</content>
internal abstract partial class IdiomGenerator
{
    /// <summary>A condition that is not constant, so that the two names refer to one object or to two.</summary>
    protected string Perhaps(string same, string other) =>
        $"(if same({Random.Pick("true", "true", "false", Leaf(Kind.Bool))}) {{ {same} }} else {{ {other} }})";

    protected void SameFields()
    {
        if (Structs.Count == 0)
        {
            SameElements();
            return;
        }

        string make = $"{Random.PickFrom(Structs).Name}({SmallInt()}, {SmallInt()})";
        string first = Local("v", Kind.Instance, make);
        string second = Local("v", Kind.Instance, Perhaps(first, make));
        string sum = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(8, 50)}");
        string field = Random.Pick("x", "y");
        Writer.Line($"{sum} += {first}.{field}");
        Writer.Line($"{second}.{field} {Random.Pick("=", "+=", "-=")} {Random.Pick(counter, "1", $"{sum} & 255")}");
        Writer.Line($"{sum} += {first}.{field}{Random.Pick(string.Empty, $" + {second}.{field}", " * 3")}");
        CloseLoop();
        Writer.Line($"print({sum}, {first}.x, {second}.x)");
    }

    protected void SameElements()
    {
        Kind kind = Random.Pick(Kind.Ints, Kind.Ints, Kind.Floats, Kind.Mixed, Kind.Bools);
        string make = $"[{Items(ElementKind(kind), 0)}, {Leaf(ElementKind(kind))}] * {Random.Between(4, 12)}";
        string first = Local("v", kind, make);
        string second = Local("v", kind, Perhaps(first, make));
        string seen = Local("v", Kind.Mixed, "[]");
        string counter = OpenRange($"0..{Random.Between(6, 30)}");
        string at = Random.Pick(counter, $"{counter} % 3", "1");
        Writer.Line($"var old = {first}[{at}]");
        Writer.Line($"{second}[{Random.Pick(at, at, "0")}] = {Random.Pick(Leaf(ElementKind(kind)), "old")}");
        Writer.Line($"if {first}[{at}] != old {{ {seen}.push({counter}) }}");
        if (Random.Chance(40))
        {
            Writer.Line($"{second}.{Random.Pick("push(old)", "pop()", "insert(0, old)")}");
            Writer.Line($"{seen}.push(length({first}))");
        }

        CloseLoop();
        Writer.Line($"print({seen})");
    }

    protected void SameTables()
    {
        string first = Local("v", Kind.Table, "({\"a\": 1, \"b\": 2})");
        string second = Local("v", Kind.Table, Perhaps(first, "({\"a\": 3})"));
        string sum = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(8, 50)}");
        Writer.Line($"{sum} += {first}[\"a\"] ?? 100");
        Writer.Line(Random.Pick($"{second}[\"a\"] = {counter}", $"{second}.remove(\"a\")",
            $"if {counter} % 5 == 4 {{ {second}.remove(\"a\") }} else {{ {second}[\"a\"] = {counter} }}", $"{second}[{counter}] = 1"));
        Writer.Line($"{sum} = {sum} * 3 % 100003 + ({first}[\"a\"] ?? 7) + length({first})");
        CloseLoop();
        Writer.Line($"print({sum}, {second})");
    }

    protected void SameUpvalues()
    {
        string maker = NewName("h");
        Writer.Open($"proc {maker}(kept)");
        Writer.Line("return proc(q) { kept += q; return kept }");
        Writer.Close();
        string first = Local("v", Kind.Proc, $"{maker}({SmallInt()})", isAssignable: false);
        string second = Local("v", Kind.Proc, Perhaps(first, $"{maker}(5)"), isAssignable: false);
        string sum = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(8, 50)}");
        Writer.Line($"{sum} += {first}({Random.Pick("1", "0", counter)})");
        Writer.Line($"{second}({Random.Pick("2", counter, "0.5")})");
        Writer.Line($"{sum} = {sum} * 3 % 100003 + {first}(0)");
        CloseLoop();
        Writer.Line($"print({sum}, {second}(0))");
    }

    /// <summary>Applies one operation to usual numbers first, then to numbers at the limits of their range.</summary>
    protected void Edges()
    {
        bool isFloat = Random.Chance(30);
        string[] edges = isFloat ? EdgeFloats : EdgeInts;
        string usual = isFloat ? "[1.5, 2.0, -3.25]" : "[3, 5, -7, 2]";
        string list = Local("v", Kind.Mixed,
            $"({usual} * {Random.Between(2, 9)}) + [{Random.PickFrom(edges)}, {Random.PickFrom(edges)}, {Random.PickFrom(edges)}, 1]");
        string other = Local("v", isFloat ? Kind.Float : Kind.Int, Random.Chance(50) ? Random.PickFrom(edges) : "3");
        string results = Local("v", Kind.Mixed, "[]");
        string each = NewName("e");
        OpenLoop($"for {each} in {list}");
        Variables.Add(new Variable(each, isFloat ? Kind.Float : Kind.Int, IsAssignable: false));
        string operation = Random.Below(7) switch
        {
            0 => $"-{each}",
            1 => $"abs({each})",
            2 => $"{each} {Random.Pick("+", "-", "*")} {other}",
            3 => $"{other} {Random.Pick("-", "*", "/", "%")} {each}",
            4 => $"{each} {Random.Pick("/", "%")} {Random.Pick("-1", "2", "7", other)}",
            5 => $"{each} * {each}",
            _ => isFloat ? $"[{each} < {other}, {each} == {other}, {each} >= 0]"
                : $"({each} {Random.Pick("<<", ">>", "&", "^")} {Random.Pick("1", "7", "62", "63")})",
        };
        Writer.Line($"{results}.push({operation})");
        CloseLoop(hasCounter: false);
        Writer.Line($"print({results})");
    }
}
