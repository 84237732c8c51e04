using System.Runtime.CompilerServices;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// For-each loops. A loop's state is three registers: the object iterated over; the position of the last element taken (-1 at first);
/// and the size or version at the start. For an iterator, the third is 1 if the loop made it and must close it. For a range of 64-bit
/// bounds the three are the range, the last index taken and the number of indices left.
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="tasks">Suspends loops over channels and async sequences.</param>
/// <param name="generators">Resumes generators.</param>
internal sealed class IterationInstructions(FrameContext frames, TaskRunner tasks, GeneratorRuns generators)
{
    /// <summary>Starts a for-each loop.</summary>
    /// <param name="target">The first register of the loop's state.</param>
    /// <param name="source">The register of the value to iterate over.</param>
    /// <param name="isOwned">1 if the loop must close the value when it is an iterator.</param>
    public Cold Prepare(int target, int source, int isOwned)
    {
        ref FrameStack stack = ref frames.Stack;
        ref Value state = ref stack.At(stack.Running.Base + target);
        ref Value iterable = ref stack.At(stack.Running.Base + source);
        if (ExactType.As<RangeObject>(iterable.Ref) is { BigBounds: null } range)
        {
            Start(ref state, iterable, unchecked(range.Start - range.Step), range.Count);
        }
        else if (ExactType.As<ListObject>(iterable.Ref) is { } list)
        {
            Start(ref state, iterable, -1, list.Count);
        }
        else
        {
            PrepareOther(target, iterable, isOwned);
        }

        return Cold.Next;
    }

    /// <summary>Lets the loop over an iterator close it; see <see cref="ScriptIterator.IsGiven"/>.</summary>
    public static Cold Give(in Value value)
    {
        ScriptIterator.Give(value.Ref);
        return Cold.Next;
    }

    /// <summary>The next element of a for-each loop whose state starts at register <paramref name="register"/>.</summary>
    public Advance MoveNext(int register, bool isPair)
    {
        ref FrameStack stack = ref frames.Stack;
        int position = stack.Running.Base + register;
        object? iterated = stack.Registers[position].Ref;
        long next = stack.Registers[position + 1].Bits + 1;
        Value key = Value.FromInt(next);
        Value value;
        switch (iterated)
        {
            case ScriptString text:
                if (next >= text.Length)
                {
                    return Advance.End;
                }

                value = Value.FromObject(ScriptString.FromChar(text[(int)next]));
                break;
            case RangeObject { BigBounds: null } range:
                return AdvanceRange(range, position, isPair);
            case ScriptIterator iterator:
                return AdvanceIterator(iterator, position, isPair);
            case ChannelObject channel:
                return AdvanceChannel(channel, position, isPair);
            case MapObject map:
                if (!ElementSources.TryEntry(map, stack.Registers[position + 2].Bits, ref next, out key, out value))
                {
                    return Advance.End;
                }

                break;
            case SetObject set:
                if (!ElementSources.TryItem(set, stack.Registers[position + 2].Bits, ref next, out value))
                {
                    return Advance.End;
                }

                break;
            default:
                if (!ElementSources.TryAt(frames, iterated!, next, stack.Registers[position + 2].Bits, out value))
                {
                    return Advance.End;
                }

                break;
        }

        stack.Registers[position + 1].Bits = next;
        ElementSources.Store(frames, position, isPair, key, value, iterated is MapObject);
        return Advance.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start(ref Value state, in Value iterable, long position, long extra)
    {
        state.Assign(iterable);
        Unsafe.Add(ref state, 1).SetInt(position);
        Unsafe.Add(ref state, 2).SetInt(extra);
    }

    private void PrepareOther(int target, in Value source, int isOwned)
    {
        Value iterable = Iteration.Resolve(frames, source, out bool isMade);
        ref Value state = ref frames.Stack.At(frames.Stack.Running.Base + target);
        if (iterable.Ref is RangeObject { BigBounds: null } range)
        {
            Start(ref state, iterable, unchecked(range.Start - range.Step), range.Count);
            return;
        }

        ScriptObject iterated = (ScriptObject)iterable.Ref!;
        long extra = iterated is not ScriptIterator ? SequenceReader.Stamp(iterated) : isMade ? 1 : isOwned;
        Start(ref state, iterable, -1, extra);
    }

    private Advance AdvanceRange(RangeObject range, int position, bool isPair)
    {
        ref FrameStack stack = ref frames.Stack;
        long left = stack.Registers[position + 2].Bits;
        if (left <= 0)
        {
            return Advance.End;
        }

        stack.Registers[position + 2].Bits = left - 1;
        long value = unchecked(stack.Registers[position + 1].Bits + range.Step);
        stack.Registers[position + 1].Bits = value;
        ElementSources.Store(frames, position, isPair, Value.FromInt(range.Count - left), Value.FromInt(value), false);
        return Advance.Value;
    }

    private Advance AdvanceChannel(ChannelObject channel, int position, bool isPair)
    {
        ref FrameStack stack = ref frames.Stack;
        TaskObject receive = stack.Registers[position + 2].Ref as TaskObject ?? channel.Receive(frames);
        receive.IsObserved = true;
        if (!receive.IsDone)
        {
            stack.Registers[position + 2] = Value.FromObject(receive);
            return tasks.SuspendFor(receive);
        }

        stack.Registers[position + 2].SetInt(0);
        if (receive.IsEndOfChannel)
        {
            return Advance.End;
        }

        Value value = TaskRunner.ResultOf(receive);
        long index = ++stack.Registers[position + 1].Bits;
        ElementSources.Store(frames, position, isPair, Value.FromInt(index), value, false);
        return Advance.Value;
    }

    private Advance AdvanceIterator(ScriptIterator iterator, int position, bool isPair)
    {
        if (iterator is GeneratorObject generator)
        {
            if (generator.IsDone)
            {
                return Advance.End;
            }

            generators.ResumeFrame(generator, FrameFlags.Generator);
            return Advance.FramePushed;
        }

        if (iterator is HostEntryIterator entries)
        {
            return AdvanceEntries(entries, position, isPair);
        }

        Value value;
        if (iterator is HostAsyncSequence sequence)
        {
            if (!ElementSources.TryNext(frames, sequence, out value, out TaskObject? step))
            {
                return step is null ? Advance.End : tasks.SuspendFor(step);
            }
        }
        else if (!iterator.MoveNext(frames, out value))
        {
            return Advance.End;
        }

        long index = ++frames.Stack.Registers[position + 1].Bits;
        ElementSources.Store(frames, position, isPair, Value.FromInt(index), value, false);
        return Advance.Value;
    }

    private Advance AdvanceEntries(HostEntryIterator entries, int position, bool isPair)
    {
        if (!entries.MoveNext(frames, out Value key, out Value value))
        {
            return Advance.End;
        }

        frames.Stack.Registers[position + 1].Bits++;
        ElementSources.Store(frames, position, isPair, key, value, isMap: true);
        return Advance.Value;
    }
}
