using System;

namespace Lyra.Jit.Ir;

/// <summary>What range analysis found about the operands of a checked operation, in the node's bits: its check is cheaper with it.</summary>
[Flags]
internal enum OperandFacts
{
    None = 0,
    FirstIsNotNegative = 1,
    FirstIsNegative = 2,
    SecondIsNotNegative = 4,
    SecondIsNegative = 8,

    /// <summary>The first fits 32 bits; said of products alone.</summary>
    FirstIsShort = 16,

    /// <summary>The second fits 32 bits; said of products alone.</summary>
    SecondIsShort = 32,
}
