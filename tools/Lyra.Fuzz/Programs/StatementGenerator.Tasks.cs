namespace Lyra.Fuzz.Programs;

/// <content>Tasks, variables of the host, and variables that are used before their declaration.</content>
internal abstract partial class StatementGenerator
{
    /// <summary>A global variable that the host has defined.</summary>
    protected bool HostVariable()
    {
        Writer.Line(Random.Chance(50) ? $"hostTotal = hostTotal + {Leaf(Kind.Int)}" : $"hostTotal = same({Expression(Kind.Any)})");
        return true;
    }

    /// <summary>Starts a task and, at the top level, waits for it.</summary>
    protected bool Task()
    {
        if (Procs.Count == 0 || CanReturn || CanYield || !IsTopLevel)
        {
            return false;
        }

        string call = Call(Random.PickFrom(Procs), 1);
        string name = NewName("v");
        Writer.Line($"var {name} = {Random.Pick($"await (spawn {call})", $"await {call}", $"await gather([spawn {call}])")}");
        Variables.Add(new Variable(name, Kind.Any));
        return true;
    }

    /// <summary>An async proc that takes values from one channel and sends others to another one.</summary>
    protected void Worker()
    {
        string name = NewName("f");
        string input = NewName("p");
        string output = NewName("p");
        string value = NewName("v");
        string sum = NewName("v");
        bool isOverChannel = Random.Chance(60);
        int mark = Variables.Count;
        Writer.Open($"async proc {name}({input}, {output})");
        Writer.Line($"var {sum} = {SmallInt()}");
        Variables.Add(new Variable(sum, Kind.Int));
        Writer.Open(isOverChannel ? $"for {value} in {input}" : $"for _ in 0..{Random.Between(1, 60)}");
        if (!isOverChannel)
        {
            Writer.Line($"let {value} = await {input}.recv()");
            Writer.Line($"if {value} == nil break");
        }

        Variables.Add(new Variable(value, Kind.Int, IsAssignable: false));
        Breakable++;
        Body(2, () => Writer.Line(Random.Below(4) switch
        {
            0 => $"if {Condition()} {{ await sleep(0) }}",
            1 => $"{sum} += await {Leaf(Kind.Int)}",
            _ => $"await {output}.send({Random.Pick(value, sum, Leaf(Kind.Any))})",
        }));
        Breakable--;
        Writer.Line($"{sum} = {sum} {Random.Pick("+", "^", "-")} {value}");
        Writer.Close();
        Writer.Line($"return {sum}");
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Workers.Add(name);
    }

    /// <summary>Sends values to tasks through a channel and takes their results from another one.</summary>
    protected bool Pipeline()
    {
        if (Workers.Count == 0 || CanReturn || CanYield || !IsTopLevel)
        {
            return false;
        }

        string input = NewName("v");
        string output = NewName("v");
        string tasks = NewName("v");
        string counter = NewName("i");
        string result = NewName("v");
        Writer.Line($"let {input} = chan({Random.Pick(0, 1, 3, 16)})");
        Writer.Line($"let {output} = chan({Random.Pick(200, 200, 4)})");
        Writer.Line($"let {tasks} = [spawn {Random.PickFrom(Workers)}({input}, {output})"
            + $"{(Random.Chance(50) ? $", spawn {Random.PickFrom(Workers)}({input}, {output})" : string.Empty)}]");
        Writer.Open("try");
        string sent = Random.Pick(counter, Leaf(Kind.Int), Leaf(Kind.Any));
        string send = $"{(Random.Chance(80) ? "await " : string.Empty)}{input}.send({sent})";
        Writer.Line($"for {counter} in 0..{Random.Pick(4, 30, 60)} {{ {send} }}");
        Writer.Line(Random.Chance(15) ? $"{tasks}[0].cancel()" : $"{input}.close()");
        Writer.Line($"print(await gather({tasks}))");
        Writer.Line($"{output}.close()");
        Writer.Line($"for {result} in {output} {{ hostTotal = same({result}) }}");
        Writer.Close();
        Writer.Line("catch e { print(e.kind) }");
        return true;
    }

    /// <summary>A nested proc that reads a variable declared after it.</summary>
    protected bool LateVariable()
    {
        if (BlockDepth >= MaxBlockDepth)
        {
            return false;
        }

        string name = NewName("h");
        string variable = NewName("v");
        Writer.Open($"proc {name}(q)");
        Writer.Line($"return {variable} + q");
        Writer.Close();
        if (Random.Chance(10))
        {
            Writer.Line($"{name}(1)");
        }

        Writer.Line($"var {variable} = {Expression(Kind.Int)}");
        Variables.Add(new Variable(variable, Kind.Int));
        Variables.Add(new Variable(name, Kind.Proc, IsAssignable: false));
        return true;
    }
}
