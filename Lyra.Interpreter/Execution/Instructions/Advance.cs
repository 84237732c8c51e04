namespace Lyra.Interpreter.Execution;

/// <summary>The outcome of an instruction that may suspend or push a frame.</summary>
internal enum Advance : byte
{
    /// <summary>The value is in its register.</summary>
    Value,

    /// <summary>There is no further element.</summary>
    End,

    /// <summary>Another frame runs next.</summary>
    FramePushed,

    /// <summary>The loop must return until a task is finished.</summary>
    Waiting,
}
