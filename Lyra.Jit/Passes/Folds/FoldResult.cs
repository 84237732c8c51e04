using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>What a rule makes of a node.</summary>
internal enum FoldOutcome : byte
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>Another value stands for it.</summary>
    Use,

    /// <summary>It does nothing.</summary>
    Drop,

    /// <summary>It always exits.</summary>
    Exit,
}

/// <summary>What a rule makes of a node, and the value that stands for it.</summary>
internal readonly record struct FoldResult(FoldOutcome Outcome, IrNode? Value)
{
    public static FoldResult Keep => default;

    public static FoldResult Drop => new(FoldOutcome.Drop, null);

    public static FoldResult Exit => new(FoldOutcome.Exit, null);

    public static FoldResult Use(IrNode value) => new(FoldOutcome.Use, value);
}
