using System;
using Lyra.Runtime.Caches;

namespace Lyra.Runtime.Execution;

/// <summary>The defaults of an engine's options. <c>LyraOptions</c> documents them for the host.</summary>
internal static class EngineDefaults
{
    /// <summary>The limit on nested calls.</summary>
    public const int MaxFrames = 10_000;

    /// <summary>The number of slots that each size class of the slab pools starts with.</summary>
    public const int SlabSlots = 256;

    /// <summary>The number of refills of the budget from one check of the code to the next.</summary>
    public const int IntegrityInterval = CacheSettings.DefaultCheckEvery;

    /// <summary>The number of back-edges after which a loop is hot.</summary>
    public const int HotLoop = 1_000;

    /// <summary>The number of calls after which a proc is hot.</summary>
    public const int HotProc = 500;

    /// <summary>The number of exits through one guard after which the code behind the exit is hot.</summary>
    public const int HotExit = 32;

    /// <summary>
    /// Whether engines check their compiler where their options do not say so: the switch <c>Lyra.ChecksCompiler</c> of the process's
    /// runtime configuration.
    /// </summary>
    public static bool ChecksCompiler { get; } = AppContext.TryGetSwitch("Lyra.ChecksCompiler", out bool isOn) && isOn;

    /// <summary>
    /// The lowest limit on the bytes of a value. What the compiler computes takes at most so many, so that no limit forbids it.
    /// </summary>
    public const long LeastMaxValueBytes = 1_024;
}
