using System;

namespace Lyra.Bench.Service;

/// <summary>What a window of a soak came to; counts are those of the window alone.</summary>
internal readonly record struct SoakWindow
{
    /// <summary>Requests answered.</summary>
    public long Requests { get; init; }

    /// <summary>How long it took, on the wall.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Processor time of the whole process.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>Engines dropped.</summary>
    public long Engines { get; init; }

    /// <summary>Regions dropped with them.</summary>
    public long Regions { get; init; }

    /// <summary>Engines dropped that were not collected.</summary>
    public int Held { get; init; }

    /// <summary>The part of the cores that the workers could use which they got.</summary>
    public double Share { get; init; }

    /// <summary>What the process holds behind the window.</summary>
    public ProcessMemory Memory { get; init; }

    /// <summary>Microseconds of processor time for a request.</summary>
    public double Cost => Processor.TotalMicroseconds / Requests;
}
