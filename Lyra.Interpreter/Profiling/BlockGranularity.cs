namespace Lyra.Interpreter.Profiling;

/// <summary>The size of the blocks that an instrumented proc counts.</summary>
internal enum BlockGranularity : byte
{
    /// <summary>Basic blocks.</summary>
    Block,

    /// <summary>Parts of basic blocks that lie in one line and end with the first instruction that may run other code.</summary>
    Line,

    /// <summary>Single instructions.</summary>
    Instruction,
}
