using System;

namespace Lyra.Jit.Ir;

/// <summary>
/// What range analysis knows about the operands of a checked operation. The node's bits hold it; it makes the check cheaper.
/// </summary>
[Flags]
internal enum OperandBounds
{
    None = 0,
    FirstIsNotNegative = 1,
    FirstIsNegative = 2,
    SecondIsNotNegative = 4,
    SecondIsNegative = 8,

    /// <summary>The first fits 32 bits; only for products.</summary>
    FirstIsShort = 16,

    /// <summary>The second fits 32 bits; only for products.</summary>
    SecondIsShort = 32,
}
