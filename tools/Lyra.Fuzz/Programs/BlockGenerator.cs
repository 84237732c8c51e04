using System;
using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>Writes blocks: declarations and loops, and keeps track of where the program is.</summary>
/// <param name="random">The source of all choices.</param>
internal abstract class BlockGenerator(FuzzRandom random) : ExpressionGenerator(random)
{
    protected const int MaxBlockDepth = 5;

    /// <summary>For each enclosing loop of an idiom, the number of variables before it.</summary>
    private readonly Stack<int> _loopMarks = [];

    protected ProgramWriter Writer { get; } = new();

    /// <summary>Labels of the enclosing loops.</summary>
    protected List<string> Labels { get; } = [];

    protected int BlockDepth { get; set; }

    protected int LoopDepth { get; set; }

    /// <summary>The number of enclosing loops in the current proc, for <c>break</c> and <c>continue</c>.</summary>
    protected int Breakable { get; set; }

    protected bool CanReturn { get; set; }

    protected bool CanYield { get; set; }

    /// <summary>Whether statements are outside all procs, where the program may await a task.</summary>
    protected bool IsTopLevel { get; set; }

    /// <summary>The number of statements that a body may still get.</summary>
    protected int Fuel { get; set; }

    /// <summary>Writes one statement of any kind.</summary>
    protected abstract void Statement();

    /// <summary>Declares a variable of the idiom, which the rest of the program can use as well.</summary>
    protected string Local(string prefix, Kind kind, string value, bool isAssignable = true)
    {
        string name = NewName(prefix);
        Writer.Line($"var {name} = {value}");
        Variables.Add(new Variable(name, kind, isAssignable));
        return name;
    }

    protected string OpenRange(string head)
    {
        string counter = NewName("i");
        OpenLoop($"for {counter} in {head}");
        Counters.Add(counter);
        Variables.Add(new Variable(counter, Kind.Int, IsAssignable: false));
        return counter;
    }

    protected void OpenLoop(string head)
    {
        Writer.Open(head);
        _loopMarks.Push(Variables.Count);
        LoopDepth++;
        BlockDepth++;
        Breakable++;
    }

    /// <summary>Ends a loop of an idiom, sometimes after inserting a statement that does not belong to the idiom.</summary>
    protected void CloseLoop(bool hasCounter = true, string? last = null)
    {
        if (Random.Chance(45) && Fuel > 0)
        {
            Statement();
        }

        if (last is not null)
        {
            Writer.Line(last);
        }

        int mark = _loopMarks.Pop();
        Variables.RemoveRange(mark, Variables.Count - mark);
        LoopDepth--;
        BlockDepth--;
        Breakable--;
        Writer.Close();
        if (hasCounter)
        {
            Counters.RemoveAt(Counters.Count - 1);
        }
    }

    protected static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }
}
