using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>The code of a proc, and what its instructions refer to.</summary>
internal sealed class StackProc
{
    public required StackSignature Signature { get; init; }

    public required StackCapture[] Captures { get; init; }

    public required StackInstruction[] Code { get; init; }

    /// <summary>The source line of each instruction.</summary>
    public required int[] Lines { get; init; }

    /// <summary>The number of local variables; the parameters are the first ones.</summary>
    public required int LocalCount { get; init; }

    /// <summary>The greatest number of operands.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>The handlers of errors, inner ones first.</summary>
    public required StackHandler[] Handlers { get; init; }

    /// <summary>The variables of the module.</summary>
    public required Value[] Variables { get; init; }

    public required Value[] Constants { get; init; }

    /// <summary>Names of members.</summary>
    public required string[] Names { get; init; }

    /// <summary>The names of the last arguments of a call.</summary>
    public required string[][] ArgumentNames { get; init; }

    public required BoundType[] Types { get; init; }

    public required Intrinsic[] Builtins { get; init; }

    public required StackProc[] Procs { get; init; }

    public required StackStruct[] Structs { get; init; }
}
