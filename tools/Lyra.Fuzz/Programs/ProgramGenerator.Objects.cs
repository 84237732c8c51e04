namespace Lyra.Fuzz.Programs;

/// <content>Loops over objects and collections of the host (<see cref="Running.HostThing"/>).</content>
internal sealed partial class ProgramGenerator
{
    private void ObjectScenario()
    {
        Fuel = Random.Between(3, 8);
        string name = NewName("s");
        string parameter = NewName("p");
        int mark = Variables.Count;
        Variables.Add(new Variable(parameter, Kind.Int));
        Writer.Open($"proc {name}({parameter})");
        CanReturn = true;
        Repeat(Random.Between(1, 3), HostObjectLoop);
        Writer.Line($"return {Leaf(Kind.Any)}");
        CanReturn = false;
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        CallScenario(name, 1);
    }

    /// <summary>Accesses in a loop: to one object, to objects of several classes in turn, to what they refer to, to collections.</summary>
    private void HostObjectLoop()
    {
        int mark = Variables.Count;
        int counters = Counters.Count;
        string sum = Local("v", Kind.Any, Random.Pick("0", "0.5"));
        string things = Local("v", Kind.Any, Random.Pick(
            "[hostThing]", "[hostThing, hostOther]", "[hostOther, hostThing, hostThing]",
            "[hostDerived]", "[hostDerived, hostThing, hostOther]"));
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        string thing = Random.Chance(40) ? Random.Pick("hostThing", "hostDerived")
            : Local("v", Kind.Any, $"{things}[{counter} % length({things})]");
        Repeat(Random.Between(1, 4), () => Writer.Line(Access(thing, sum, counter)));
        CloseLoop();
        Writer.Line($"print({sum}, hostThing.size, hostThing.count, hostThing.wide, hostThing.single, hostThing.isOn, hostThing.level)");
        Writer.Line("print(hostOther.size, hostOther.level, hostDerived.level, hostDerived.at(2), hostFloats, hostInts)");
        Writer.Line("print(hostThing.rank, hostThing.day, tostring(hostThing.cost), tostring(hostDerived.cost))");
        Writer.Line("print(length(hostThings), hostNames, hostShorts)");
        Variables.RemoveRange(mark, Variables.Count - mark);
        Counters.RemoveRange(counters, Counters.Count - counters);
    }

