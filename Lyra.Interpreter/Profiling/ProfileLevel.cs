namespace Lyra;

/// <summary>What a profile measures. Each level includes those before it, and costs more time.</summary>
public enum ProfileLevel
{
    /// <summary>Nothing, at no cost.</summary>
    None,

    /// <summary>How often each instruction, line, loop and proc is executed, in either tier.</summary>
    Basic,

    /// <summary>
    /// Also times: of lines, procs and tiers by samples, of calls by samples of the stack, and of single instructions in the interpreter.
    /// </summary>
    Detailed,

    /// <summary>Also how often each conditional jump jumps, and the bytes that each instruction allocates, in either tier.</summary>
    Full,
}
