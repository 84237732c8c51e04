using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The outcome of an instruction that may suspend or push a frame.</summary>
internal enum Advance : byte
{
    /// <summary>The value is in its register.</summary>
    Value,

    /// <summary>There is no further element.</summary>
    End,

    /// <summary>Another frame runs next.</summary>
    FramePushed,

    /// <summary>The loop must return until a task is finished.</summary>
    Waiting,
}

/// <content>
/// For-each loops and generators. A loop's state is three registers: the object iterated over; the position of the last element taken (-1
/// at first); and the size or version at the start. For an iterator, the third is 1 if the loop made it and must close it. For a range of
/// 64-bit bounds the three are the range, the last index taken and the number of indices left.
/// </content>
internal sealed partial class Interpreter
{
    private Cold PrepareIteration(int target, int source, int isOwned)
    {
        ref Value state = ref Stack.At(Stack.Running.Base + target);
        ref Value iterable = ref Stack.At(Stack.Running.Base + source);
        if (ExactType.As<RangeObject>(iterable.Ref) is { BigBounds: null } range)
        {
            StartIteration(ref state, iterable, unchecked(range.Start - range.Step), range.Count);
        }
        else if (ExactType.As<ListObject>(iterable.Ref) is { } list)
        {
            StartIteration(ref state, iterable, -1, list.Count);
        }
        else
        {
            PrepareOther(target, iterable, isOwned);
        }
        return Cold.Next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StartIteration(ref Value state, in Value iterable, long position, long extra)
    {
        state.Assign(iterable);
        Unsafe.Add(ref state, 1).SetInt(position);
        Unsafe.Add(ref state, 2).SetInt(extra);
    }

    private void PrepareOther(int target, in Value source, int isOwned)
    {
        Value iterable = Iteration.Resolve(this, source, out bool isMade);
        ref Value state = ref Stack.At(Stack.Running.Base + target);
        if (iterable.Ref is RangeObject { BigBounds: null } range)
        {
            StartIteration(ref state, iterable, unchecked(range.Start - range.Step), range.Count);
            return;
        }

        ScriptObject iterated = (ScriptObject)iterable.Ref!;
        long extra = iterated is not ScriptIterator ? SequenceReader.Stamp(iterated) : isMade ? 1 : isOwned;
        StartIteration(ref state, iterable, -1, extra);
    }

    /// <summary>The next element of a for-each loop whose state starts at register <paramref name="register"/>.</summary>
    private Advance AdvanceIteration(int register, bool isPair)
    {
        int position = Stack.Running.Base + register;
        object? iterated = Stack.Registers[position].Ref;
        long next = Stack.Registers[position + 1].Bits + 1;
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
                if (!ElementSources.TryEntry(map, Stack.Registers[position + 2].Bits, ref next, out key, out value))
                {
                    return Advance.End;
                }

                break;
            case SetObject set:
                if (!ElementSources.TryItem(set, Stack.Registers[position + 2].Bits, ref next, out value))
                {
                    return Advance.End;
                }

                break;
            default:
                if (!ElementSources.TryAt(this, iterated!, next, Stack.Registers[position + 2].Bits, out value))
                {
                    return Advance.End;
                }

                break;
        }

        Stack.Registers[position + 1].Bits = next;
        StoreElement(position, isPair, key, value, iterated is MapObject);
        return Advance.Value;
    }

    private Advance AdvanceRange(RangeObject range, int position, bool isPair)
    {
        long left = Stack.Registers[position + 2].Bits;
        if (left <= 0)
        {
            return Advance.End;
        }

        Stack.Registers[position + 2].Bits = left - 1;
        long value = unchecked(Stack.Registers[position + 1].Bits + range.Step);
        Stack.Registers[position + 1].Bits = value;
        StoreElement(position, isPair, Value.FromInt(range.Count - left), Value.FromInt(value), false);
        return Advance.Value;
    }

    private void StoreElement(int position, bool isPair, in Value key, in Value value, bool isMap)
    {
        if (isPair)
        {
            Stack.Registers[position + 3].Assign(key);
            Stack.Registers[position + 4].Assign(value);
            return;
        }

        Stack.Registers[position + 3].Assign(isMap ? key : value);
    }

    private Advance AdvanceChannel(ChannelObject channel, int position, bool isPair)
    {
        TaskObject receive = Stack.Registers[position + 2].Ref as TaskObject ?? channel.Receive(this);
        receive.IsObserved = true;
        if (!receive.IsDone)
        {
            Stack.Registers[position + 2] = Value.FromObject(receive);
            return TaskRunner.SuspendFor(receive);
        }

        Stack.Registers[position + 2].SetInt(0);
        if (receive.IsEndOfChannel)
        {
            return Advance.End;
        }

        Value value = TaskRunner.ResultOf(receive);
        long index = ++Stack.Registers[position + 1].Bits;
        StoreElement(position, isPair, Value.FromInt(index), value, false);
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

            ResumeFrame(generator, FrameFlags.Generator);
            return Advance.FramePushed;
        }

