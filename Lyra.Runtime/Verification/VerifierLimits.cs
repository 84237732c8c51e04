namespace Lyra.Runtime.Verification;

/// <summary>Bounds far above anything that the compiler produces. They limit the verifier's own time and memory.</summary>
internal static class VerifierLimits
{
    public const int MaxRegisters = ushort.MaxValue;

    /// <summary>Depth of the tree of prototypes.</summary>
    public const int MaxPrototypeDepth = 4_096;

    /// <summary>Depth of slot types and of tuples among the constants.</summary>
    public const int MaxNesting = 2_000;

    /// <summary>Bytes of register states that the data flow of one prototype keeps.</summary>
    public const long MaxFlowBytes = 1L << 28;

    /// <summary>Units of work of the data flow of one module, about a nanosecond each.</summary>
    public const long MaxFlowWork = 1_000_000_000;
}
