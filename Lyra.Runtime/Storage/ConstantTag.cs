namespace Lyra.Runtime.Storage;

/// <summary>The kind of a stored constant.</summary>
internal enum ConstantTag : byte
{
    Nil,
    False,
    True,

    /// <summary>8 bytes.</summary>
    Int,

    /// <summary>A count of bytes, then two's complement.</summary>
    BigInt,

    /// <summary>8 bytes.</summary>
    Float,

    Str,

    /// <summary>A count, then the values.</summary>
    Tuple,

    /// <summary>Four numbers: the parts of a .NET decimal.</summary>
    Decimal,
}
