using System;

namespace Lyra.Fuzz.Programs;

/// <content>Loops, exits from loops, generators.</content>
internal abstract partial class StatementGenerator
{
    private const int MaxLoopDepth = 3;

    protected bool Loop()
    {
        if (LoopDepth >= MaxLoopDepth || BlockDepth >= MaxBlockDepth)
        {
            return false;
        }

        string? label = Random.Chance(12) ? NewName("l") : null;
        int mark = Variables.Count;
        int counters = Counters.Count;
        int iterations = Iterations();
        switch (Random.Below(10))
        {
            case <= 4:
                RangeLoop(label, iterations);
                break;
            case 5 or 6:
                WhileLoop(label, iterations);
                break;
            case 7:
                PairLoop(label);
                break;
            default:
                EachLoop(label);
                break;
        }

        Variables.RemoveRange(mark, Variables.Count - mark);
        Counters.RemoveRange(counters, Counters.Count - counters);
        return true;
    }

    /// <summary>The number of iterations: enough that the outermost loop becomes hot and then continues; few in inner loops.</summary>
    protected int Iterations() => LoopDepth switch
    {
        0 => Random.Pick(8, 20, 30, 40, 60, 90),
        1 => Random.Between(2, 12),
        _ => Random.Between(1, 6),
    };

    protected static string Labelled(string? label, string head) => label is null ? head : $"{label}: {head}";

    protected void LoopBody(string? label, Action? before = null)
    {
        if (label is not null)
        {
            Labels.Add(label);
        }

        LoopDepth++;
        Breakable++;
        Body(LoopDepth == 1 ? 5 : 3, before);
        LoopDepth--;
        Breakable--;
        if (label is not null)
        {
            Labels.RemoveAt(Labels.Count - 1);
        }

        Writer.Close();
    }

    protected void RangeLoop(string? label, int iterations)
    {
        string counter = NewName("i");
        string head = Random.Below(8) switch
        {
            0 => $"0..={iterations}",
            1 => $"{Random.Between(-5, 5)}..{iterations}",
            2 => $"9223372036854775800..9223372036854775806",
            3 => $"0..{Leaf(Kind.Int)} % {iterations + 1}",
            4 => $"range(0, {iterations * 2}, {Random.Between(1, 3)})",
            _ => $"0..{iterations}",
        };
        Writer.Open(Labelled(label, $"for {counter} in {head}"));
        Counters.Add(counter);
        Variables.Add(new Variable(counter, Kind.Int, IsAssignable: Random.Chance(4)));
        LoopBody(label);
    }

    protected void WhileLoop(string? label, int iterations)
    {
        string counter = NewName("n");
        Writer.Line($"var {counter} = {Random.Below(2)}");
        Counters.Add(counter);
        Variables.Add(new Variable(counter, Kind.Int, IsAssignable: false));
        bool isEndless = Random.Chance(25);
        string more = Random.Chance(30) ? $" and {Expression(Kind.Bool)}" : string.Empty;
        Writer.Open(Labelled(label, isEndless ? "while true" : $"while {counter} < {iterations}{more}"));
        LoopBody(label, () =>
        {
            Writer.Line($"{counter} += 1");
            if (isEndless)
            {
                Writer.Line($"if {counter} > {iterations} break");
            }
        });
    }

    protected void EachLoop(string? label)
    {
        string variable = NewName("e");
        Kind lists = Random.Pick(Kind.Ints, Kind.Floats, Kind.Texts, Kind.Mixed, Kind.Any);
        string? list = lists == Kind.Any || Random.Chance(35) ? null : Leaf(lists);
        if (lists != Kind.Any && LoopDepth == 0 && Random.Chance(60))
        {
            list = $"({Leaf(lists)} * {Random.Between(3, 15)})";
        }

        Writer.Open(Labelled(label, $"for {variable} in {list ?? Iterable()}"));
        Kind element = list is null ? Kind.Int : ElementKind(lists);
        Variables.Add(new Variable(variable, element, IsAssignable: Random.Chance(10)));
        if (element == Kind.Int)
        {
            Counters.Add(variable);
        }

        LoopBody(label);
    }

    protected void PairLoop(string? label)
    {
        string first = NewName("k");
        string second = NewName("e");
        string head = Random.Below(5) switch
        {
            0 => $"for ({first}, {second}) in [(1, 2), (3, {Leaf(Kind.Int)}), {Leaf(Kind.Pair)}]",
            1 => $"for {first}, {second} in {Iterable()}",
            2 => $"for {first}, {second} in list(range({Random.Between(10, 60)}))",
            _ => $"for {first}, {second} in {Leaf(Kind.Table)}",
        };
        Writer.Open(Labelled(label, head));
        Variables.Add(new Variable(first, Kind.Any, IsAssignable: false));
        Variables.Add(new Variable(second, Kind.Int, IsAssignable: false));
        LoopBody(label);
    }

    protected bool ExitLoop()
    {
        if (Breakable == 0)
        {
            return false;
        }

        string way = Random.Chance(50) ? "break" : "continue";
        string label = Labels.Count > 0 && Random.Chance(40) ? " " + Random.PickFrom(Labels) : string.Empty;
        Writer.Line($"if {Condition()} {way}{label}");
        return true;
    }

    protected bool EarlyReturn()
    {
        if (!CanReturn || CanYield)
        {
            return false;
        }

        Writer.Line(Counters.Count > 0 && Random.Chance(60)
            ? $"if {Counters[0]} > {Random.Between(10, 50)} return {Leaf(Kind.Any)}"
            : $"if {Condition()} return {Leaf(Kind.Any)}");
        return true;
    }

    protected bool YieldStatement()
    {
        if (!CanYield)
        {
            return false;
        }

        Writer.Line($"yield {Expression(Random.Chance(85) ? Kind.Int : Kind.Any)}");
        return true;
    }

    /// <summary>Takes the values of a generator one by one.</summary>
    protected bool Drive()
    {
        if (Generators.Count == 0 || BlockDepth >= MaxBlockDepth || LoopDepth >= MaxLoopDepth
            || Find(Kind.Int, isAssignable: true) is not { } sum)
        {
            return false;
        }

        string iterator = NewName("v");
        Writer.Line($"var {iterator} = {Call(Random.PickFrom(Generators), 0)}");
        string counter = NewName("n");
        Writer.Line($"var {counter} = 0");
        Writer.Open($"while {counter} < {Iterations()} and not done({iterator})");
        Writer.Line($"{counter} += 1");
        Writer.Line($"{sum.Name} += next({iterator}) ?? {SmallInt()}");
        Writer.Close();
        return true;
    }
}
