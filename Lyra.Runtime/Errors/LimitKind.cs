namespace Lyra;

/// <summary>Which limit stopped a script.</summary>
public enum LimitKind : byte
{
    /// <summary>The timeout.</summary>
    Time,

    /// <summary>The number of steps.</summary>
    Steps,

    /// <summary>The memory a script can reach.</summary>
    Memory,

    /// <summary>The depth of calls.</summary>
    Frames,

    /// <summary>Not a limit: the host cancelled the run.</summary>
    Cancelled,
}
