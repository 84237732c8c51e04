using System;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Finds where two unequal containers differ first, for the message of <c>test.equal</c>.</summary>
internal static class FirstDifference
{
    /// <summary>The most containers within each other that are looked into.</summary>
    private const int MaxDepth = 32;

    /// <summary>The end of a sentence: <c>; the first difference is at [1]: 2 and 5</c>. Empty for values that are no containers.</summary>
    public static string Find(ScriptContext context, Value a, Value b)
    {
        StringBuilder path = new();
        for (int depth = 0; depth < MaxDepth && TryStep(context, ref a, ref b, path, out string? end); depth++)
        {
            if (end is not null)
            {
                return $"; the first difference is {(path.Length == 0 ? "" : $"at {path}: ")}{end}";
            }
        }

        return path.Length == 0
            ? ""
            : $"; the first difference is at {path}: {BriefText.Of(a)} and {BriefText.Of(b)}";
    }

    /// <summary>Steps into the first elements that differ.</summary>
    /// <param name="context">The context.</param>
    /// <param name="a">A value; its element afterwards.</param>
    /// <param name="b">Another value; its element afterwards.</param>
    /// <param name="path">The path to the elements.</param>
    /// <param name="end">The difference, if it lies in the number of elements; null otherwise.</param>
    /// <returns>Whether both are containers of one kind.</returns>
    private static bool TryStep(ScriptContext context, ref Value a, ref Value b, StringBuilder path, out string? end)
    {
        end = null;
        switch (a.Ref, b.Ref)
        {
            case (ListObject or TupleObject, ListObject or TupleObject) when a.Ref.GetType() == b.Ref.GetType():
                return TryStepInto(context, ref a, ref b, path, out end);
            case (MapObject left, MapObject right):
                return TryStepInto(context, left, right, ref a, ref b, path, out end);
            case (StructObject left, StructObject right) when left.Shape == right.Shape && left.Shape.Hooks.Equals is null:
                for (int i = 0; i < left.Shape.Fields.Length; i++)
                {
                    if (!Equality.AreEqual(context, left.Slot(i), right.Slot(i)))
                    {
                        path.Append('.').Append(left.Shape.Fields[i].Name);
                        (a, b) = (left.Slot(i), right.Slot(i));
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private static bool TryStepInto(ScriptContext context, ref Value a, ref Value b, StringBuilder path, out string? end)
    {
        end = null;
        (int left, int right) = (CountOf(a), CountOf(b));
        for (int i = 0; i < Math.Min(left, right); i++)
        {
            context.Charge(1);
            (Value x, Value y) = (ItemOf(a, i), ItemOf(b, i));
            if (!Equality.AreEqual(context, x, y))
            {
                path.Append('[').Append(i).Append(']');
                (a, b) = (x, y);
                return true;
            }
        }

        end = $"in the number of elements: {left} and {right}";
        return left != right;
    }

    private static bool TryStepInto(
        ScriptContext context, MapObject left, MapObject right, ref Value a, ref Value b, StringBuilder path, out string? end)
    {
        end = null;
        for (int i = 0; i < left.EntryLimit; i++)
        {
            context.Charge(1);
            if (!left.TryEntryAt(i, out Value key, out Value x))
            {
                continue;
            }

            if (!right.TryGet(context, key, out Value y))
            {
                end = $"the key {BriefText.Of(key)}, which the second has not";
                return true;
            }

            if (!Equality.AreEqual(context, x, y))
            {
                path.Append('[').Append(BriefText.Of(key)).Append(']');
                (a, b) = (x, y);
                return true;
            }
        }

        end = $"in the number of keys: {left.Count} and {right.Count}";
        return left.Count != right.Count;
    }

    private static int CountOf(in Value sequence) => sequence.Ref is ListObject list ? list.Count : ((TupleObject)sequence.Ref!).Count;

    private static Value ItemOf(in Value sequence, int index) =>
        sequence.Ref is ListObject list ? list.Get(index) : ((TupleObject)sequence.Ref!).Items[index];
}
