using System;
using System.Threading;

namespace Lyra.Runtime.Execution;

/// <summary>
/// What the process may use for managed objects, as the garbage collector knows it: the memory of the machine or the container, or a limit
/// of the heap in the configuration. A collector that finds no memory throws where it must, which may be in code that can't go on; so the
/// engines ask before they take much.
/// </summary>
internal static class ProcessMemory
{
    /// <summary>The most bytes that are left to code that does not ask, and to the collector, which needs room to move objects.</summary>
    private const long MostReserved = 256 << 20;

    /// <summary>A collection is not worth its time unless so much was allocated since the last one: one part in so many.</summary>
    private const int CollectedPart = 16;

    private static long _allocatedAtCollection = long.MinValue;

    /// <summary>The bytes that all managed objects of the process may take.</summary>
    public static long Total => GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes;

    /// <summary>The memory limit of an engine that has none of its own.</summary>
    public static long DefaultLimit { get; } = Total / 2;

    /// <summary>The highest memory limit that the process can fulfil: .NET itself and garbage take the rest.</summary>
    public static long HighestLimit { get; } = Total - Math.Min(Total * 3 / 8, 1L << 30);

    /// <summary>Bytes that an engine takes between two questions: a small part of the process's memory.</summary>
    public static long Quantum { get; } = Math.Min(16 << 20, Total / 32);

    /// <summary>Whether bytes can be allocated without taking the reserve. Collects garbage if that may help.</summary>
    public static bool Has(long bytes)
    {
        long total = Total;
        long most = total - Math.Min(total / 4, MostReserved) - bytes;
        if (InUse() <= most)
        {
            return true;
        }

        long allocated = GC.GetTotalAllocatedBytes();
        if (most < 0 || allocated < Volatile.Read(ref _allocatedAtCollection) + (total / CollectedPart))
        {
            return false;
        }

        Volatile.Write(ref _allocatedAtCollection, allocated);
#pragma warning disable RS0030 // The alternative is to end the script because of garbage.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
#pragma warning restore RS0030
        return InUse() <= most;
    }

    /// <summary>Bytes of objects, and of gaps between them, in which a large object may not fit.</summary>
    private static long InUse() => GC.GetTotalMemory(forceFullCollection: false) + GC.GetGCMemoryInfo(GCKind.Any).FragmentedBytes;
}
