namespace Lyra.Interpreter.Execution;

/// <summary>The outcome of an instruction that is executed outside the loop's method.</summary>
internal enum Cold : byte
{
    /// <summary>The frame continues after the instruction, or where the instruction set its position.</summary>
    Next,

    /// <summary>Another frame, or another position in this one, runs next.</summary>
    Reload,

    /// <summary>An error propagated out of this run.</summary>
    Failed,

    /// <summary>The entry frame yielded.</summary>
    Yielded,

    /// <summary>The running frame waits for a task.</summary>
    Waiting,

    /// <summary>The instruction was the trap that ends a single step.</summary>
    Stepped,
}
