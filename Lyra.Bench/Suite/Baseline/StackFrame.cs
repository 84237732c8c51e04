namespace Lyra.Bench.Suite.Baseline;

/// <summary>A call that runs, or that waits for one that it made.</summary>
internal struct StackFrame
{
    public StackClosure Closure;

    /// <summary>The next instruction, while the frame is not the running one.</summary>
    public int Pc;

    /// <summary>The position of the first local variable.</summary>
    public int Base;

    /// <summary>The position for the result.</summary>
    public int Result;

    /// <summary>Whether C# code made the call: the loop ends with the frame.</summary>
    public bool IsEntry;

    /// <summary>The generator or async proc whose frame this is.</summary>
    public Coroutine? Coroutine;
}