    private string Access(string thing, string sum, string counter) => Random.Below(41) switch
    {
        0 => $"{sum} += {thing}.{Random.Pick("size", "count", "wide", "single", "level", "checked")}",
        1 => $"{thing}.size = {Random.Pick(counter, $"{thing}.size * 1.5", Leaf(Kind.Float), Leaf(Kind.Any))}",
        2 => $"{thing}.count = {Random.Pick(counter, $"{counter} * 90_000_000", Leaf(Kind.Int), Leaf(Kind.Any))}",
        3 => $"{thing}.wide = {thing}.wide * {Random.Pick("3", counter, "1_000_003")} % 1_000_000_007",
        4 => $"{thing}.single = {Random.Pick(counter, "0.1", Leaf(Kind.Float))}",
        5 => $"{thing}.isOn = {Random.Pick($"{counter} % 3 == 0", $"not {thing}.isOn", Leaf(Kind.Bool))}",
        6 => $"if {thing}.isOn {{ {thing}.level += 1 }} else {{ {sum} += 1 }}",
        7 => $"try {{ {thing}.checked = {counter} - {Random.Between(2, 40)} }} catch e {{ {sum} += length(e.message) }}",
        8 => $"{sum} += {thing}.twice({Random.Pick(counter, Leaf(Kind.Int))})",
        9 => $"{thing}.grow({Random.Pick("0.5", counter, Leaf(Kind.Float))})",
        10 => $"{sum} += {thing}.call({Leaf(Kind.Proc)}, {counter})",
        11 => $"{sum} += hostFloats[{counter} % {Random.Between(3, 9)}]",
        12 => $"hostFloats[{counter} % {Random.Between(3, 9)}] = {Random.Pick(counter, Leaf(Kind.Float), Leaf(Kind.Any))}",
        13 => $"hostInts[{counter} % {Random.Between(3, 9)}] += {Random.Pick("1", counter, Leaf(Kind.Int))}",
        15 => $"{sum} += {thing}.{Random.Pick("half", "length", "level", "tick()")}",
        16 => $"if {thing}.isLarge {{ {sum} += {thing}.half }}",
        17 => $"{sum} += {thing}.at({Random.Pick($"{counter} % 6", Leaf(Kind.Int))})",
        18 => $"try {{ {sum} += {thing}.at({counter} % {Random.Between(5, 9)}) }} catch e {{ {sum} += length(e.message) }}",
        19 => $"try {{ {sum} += {thing}.ratio({Leaf(Kind.Int)}, {counter} - {Random.Between(5, 40)}) }} catch e {{ {sum} += 1 }}",
        20 => $"{thing}.put({counter} % 6, {Random.Pick(counter, "0.5", sum)})",
        21 => $"for x in hostThings {{ {sum} += x.level; x.level = {Random.Pick(counter, "x.count", $"{sum} % 7")} }}",
        22 => $"{sum} += hostThings[{counter} % {Random.Between(2, 5)}].{Random.Pick("count", "level", "half", "tick()")}",
        23 => $"hostThings[{counter} % 3] = {Random.Pick(thing, "hostDerived", "hostThings[0]", Leaf(Kind.Any))}",
        24 => $"{sum} += {Random.Pick($"length({thing}.name)", $"{thing}.next?.level ?? 1", $"{thing}.self().count")}",
        25 => $"{thing}.next = {Random.Pick(thing, "hostDerived", "hostThings[1]", "nil")}",
        26 => $"{sum} += {thing}.parts[{counter} % 3]; {thing}.parts[1] = {Random.Pick(counter, Leaf(Kind.Int))}",
        27 => $"{thing}.rename({counter} % {Random.Between(1, 4)}); if {thing}.name == \"thing 1\" {{ {sum} += 1 }}",
        28 => $"{sum} += hostShorts[{counter} % 3]; hostShorts[{counter} % 3] = {Random.Pick(counter, Leaf(Kind.Int))}",
        29 => $"for w in hostNames {{ {sum} += length(w) }}; hostNames[{counter} % 2] = {Random.Pick("\"abc\"", $"\"n${{{counter}}}\"")}",
        30 => $"{sum} += hostTable[\"k${{{counter} % {Random.Between(2, 6)}}}\"] ?? 1",
        31 => $"if \"k${{{counter} % 4}}\" in hostTable {{ hostTable[\"k1\"] = {Random.Pick(counter, Leaf(Kind.Any))} }}",
        32 => $"{sum} += {thing}.rank ?? 2; {thing}.rank = {Random.Pick(counter, "nil", Leaf(Kind.Int))}",
        33 => $"{thing}.day = {Random.Pick("\"Monday\"", "\"Friday\"", $"{counter} % 9", "hostDerived.day", Leaf(Kind.Any))}",
        34 => $"if {thing}.{DayTest()} {{ {sum} += 1 }} else {{ {sum} += length({thing}.{Random.Pick("day", "letter")}) }}",
        35 => $"if {thing}.cost {Random.Pick(">", "<=", "==")} {Random.Pick(counter, "hostDerived.cost", LeafInHead(Kind.Any))} "
            + $"{{ {sum} += 1 }}",
        36 => $"{thing}.cost {Random.Pick("+=", "-=")} {Random.Pick("2", "0.5", counter, $"{thing}.cost / 3")}",
        37 => $"{sum} += {thing}.mix({counter}{Random.Pick("", ", 5", ", 5, nil", ", 5, 0.5", $", {counter}, {thing}.rank", ", nil")})",
        39 => $"if {CostExpression(thing, counter)} {Random.Pick("<", ">=", "==")} {thing}.cost {{ {sum} += 1 }}",
        38 => $"if {thing} == {Random.Pick("hostDerived", $"{thing}.next", LeafInHead(Kind.Any))} {{ {sum} += 1 }}",
        14 => $"for x in {Random.Pick("hostFloats", "hostInts")} {{ {sum} += x }}",
        _ => $"if {counter} % 16 == 9 {{ {Random.Pick("hostFloats.push(0.5)", "hostFloats.pop()", "hostFloats.push(1)",
            "hostFloats.clear()", "hostShorts.push(70_000)", "hostThings.push(hostThings[0])", "hostThings.pop()")} }}",
    };

    private string CostExpression(string thing, string counter) => Random.Pick(
        $"{thing}.cost * {counter}", $"-{thing}.cost", $"{thing}.cost + 0.5 - hostDerived.cost", $"{thing}.cost / ({counter} - 7)",
        $"({thing}.cost * 3).round()", $"{thing}.cost % 3 * hostThing.cost");

    private string DayTest() => Random.Pick(
        "day == \"Monday\"", "day == hostDerived.day", "day != \"8\"", $"day == {Word()}", "letter == \"c\"",
        "letter == hostDerived.letter");
}
