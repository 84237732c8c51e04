using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The elements of containers in the order of a for-each loop. Throws if the loop's body has changed the container.</summary>
internal static class ElementSources
{
    /// <summary>Closes the iterator of a for-each loop if the loop made it.</summary>
    /// <param name="frames">The stacks.</param>
    /// <param name="position">The position of the loop's state in the register stack.</param>
    public static void CloseIterator(FrameContext frames, int position)
    {
        Value[] registers = frames.Stack.Registers;
        if (registers[position].Ref is ScriptIterator iterator && registers[position + 2].Bits == 1)
        {
            registers[position + 2].Bits = 0;
            iterator.Close(frames);
        }
    }

    /// <summary>The element at a position of a list, also of one of the host, a big range, tuple or bytes.</summary>
    /// <param name="context">Charged for the elements of a big range and the conversion of elements of the host.</param>
    /// <param name="iterated">The container.</param>
    /// <param name="next">The position.</param>
    /// <param name="size">The size that a list had when the loop began.</param>
    /// <param name="value">The element.</param>
    /// <returns>False at the end.</returns>
    public static bool TryAt(ScriptContext context, object iterated, long next, long size, out Value value)
    {
        switch (iterated)
        {
            case ListObject list:
                if (list.Count != size)
                {
                    Throw.ConcurrentModification("list");
                }

                value = next < list.Count ? list.Get((int)next) : default;
                return next < list.Count;
            case HostList list:
                if (list.Count != size)
                {
                    Throw.ConcurrentModification("list");
                }

                value = next < size ? list.Get(context, (int)next) : default;
                return next < size;
            case RangeObject range:
                value = next < range.Count ? range.ItemAt(context, next) : default;
                return next < range.Count;
            case TupleObject tuple:
                value = next < tuple.Count ? tuple.Items[(int)next] : default;
                return next < tuple.Count;
            default:
                byte[] items = ((BytesObject)iterated).Items;
                value = next < items.Length ? Value.FromInt(items[next]) : default;
                return next < items.Length;
        }
    }

    /// <summary>The next element of an async sequence of the host.</summary>
    /// <param name="context">The run.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="value">The element.</param>
    /// <param name="step">The task to wait for before the same call is made again; null at the end.</param>
    /// <returns>False at the end, and while the next element is not there.</returns>
    public static bool TryNext(ScriptContext context, HostAsyncSequence sequence, out Value value, out TaskObject? step)
    {
        value = default;
        step = null;
        if (sequence.IsDone)
        {
            return false;
        }

        TaskObject next = sequence.Advance(context);
        next.IsObserved = true;
        if (!next.IsDone)
        {
            step = next;
            return false;
        }

        bool hasNext = next.State == TaskState.Finished && next.Result.AsBool;
        sequence.Take(context, hasNext);
        TaskRunner.ResultOf(next);
        value = hasNext ? sequence.Current(context) : default;
        return hasNext;
    }

    /// <summary>The first entry of a map from a position on; <paramref name="next"/> becomes its position.</summary>
    public static bool TryEntry(MapObject map, long version, ref long next, out Value key, out Value value)
    {
        if (map.Version != version)
        {
            Throw.ConcurrentModification("map");
        }

        next = map.NextPosition((int)next);
        return map.TryEntryAt((int)next, out key, out value);
    }

    /// <summary>The first item of a set from a position on; <paramref name="next"/> becomes its position.</summary>
    public static bool TryItem(SetObject set, long version, ref long next, out Value value)
    {
        if (set.Version != version)
        {
            Throw.ConcurrentModification("set");
        }

        next = set.NextPosition((int)next);
        return set.TryEntryAt((int)next, out value);
    }

    /// <summary>Stores an element in the variables of a for-each loop.</summary>
    /// <param name="frames">The stacks.</param>
    /// <param name="position">The position of the loop's state in the register stack.</param>
    /// <param name="isPair">Whether the loop has two variables.</param>
    /// <param name="key">The key or index.</param>
    /// <param name="value">The value.</param>
    /// <param name="isMap">Whether a loop with one variable gets the key.</param>
    public static void Store(FrameContext frames, int position, bool isPair, in Value key, in Value value, bool isMap)
    {
        Value[] registers = frames.Stack.Registers;
        if (isPair)
        {
            registers[position + 3].Assign(key);
            registers[position + 4].Assign(value);
            return;
        }

        registers[position + 3].Assign(isMap ? key : value);
    }
}