        if (iterator is HostEntryIterator entries)
        {
            return AdvanceEntries(entries, position, isPair);
        }

        Value value;
        if (iterator is HostAsyncSequence sequence)
        {
            if (!ElementSources.TryNext(this, sequence, out value, out TaskObject? step))
            {
                return step is null ? Advance.End : TaskRunner.SuspendFor(step);
            }
        }
        else if (!iterator.MoveNext(this, out value))
        {
            return Advance.End;
        }

        long index = ++Stack.Registers[position + 1].Bits;
        StoreElement(position, isPair, Value.FromInt(index), value, false);
        return Advance.Value;
    }

    private Advance AdvanceEntries(HostEntryIterator entries, int position, bool isPair)
    {
        if (!entries.MoveNext(this, out Value key, out Value value))
        {
            return Advance.End;
        }

        Stack.Registers[position + 1].Bits++;
        StoreElement(position, isPair, key, value, isMap: true);
        return Advance.Value;
    }

    /// <summary>Passes a generator's value to the loop that drives it, or out of this run of the interpreter.</summary>
    private Cold YieldValue(in Value value)
    {
        Value yielded = value;
        FrameFlags flags = Stack.Running.Flags;
        bool isNested = (flags & FrameFlags.Nested) != 0;
        Coroutines.Suspend(Stack.Running.Pc);
        if ((flags & FrameFlags.Entry) != 0)
        {
            Result = yielded;
            return Cold.Yielded;
        }

        ref Frame driver = ref Stack.Running;
        LinkedPrototype linked = driver.Closure.Code;
        Instruction forEach = linked.Prototype.Code[driver.Pc - 1];
        int position = driver.Base + forEach.A;
        long index = ++Stack.Registers[position + 1].Bits;
        StoreElement(position, forEach.Op == Opcode.ForEachPair, Value.FromInt(index), yielded, false);
        if (!isNested)
        {
            linked.Loops[forEach.B].Heat--;
        }

        int body = driver.Pc + forEach.SignedC;
        ChargeBackEdge(linked.Loops[forEach.B].Cost, driver.Pc, body);
        return isNested ? Cold.Yielded
            : linked.Loops[forEach.B].Heat < 0 ? ColdOf(Tiering.OnHotLoop(forEach.B, body))
            : Cold.Reload;
    }

    private void ResumeFrame(GeneratorObject generator, FrameFlags flags)
    {
        Coroutines.Resume(generator, flags);
        if (generator.Closure.Code.Heat < 0)
        {
            Tiering.OnHotResume();
        }
    }

    /// <inheritdoc/>
    public override bool ResumeGenerator(GeneratorObject generator, out Value value)
    {
        value = default;
        if (generator.IsDone)
        {
            return false;
        }

        RequireFrames();
        return Resume(generator, out value);
    }

    private bool Resume(GeneratorObject generator, out Value value)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            bool more = false;
            Value result = default;
            WithNativeStack(() => more = Resume(generator, out result));
            value = result;
            return more;
        }

        Stack.EnterNative(this);
        try
        {
            ResumeFrame(generator, FrameFlags.Generator | FrameFlags.Entry);
            LoopExit exit = Unwinder.RunToExit(Stack.Top);
            value = TakeResult();
            return exit == LoopExit.Yielded;
        }
        finally
        {
            Stack.ExitNative(this);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A finally block that yields meanwhile is ended at its yield, because nothing receives the value.</remarks>
    public override void CloseGenerator(GeneratorObject generator)
    {
        if (generator.IsDone || generator.IsRunning)
        {
            return;
        }

        RequireFrames();
        if (generator.Pc == 0)
        {
            generator.IsDone = true;
            return;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            WithNativeStack(() => CloseGenerator(generator));
            return;
        }

        Stack.BeginClosing(this);
        try
        {
            // The finally blocks must run in the same state as when the generator was driven from here: without another frame in between,
            // and without a charge, because the generator is only resumed where it stopped.
            do
            {
                Budget.Left += generator.Closure.Code.EntryCost;
                ResumeFrame(generator, FrameFlags.Generator | FrameFlags.Entry);
                generator.Closure.Code.Heat++;
            }
            while (UnwindClosing() == LoopExit.Yielded);
        }
        finally
        {
            Stack.EndClosing(this);
            generator.IsDone = true;
        }
    }

    /// <summary>Ends the frame on top, which is suspended at a yield, as if the yield had thrown an error that no catch handles.</summary>
    private LoopExit UnwindClosing()
    {
        bool handled = Unwinder.UnwindFrom(Stack.Top, ScriptErrors.IteratorClose);

        // Closing raises no error. A limit error that was propagating when a finally block yielded is raised.
        LoopExit exit = handled ? Unwinder.TryRunToExit(Stack.Top) : LoopExit.Failed;
        if (exit != LoopExit.Failed)
        {
            return exit;
        }

        ErrorObject failure = Failure!;
        return failure.Class == ErrorClass.IteratorClose ? LoopExit.Returned : throw new ScriptErrorException(failure);
    }
}
