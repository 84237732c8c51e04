namespace Lyra.Fuzz.Programs;

/// <content>Tasks, variables of the host, and variables that are used before their declaration.</content>
internal sealed partial class ProgramGenerator
{
    /// <summary>A global variable that the host has defined.</summary>
    private bool HostVariable()
    {
        _writer.Line(Random.Chance(50) ? $"hostTotal = hostTotal + {Leaf(Kind.Int)}" : $"hostTotal = same({Expression(Kind.Any)})");
        return true;
    }

    /// <summary>Starts a task and, at the top level, waits for it.</summary>
    private bool Task()
    {
        if (Procs.Count == 0 || _canReturn || _canYield || !_isTopLevel)
        {
            return false;
        }

        string call = Call(Random.PickFrom(Procs), 1);
        string name = NewName("v");
        _writer.Line($"var {name} = {Random.Pick($"await (spawn {call})", $"await {call}", $"await gather([spawn {call}])")}");
        Variables.Add(new Variable(name, Kind.Any));
        return true;
    }

    /// <summary>A nested proc that reads a variable declared after it.</summary>
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
        if (Random.Chance(10))
        {
            _writer.Line($"{name}(1)");
        }

        _writer.Line($"var {variable} = {Expression(Kind.Int)}");
        Variables.Add(new Variable(variable, Kind.Int));
        Variables.Add(new Variable(name, Kind.Proc, IsAssignable: false));
        return true;
    }
}
