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

    /// <summary>An async proc that takes values from one channel and sends others to another one.</summary>
    private void Worker()
    {
        string name = NewName("f");
        string input = NewName("p");
        string output = NewName("p");
        string value = NewName("v");
        string sum = NewName("v");
        bool isOverChannel = Random.Chance(60);
        int mark = Variables.Count;
        _writer.Open($"async proc {name}({input}, {output})");
        _writer.Line($"var {sum} = {SmallInt()}");
        Variables.Add(new Variable(sum, Kind.Int));
        _writer.Open(isOverChannel ? $"for {value} in {input}" : $"for _ in 0..{Random.Between(1, 60)}");
        if (!isOverChannel)
        {
            _writer.Line($"let {value} = await {input}.recv()");
            _writer.Line($"if {value} == nil break");
        }

        Variables.Add(new Variable(value, Kind.Int, IsAssignable: false));
        _breakable++;
        Body(2, () => _writer.Line(Random.Below(4) switch
        {
            0 => $"if {Condition()} {{ await sleep(0) }}",
            1 => $"{sum} += await {Leaf(Kind.Int)}",
            _ => $"await {output}.send({Random.Pick(value, sum, Leaf(Kind.Any))})",
        }));
        _breakable--;
        _writer.Line($"{sum} = {sum} {Random.Pick("+", "^", "-")} {value}");
        _writer.Close();
        _writer.Line($"return {sum}");
        _writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Workers.Add(name);
    }

    /// <summary>Sends values to tasks through a channel and takes their results from another one.</summary>
    private bool Pipeline()
    {
        if (Workers.Count == 0 || _canReturn || _canYield || !_isTopLevel)
        {
            return false;
        }

        string input = NewName("v");
        string output = NewName("v");
        string tasks = NewName("v");
        string counter = NewName("i");
        string result = NewName("v");
        _writer.Line($"let {input} = chan({Random.Pick(0, 1, 3, 16)})");
        _writer.Line($"let {output} = chan({Random.Pick(200, 200, 4)})");
        _writer.Line($"let {tasks} = [spawn {Random.PickFrom(Workers)}({input}, {output})"
            + $"{(Random.Chance(50) ? $", spawn {Random.PickFrom(Workers)}({input}, {output})" : string.Empty)}]");
        _writer.Open("try");
        string sent = Random.Pick(counter, Leaf(Kind.Int), Leaf(Kind.Any));
        string send = $"{(Random.Chance(80) ? "await " : string.Empty)}{input}.send({sent})";
        _writer.Line($"for {counter} in 0..{Random.Pick(4, 30, 60)} {{ {send} }}");
        _writer.Line(Random.Chance(15) ? $"{tasks}[0].cancel()" : $"{input}.close()");
        _writer.Line($"print(await gather({tasks}))");
        _writer.Line($"{output}.close()");
        _writer.Line($"for {result} in {output} {{ hostTotal = same({result}) }}");
        _writer.Close();
        _writer.Line("catch e { print(e.kind) }");
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
