using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A hash of everything reachable from some values. Heaps of the same structure and content have equal hashes; different heaps have equal
/// ones only by a collision of 64 bits. It depends neither on addresses nor on hash seeds, so it is the same in every process. Objects are
/// numbered in the order in which a breadth-first walk visits them, so cycles end and sharing counts: one list in two places differs from
/// two equal lists. Strs and ints have no identity. All NaNs are the same, because a script can't distinguish them; 0.0 and -0.0 differ.
/// </summary>
internal sealed class HeapDigest
{
    /// <summary>Replaces the kind in the hash of the unset marker, which has none.</summary>
    private const ulong UnsetMark = 0xFF;

    /// <summary>The NaN that stands for all NaNs.</summary>
    private const long NaN = 0x7FF8000000000000;

    private readonly Dictionary<ScriptObject, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<ScriptObject> _pending = new();
    private readonly HeapContent _content = new();
    private ulong _state = 0x9E3779B97F4A7C15;

    private HeapDigest()
    {
    }

    /// <summary>The digest of what is reachable from these values, with their names, in 16 hexadecimal digits.</summary>
    public static string Of(IReadOnlyList<HeapPart> roots)
    {
        HeapDigest digest = new();
        digest.Add(roots);
        while (digest._pending.TryDequeue(out ScriptObject? o))
        {
            digest._content.Read(o);
            digest.Add(digest._content.Head);
            digest.Add(digest._content.Parts);
        }

        return digest._state.ToString("x16", CultureInfo.InvariantCulture);
    }

    private void Add(IReadOnlyList<HeapPart> parts)
    {
        Mix((ulong)parts.Count);
        foreach (HeapPart part in parts)
        {
            if (part.Name is not null)
            {
                Add(part.Name);
            }

            Mix((ulong)part.Index);
            Add(part.Value);
        }
    }

    private void Add(in Value value)
    {
        Mix(value.IsUnset ? UnsetMark : (ulong)value.Kind);
        switch (value.Ref)
        {
            case ScriptString text:
                Add(text.Span);
                return;
            case BigInt big:
                Add(big.Value.ToString(CultureInfo.InvariantCulture));
                return;
            case ScriptObject o:
                Mix((ulong)NumberOf(o));
                return;
            default:
                Mix((ulong)(value.IsFloat && double.IsNaN(value.AsFloat) ? NaN : value.Bits));
                return;
        }
    }

    private int NumberOf(ScriptObject o)
    {
        if (!_numbers.TryGetValue(o, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(o, number);
            _pending.Enqueue(o);
        }

        return number;
    }

    private void Add(ReadOnlySpan<char> text)
    {
        Mix((ulong)text.Length);
        foreach (char unit in text)
        {
            Mix(unit);
        }
    }

    /// <summary>
    /// A round of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014) over the state and a word.
    /// </summary>
    private void Mix(ulong word)
    {
        ulong z = unchecked((_state ^ word) + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        _state = z ^ (z >> 31);
    }
}
