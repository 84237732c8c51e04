using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// What the phases of the compiler count in a <see cref="WorkMeter"/>, in bytes. The sizes are those of the peak of the process, as
/// measured with sources of some MB of one construct each. They are fixed numbers, because a script must reach a memory limit at the same
/// place in every run.
/// </summary>
internal static class CompilationCosts
{
    /// <summary>A token and the nodes of the tree that the parser makes of it.</summary>
    public const int Token = 60;

    /// <summary>A node that the resolver visits, with its entry in the table of symbols.</summary>
    public const int Node = 32;

    /// <summary>A declared name.</summary>
    public const int Symbol = 160;

    /// <summary>A scope with its tables.</summary>
    public const int Scope = 300;

    /// <summary>A proc, counted when it is resolved and when it is emitted.</summary>
    public const int Proc = 1_000;

    /// <summary>A struct, besides its constructor and its methods.</summary>
    public const int Struct = 4_000;

    /// <summary>A captured variable of one proc.</summary>
    public const int Capture = 40;

    /// <summary>An arm of a match with a table.</summary>
    public const int Arm = 250;

    /// <summary>A literal in the table of a match.</summary>
    public const int Key = 250;

    /// <summary>An instruction, from its emission to its place in a prototype.</summary>
    public const int Instruction = 60;

    /// <summary>An instruction that a bytecode pass visits.</summary>
    public const int PassedInstruction = 8;

    /// <summary>The time that one bytecode pass, or the making of a prototype, takes for an instruction, in nanoseconds.</summary>
    public const long NanosecondsPerInstruction = 100;
}
