namespace Lyra.Fuzz.Programs;

/// <content>Tasks, variables of the host, and variables that are used before their line.</content>
internal sealed partial class ProgramGenerator
{
    /// <summary>A global that the host has made.</summary>
    private bool HostVariable()
    {
        _writer.Line(_random.Chance(50) ? $"hostTotal = hostTotal + {Leaf(Kind.Int)}" : $"hostTotal = same({Expression(Kind.Any)})");
        return true;
    }

    /// <summary>Starts a task and, at the top level, waits for it.</summary>
    private bool Task()
    {
        if (_procs.Count == 0 || _canReturn || _canYield || !_isTopLevel)
        {
            return false;
        }

        string call = Call(_random.PickFrom(_procs), 1);
        string name = NewName("v");
        _writer.Line($"var {name} = {_random.Pick($"await (spawn {call})", $"await {call}", $"await gather([spawn {call}])")}");
        _variables.Add(new Variable(name, Kind.Any));
        return true;
    }

    /// <summary>A nested proc that reads a variable which is declared behind it.</summary>
    private bool LateVariable()
    {
        if (_blockDepth >= MaxBlockDepth)
        {
            return false;
        }

        string name = NewName("h");
        string variable = NewName("v");
        _writer.Open($"proc {name}(q)");
        _writer.Line($"return {variable} + q");
        _writer.Close();
        if (_random.Chance(10))
        {
            _writer.Line($"{name}(1)");
        }

        _writer.Line($"var {variable} = {Expression(Kind.Int)}");
        _variables.Add(new Variable(variable, Kind.Int));
        _variables.Add(new Variable(name, Kind.Proc, IsAssignable: false));
        return true;
    }
}
