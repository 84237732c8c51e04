namespace Lyra;

/// <summary>The limit that stopped a script.</summary>
public enum LimitKind : byte
{
    /// <summary>The timeout.</summary>
    Time,

    /// <summary>The limit on the number of steps.</summary>
    Steps,

    /// <summary>The limit on the memory that a script can reach.</summary>
    Memory,

    /// <summary>The limit on the depth of calls.</summary>
    Frames,

    /// <summary>The limit on the bytes or the elements of a single value.</summary>
    Value,
}
