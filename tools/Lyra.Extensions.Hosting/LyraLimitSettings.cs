using System;

namespace Lyra.Extensions.Hosting;

/// <summary>The limits of a configuration file. A value that is null is that of the preset.</summary>
public sealed class LyraLimitSettings
{
    /// <summary>The largest number of nested calls, 1 to 1,000,000.</summary>
    public int? MaxFrames { get; set; }

    /// <summary>The largest number of steps of a run.</summary>
    public long? MaxSteps { get; set; }

    /// <summary>The longest time of a run, for example <c>00:00:02</c>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The largest number of bytes that the scripts of an engine can reach.</summary>
    public long? MaxMemoryBytes { get; set; }

    /// <summary>The largest number of bytes of one value.</summary>
    public long? MaxValueBytes { get; set; }

    /// <summary>The largest number of elements of one container.</summary>
    public int? MaxElements { get; set; }
}
