namespace Lyra;

/// <summary>The limit that stopped a script.</summary>
public enum LimitKind : byte
{
    /// <summary>The timeout.</summary>
    Time,

    /// <summary>The limit on the number of steps.</summary>
    Steps,

    /// <summary>The limit on the memory that a script can reach, or on the bytes or elements of a single value.</summary>
    Memory,

    /// <summary>The limit on the depth of calls.</summary>
    Frames,
}
