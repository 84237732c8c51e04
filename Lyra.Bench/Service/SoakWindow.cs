using System;

namespace Lyra.Bench.Service;

/// <summary>The results of one window of a soak; the counts are those of the window alone.</summary>
internal readonly record struct SoakWindow
{
    /// <summary>Requests answered.</summary>
    public long Requests { get; init; }

    /// <summary>The elapsed time.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Processor time of the whole process.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>Engines dropped.</summary>
    public long Engines { get; init; }

    /// <summary>Regions dropped with them.</summary>
    public long Regions { get; init; }

    /// <summary>Engines dropped but not collected.</summary>
    public int Held { get; init; }

    /// <summary>The share of the usable cores that the workers got.</summary>
    public double Share { get; init; }

    /// <summary>The memory of the process after the window.</summary>
    public ProcessMemory Memory { get; init; }

    /// <summary>Microseconds of processor time per request.</summary>
    public double Cost => Processor.TotalMicroseconds / Requests;
}
