using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Semantics;

/// <summary>What the patterns of containers test: the number of elements, or -1 for a value that is no container of the kind.</summary>
internal static class PatternCounts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OfList(object? reference) => reference is ListObject list ? list.Count : (reference as HostList)?.Count ?? -1;

    public static long OfTuple(object? reference) => TupleObject.From(reference) is { } tuple ? tuple.Count : -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OfMap(object? reference) => reference is MapObject map ? map.Count : (reference as HostMap)?.Count ?? -1;
}
