using System.Collections;
using System.Collections.Generic;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>The ints of a range of 64-bit bounds as a sequence of the host, each made when it is asked for.</summary>
internal sealed class RangeSequence<T> : IEnumerable<T>
{
    private readonly RangeObject _range;

    private RangeSequence(RangeObject range) => _range = range;

    /// <summary>Null if the range has exact bounds, or an element that is no <typeparamref name="T"/>.</summary>
    public static RangeSequence<T>? Of(RangeObject range)
    {
        bool fits = range.BigBounds is null && (range.Count == 0 || (IsElement(range, 0) && IsElement(range, range.Count - 1)));
        return fits ? new RangeSequence<T>(range) : null;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < _range.Count; i++)
        {
            yield return HostReader.ReadResult<T>(At(_range, i));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsElement(RangeObject range, long index) => HostReader.TryRead(At(range, index), null, out T? _);

    private static Value At(RangeObject range, long index) => Value.FromInt(range.Start + (index * range.Step));
}
