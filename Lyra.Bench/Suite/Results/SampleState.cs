namespace Lyra.Bench.Suite.Results;

/// <summary>How a run of a program ended.</summary>
internal enum SampleState
{
    Measured,

    /// <summary>There is no such program for this column.</summary>
    Absent,

    /// <summary>The stack baseline does not support the program.</summary>
    Unsupported,

    TimedOut,

    Failed,

    /// <summary>The result is wrong.</summary>
    Wrong,
}
