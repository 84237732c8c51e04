using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The first place at which two heaps with different digests (<see cref="HeapDigest"/>) differ, found by walking both in step.
/// </summary>
/// <param name="Place">The path from a root: <c>xs[3].name</c>.</param>
/// <param name="First">The description of that place in the first heap.</param>
/// <param name="Second">The description of that place in the second heap.</param>
internal sealed record HeapDifference(string Place, string First, string Second)
{
    private const int MostShown = 80;

    /// <summary>The first difference; null when there is none.</summary>
    public static HeapDifference? Find(IReadOnlyList<HeapPart> first, IReadOnlyList<HeapPart> second) => new Walk().Run(first, second);

    /// <summary>Returns a readable description of a value, in one line.</summary>
    private static string Show(in Value value, HeapContent content)
    {
        if (value.IsUnset)
        {
            return "unset";
        }

        if (value.Ref is not (ScriptObject and not BigInt))
        {
            return value.IsFloat ? NumberText.Of(value.AsFloat) : value.IsBool ? (value.AsBool ? "true" : "false") : value.IsNil ? "nil"
                : value.AsBig.ToString(CultureInfo.InvariantCulture);
        }

        content.Read((ScriptObject)value.Ref);
        return Cut(value.Ref is ScriptString ? $"\"{content.Head}\"" : content.Head);
    }

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings("\\n");
        return line.Length <= MostShown ? line : $"{line.AsSpan(0, MostShown)}…";
    }

    /// <summary>Two walks that number objects as <see cref="HeapDigest"/> does.</summary>
    private sealed class Walk
    {
        private readonly Dictionary<ScriptObject, int> _firstNumbers = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<ScriptObject, int> _secondNumbers = new(ReferenceEqualityComparer.Instance);
        private readonly Queue<(ScriptObject First, ScriptObject Second, string Place)> _pending = new();
        private readonly HeapContent _firstContent = new();
        private readonly HeapContent _secondContent = new();

        public HeapDifference? Run(IReadOnlyList<HeapPart> first, IReadOnlyList<HeapPart> second)
        {
            HeapDifference? found = Compare(first, second, string.Empty);
            while (found is null && _pending.TryDequeue(out (ScriptObject First, ScriptObject Second, string Place) next))
            {
                _firstContent.Read(next.First);
                _secondContent.Read(next.Second);
                found = _firstContent.Head == _secondContent.Head
                    ? Compare([.. _firstContent.Parts], [.. _secondContent.Parts], next.Place)
                    : new HeapDifference(next.Place, Cut(_firstContent.Head), Cut(_secondContent.Head));
            }

            return found;
        }

        private HeapDifference? Compare(IReadOnlyList<HeapPart> first, IReadOnlyList<HeapPart> second, string place)
        {
            for (int i = 0; i < first.Count && i < second.Count; i++)
            {
                if (first[i].Name != second[i].Name || first[i].Index != second[i].Index)
                {
                    return new HeapDifference(place, $"has {first[i].After(place)}", $"has {second[i].After(place)}");
                }

                if (!AreSame(first[i].Value, second[i].Value, first[i], place))
                {
                    return Describe(first[i], second[i], place);
                }
            }

            return first.Count == second.Count
                ? null
                : new HeapDifference(place, $"holds {first.Count} values", $"holds {second.Count} values");
        }

        private bool AreSame(in Value a, in Value b, in HeapPart part, string place)
        {
            if (a.Ref is ScriptString or BigInt || b.Ref is ScriptString or BigInt || a.Ref is not ScriptObject first
                || b.Ref is not ScriptObject second)
            {
                return a.IsFloat && b.IsFloat
                    ? a.Bits == b.Bits || (double.IsNaN(a.AsFloat) && double.IsNaN(b.AsFloat))
                    : Equality.AreIdentical(a, b);
            }

            bool isNew = _firstNumbers.TryAdd(first, _firstNumbers.Count);
            bool isNewInSecond = _secondNumbers.TryAdd(second, _secondNumbers.Count);
            if (isNew && isNewInSecond)
            {
                _pending.Enqueue((first, second, part.After(place)));
            }

            return isNew == isNewInSecond && _firstNumbers[first] == _secondNumbers[second];
        }

        private HeapDifference Describe(in HeapPart first, in HeapPart second, string place)
        {
            string a = Show(first.Value, _firstContent);
            string b = Show(second.Value, _secondContent);
            return a == b
                ? new HeapDifference(first.After(place), $"{a}, which is {Met(first.Value, _firstNumbers)}",
                    $"{b}, which is {Met(second.Value, _secondNumbers)}")
                : new HeapDifference(first.After(place), a, b);
        }

        /// <summary>
        /// Describes values whose contents look the same by their object's number in the walk, which depends on the references to it.
        /// </summary>
        private static string Met(in Value value, Dictionary<ScriptObject, int> numbers) =>
            value.Ref is ScriptObject o && numbers.TryGetValue(o, out int number)
                ? string.Create(CultureInfo.InvariantCulture, $"object {number + 1} of the walk")
                : "no object";
    }
}
