namespace Lyra.Fuzz.Programs;

/// <content>Loops over objects and collections of the host (<see cref="Running.HostThing"/>).</content>
internal sealed partial class ProgramGenerator
{
    private void ObjectScenario()
    {
        _fuel = Random.Between(3, 8);
        string name = NewName("s");
        string parameter = NewName("p");
        int mark = Variables.Count;
        Variables.Add(new Variable(parameter, Kind.Int));
        _writer.Open($"proc {name}({parameter})");
        _canReturn = true;
        Repeat(Random.Between(1, 3), HostObjectLoop);
        _writer.Line($"return {Leaf(Kind.Any)}");
        _canReturn = false;
        _writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        CallScenario(name, 1);
    }

    /// <summary>Accesses in a loop: to one object, to objects of several classes in turn, to lists of numbers.</summary>
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
        Repeat(Random.Between(1, 4), () => _writer.Line(Access(thing, sum, counter)));
        CloseLoop();
        _writer.Line($"print({sum}, hostThing.size, hostThing.count, hostThing.wide, hostThing.single, hostThing.isOn, hostThing.level)");
        _writer.Line("print(hostOther.size, hostOther.level, hostDerived.level, hostDerived.at(2), hostFloats, hostInts)");
        Variables.RemoveRange(mark, Variables.Count - mark);
        Counters.RemoveRange(counters, Counters.Count - counters);
    }

    private string Access(string thing, string sum, string counter) => Random.Below(22) switch
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
        14 => $"for x in {Random.Pick("hostFloats", "hostInts")} {{ {sum} += x }}",
        _ => $"if {counter} % 16 == 9 {{ hostFloats.{Random.Pick("push(0.5)", "pop()", "push(1)", "clear()")} }}",
    };
}
