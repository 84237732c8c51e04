using System;

namespace Lyra.Runtime.Execution;

/// <summary>The limits of an engine for one conversion of its values to .NET that the host makes.</summary>
/// <param name="MaxBytes">The most bytes of the copy; null for no limit.</param>
/// <param name="MaxSteps">The most steps, about one for each element; null for no limit.</param>
/// <param name="Timeout">The longest time; null for no limit.</param>
/// <param name="Clock">Measures it.</param>
internal readonly record struct ConversionLimits(long? MaxBytes, long? MaxSteps, TimeSpan? Timeout, TimeProvider Clock)
{
    /// <summary>Counts the bytes that the script of the run that called the host leaves; null outside a run.</summary>
    public Func<long>? CountFree { get; init; }
}
