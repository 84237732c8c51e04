using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Jit.Ir;

/// <summary>
/// A key of up to three objects, compared by reference, and a number. Dictionaries with such keys take <see cref="Comparer"/>. For keys
/// that are tuples or other values the CLR would have to compile a comparer, and a part of the dictionary, when a process first uses it.
/// </summary>
internal sealed class ReferenceKey(object first, long number, object? second = null, object? third = null)
{
    private readonly object _first = first;
    private readonly object? _second = second;
    private readonly object? _third = third;
    private readonly long _number = number;

    public static IEqualityComparer<ReferenceKey> Comparer { get; } = new Identity();

    private sealed class Identity : IEqualityComparer<ReferenceKey>
    {
        public bool Equals(ReferenceKey? x, ReferenceKey? y) =>
            ReferenceEquals(x!._first, y!._first) && x._number == y._number
            && ReferenceEquals(x._second, y._second) && ReferenceEquals(x._third, y._third);

        public int GetHashCode(ReferenceKey key)
        {
            int hash = (RuntimeHelpers.GetHashCode(key._first) * 31) + (int)key._number;
            return (((hash * 31) + RuntimeHelpers.GetHashCode(key._second)) * 31) + RuntimeHelpers.GetHashCode(key._third);
        }
    }
}
