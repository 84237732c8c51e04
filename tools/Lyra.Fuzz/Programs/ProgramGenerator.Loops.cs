using System;

namespace Lyra.Fuzz.Programs;

/// <content>Loops, ways out of them, generators.</content>
internal sealed partial class ProgramGenerator
{
    private const int MaxLoopDepth = 3;

    private bool Loop()
    {
        if (_loopDepth >= MaxLoopDepth || _blockDepth >= MaxBlockDepth)
        {
            return false;
        }

        string? label = _random.Chance(12) ? NewName("l") : null;
        int mark = _variables.Count;
        int counters = _counters.Count;
        int rounds = Rounds();
        switch (_random.Below(10))
        {
            case <= 4:
                RangeLoop(label, rounds);
                break;
            case 5 or 6:
                WhileLoop(label, rounds);
                break;
            case 7:
                PairLoop(label);
                break;
            default:
                EachLoop(label);
                break;
        }

        _variables.RemoveRange(mark, _variables.Count - mark);
        _counters.RemoveRange(counters, _counters.Count - counters);
        return true;
    }

    /// <summary>So many that the outermost loop gets hot and goes on for a while, and few within.</summary>
    private int Rounds() => _loopDepth switch
    {
        0 => _random.Pick(8, 20, 30, 40, 60, 90),
        1 => _random.Between(2, 12),
        _ => _random.Between(1, 6),
    };

    private static string Labelled(string? label, string head) => label is null ? head : $"{label}: {head}";

    private void LoopBody(string? label, Action? before = null)
    {
        if (label is not null)
        {
            _labels.Add(label);
        }

        _loopDepth++;
        _breakable++;
        Body(_loopDepth == 1 ? 5 : 3, before);
        _loopDepth--;
        _breakable--;
        if (label is not null)
        {
            _labels.RemoveAt(_labels.Count - 1);
        }

        _writer.Close();
    }

    private void RangeLoop(string? label, int rounds)
    {
        string counter = NewName("i");
        string head = _random.Below(8) switch
        {
            0 => $"0..={rounds}",
            1 => $"{_random.Between(-5, 5)}..{rounds}",
            2 => $"9223372036854775800..9223372036854775806",
            3 => $"0..{Leaf(Kind.Int)} % {rounds + 1}",
            4 => $"range(0, {rounds * 2}, {_random.Between(1, 3)})",
            _ => $"0..{rounds}",
        };
        _writer.Open(Labelled(label, $"for {counter} in {head}"));
        _counters.Add(counter);
        _variables.Add(new Variable(counter, Kind.Int, IsAssignable: _random.Chance(4)));
        LoopBody(label);
    }

    private void WhileLoop(string? label, int rounds)
    {
        string counter = NewName("n");
        _writer.Line($"var {counter} = {_random.Below(2)}");
        _counters.Add(counter);
        _variables.Add(new Variable(counter, Kind.Int, IsAssignable: false));
        bool isEndless = _random.Chance(25);
        string more = _random.Chance(30) ? $" and {Expression(Kind.Bool)}" : string.Empty;
        _writer.Open(Labelled(label, isEndless ? "while true" : $"while {counter} < {rounds}{more}"));
        LoopBody(label, () =>
        {
            _writer.Line($"{counter} += 1");
            if (isEndless)
            {
                _writer.Line($"if {counter} > {rounds} break");
            }
        });
    }

    private void EachLoop(string? label)
    {
        string variable = NewName("e");
        Kind lists = _random.Pick(Kind.Ints, Kind.Floats, Kind.Texts, Kind.Mixed, Kind.Any);
        string? list = lists == Kind.Any || _random.Chance(35) ? null : Leaf(lists);
        if (lists != Kind.Any && _loopDepth == 0 && _random.Chance(60))
        {
            list = $"({Leaf(lists)} * {_random.Between(3, 15)})";
        }

        _writer.Open(Labelled(label, $"for {variable} in {list ?? Iterable()}"));
        Kind element = list is null ? Kind.Int : ElementKind(lists);
        _variables.Add(new Variable(variable, element, IsAssignable: _random.Chance(10)));
        if (element == Kind.Int)
        {
            _counters.Add(variable);
        }

        LoopBody(label);
    }

    private void PairLoop(string? label)
    {
        string first = NewName("k");
        string second = NewName("e");
        string head = _random.Below(5) switch
        {
            0 => $"for ({first}, {second}) in [(1, 2), (3, {Leaf(Kind.Int)}), {Leaf(Kind.Pair)}]",
            1 => $"for {first}, {second} in {Iterable()}",
            2 => $"for {first}, {second} in list(range({_random.Between(10, 60)}))",
            _ => $"for {first}, {second} in {Leaf(Kind.Table)}",
        };
        _writer.Open(Labelled(label, head));
        _variables.Add(new Variable(first, Kind.Any, IsAssignable: false));
        _variables.Add(new Variable(second, Kind.Int, IsAssignable: false));
        LoopBody(label);
    }

    private bool LeaveLoop()
    {
        if (_breakable == 0)
        {
            return false;
        }

        string way = _random.Chance(50) ? "break" : "continue";
        string label = _labels.Count > 0 && _random.Chance(40) ? " " + _random.PickFrom(_labels) : string.Empty;
        _writer.Line($"if {Condition()} {way}{label}");
        return true;
    }

    private bool EarlyReturn()
    {
        if (!_canReturn || _canYield)
        {
            return false;
        }

        _writer.Line(_counters.Count > 0 && _random.Chance(60)
            ? $"if {_counters[0]} > {_random.Between(10, 50)} return {Leaf(Kind.Any)}"
            : $"if {Condition()} return {Leaf(Kind.Any)}");
        return true;
    }

    private bool YieldStatement()
    {
        if (!_canYield)
        {
            return false;
        }

        _writer.Line($"yield {Expression(_random.Chance(85) ? Kind.Int : Kind.Any)}");
        return true;
    }

    /// <summary>Takes values of a generator one by one.</summary>
    private bool Drive()
    {
        if (_generators.Count == 0 || _blockDepth >= MaxBlockDepth || _loopDepth >= MaxLoopDepth || Find(Kind.Int, isAssignable: true) is not { } sum)
        {
            return false;
        }

        string iterator = NewName("v");
        _writer.Line($"var {iterator} = {Call(_random.PickFrom(_generators), 0)}");
        string counter = NewName("n");
        _writer.Line($"var {counter} = 0");
        _writer.Open($"while {counter} < {Rounds()} and not done({iterator})");
        _writer.Line($"{counter} += 1");
        _writer.Line($"{sum.Name} += next({iterator}) ?? {SmallInt()}");
        _writer.Close();
        return true;
    }
}
