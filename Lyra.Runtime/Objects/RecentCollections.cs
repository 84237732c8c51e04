using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The values of collections that properties have returned last. A collection that a property returns again has the same value, with the
/// values of elements that it keeps: <c>for unit in game.units</c>. The references are weak, so no collection is kept alive.
/// </summary>
internal sealed class RecentCollections
{
    private const int Places = 8;

    private readonly WeakReference<HostCollection>?[] _recent = new WeakReference<HostCollection>?[Places];

    /// <summary>The value of a collection; null when it is not among the last ones.</summary>
    public HostCollection? Find(object source) =>
        _recent[PlaceOf(source)] is { } weak && weak.TryGetTarget(out HostCollection? known) && ReferenceEquals(known.Source, source)
            ? known
            : null;

    /// <summary>Remembers a value, instead of another one.</summary>
    public void Add(HostCollection value)
    {
        ref WeakReference<HostCollection>? place = ref _recent[PlaceOf(value.Source)];
        if (place is null)
        {
            place = new WeakReference<HostCollection>(value);
        }
        else
        {
            place.SetTarget(value);
        }
    }

    private static int PlaceOf(object source) => RuntimeHelpers.GetHashCode(source) % Places;
}
