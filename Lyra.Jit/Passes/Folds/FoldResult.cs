using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Folds;

/// <summary>What happens to a node.</summary>
internal enum FoldOutcome : byte
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>Another value replaces it.</summary>
    Use,

    /// <summary>It is removed, because it does nothing.</summary>
    Drop,

    /// <summary>It always exits.</summary>
    Exit,
}

/// <summary>The result of a rule: what happens to the node, and the value that replaces it.</summary>
internal readonly record struct FoldResult(FoldOutcome Outcome, IrNode? Value)
{
    public static FoldResult Keep => default;

    public static FoldResult Drop => new(FoldOutcome.Drop, null);

    public static FoldResult Exit => new(FoldOutcome.Exit, null);

    public static FoldResult Use(IrNode value) => new(FoldOutcome.Use, value);
}
