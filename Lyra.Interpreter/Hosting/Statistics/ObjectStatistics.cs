namespace Lyra;

/// <summary>Counters of the objects that compiled code uses again in the mode <see cref="LyraMemoryMode.LowPause"/>.</summary>
/// <param name="GivenBack">The lists, maps, tuples and instances of structs that compiled code has found dead.</param>
/// <param name="Reused">Those that compiled code did not have to make, because one was given back before.</param>
public sealed record ObjectStatistics(long GivenBack, long Reused);
