using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>How an instruction that may suspend or push a frame came out.</summary>
internal enum Advance : byte
{
    /// <summary>The value is in its register.</summary>
    Value,

    /// <summary>There is no further element.</summary>
    End,

    /// <summary>Another frame runs next.</summary>
    FramePushed,

    /// <summary>The loop must be left until a task is finished.</summary>
    Waiting,
}

/// <content>
/// For-each loops and generators. A loop's state is three registers: what is iterated; the position of the last element taken (-1 at first);
/// and the size or version at the start, or for an iterator 1 when the loop made it and is to close it. For a range of 64-bit bounds they are
/// the range, the last index taken and how many are left.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>What ends a generator that is closed. Nothing catches it and nobody sees it, so that one does for all.</summary>
    private static readonly ErrorObject IteratorClose = new(ErrorKinds.Cancelled, "the iterator was closed") { Class = ErrorClass.IteratorClose };

    private void PrepareIteration(int target, int source, int isOwned)
    {
        Value iterable = Iteration.Resolve(this, Registers(_frames[_top].Base + source), out bool isMade);
        long extra = iterable.Ref switch
        {
            ListObject list => list.Count,
            HashTable table => table.Version,
            ScriptIterator => isMade ? 1 : isOwned,
            _ => 0,
        };
        ref Value state = ref Registers(_frames[_top].Base + target);
        state.Assign(iterable);
        Unsafe.Add(ref state, 1).SetInt(-1);
        Unsafe.Add(ref state, 2).SetInt(extra);
        if (iterable.Ref is RangeObject { BigBounds: null } range)
        {
            Unsafe.Add(ref state, 1).SetInt(unchecked(range.Start - range.Step));
            Unsafe.Add(ref state, 2).SetInt(range.Count);
        }
    }

    /// <summary>The next element of a for-each loop whose state starts at register <paramref name="register"/>.</summary>
    private Advance AdvanceIteration(int register, bool isPair)
    {
        int position = _frames[_top].Base + register;
        object? iterated = _stack[position].Ref;
        long next = _stack[position + 1].Bits + 1;
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
                if (!NextEntry(map, position, ref next, out key, out value))
                {
                    return Advance.End;
                }

                break;
            case SetObject set:
                if (!NextItem(set, position, ref next, out value))
                {
                    return Advance.End;
                }

                break;
            default:
                if (!NextByIndex(iterated!, next, _stack[position + 2].Bits, out value))
                {
                    return Advance.End;
                }

                break;
        }

        _stack[position + 1].Bits = next;
        StoreElement(position, isPair, key, value, iterated is MapObject);
        return Advance.Value;
    }

    private Advance AdvanceRange(RangeObject range, int position, bool isPair)
    {
        long left = _stack[position + 2].Bits;
        if (left <= 0)
        {
            return Advance.End;
        }

        _stack[position + 2].Bits = left - 1;
        long value = unchecked(_stack[position + 1].Bits + range.Step);
        _stack[position + 1].Bits = value;
        StoreElement(position, isPair, Value.FromInt(range.Count - left), Value.FromInt(value), false);
        return Advance.Value;
    }

    private void StoreElement(int position, bool isPair, in Value key, in Value value, bool isMap)
    {
        if (isPair)
        {
            _stack[position + 3].Assign(key);
            _stack[position + 4].Assign(value);
            return;
        }

        _stack[position + 3].Assign(isMap ? key : value);
    }

    private static bool NextByIndex(object iterated, long next, long size, out Value value)
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
            case RangeObject range:
                value = next < range.Count ? range.ItemAt(next) : default;
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

    private bool NextEntry(MapObject map, int position, ref long next, out Value key, out Value value)
    {
        if (map.Version != _stack[position + 2].Bits)
        {
            Throw.ConcurrentModification("map");
        }

        while (next < map.EntryLimit)
        {
            if (map.TryEntryAt((int)next, out key, out value))
            {
                return true;
            }

            next++;
        }

        key = value = default;
        return false;
    }

    private bool NextItem(SetObject set, int position, ref long next, out Value value)
    {
        if (set.Version != _stack[position + 2].Bits)
        {
            Throw.ConcurrentModification("set");
        }

        while (next < set.EntryLimit)
        {
            if (set.TryEntryAt((int)next, out value))
            {
                return true;
            }

            next++;
        }

        value = default;
        return false;
    }

    private Advance AdvanceIterator(ScriptIterator iterator, int position, bool isPair)
    {
        if (iterator is GeneratorObject generator)
        {
            if (generator.IsDone)
            {
                return Advance.End;
            }

            PushGenerator(generator, FrameFlags.Generator);
            return Advance.FramePushed;
        }

        if (!iterator.MoveNext(this, out Value value))
        {
            return Advance.End;
        }

        long index = ++_stack[position + 1].Bits;
        StoreElement(position, isPair, Value.FromInt(index), value, false);
        return Advance.Value;
    }

    /// <summary>Puts a generator's frame back on the stack, where it stopped.</summary>
    private void PushGenerator(GeneratorObject generator, FrameFlags flags)
    {
        if (generator.IsRunning)
        {
            throw Throw.ValueError("the iterator is running already: it can't drive itself");
        }

        int first = StackEnd();
        PushFrame(generator.Closure, first, first, flags);
        generator.Registers.CopyTo(_stack.AsSpan(first));
        _frames[_top].Pc = generator.Pc;
        generator.IsRunning = true;
        _coroutines.Add(generator);
    }

    /// <summary>Takes the frame on top off the stack into its coroutine, to continue at <paramref name="pc"/>.</summary>
    private GeneratorObject SuspendTop(int pc)
    {
        GeneratorObject coroutine = PopCoroutine();
        ref Frame frame = ref _frames[_top];
        _stack.AsSpan(frame.Base, coroutine.Registers.Length).CopyTo(coroutine.Registers);
        coroutine.Pc = pc;
        _top--;
        if (_isRecording)
        {
            ReportSuspended();
        }

        return coroutine;
    }

    /// <summary>A generator gives a value to the loop below it, or out of this run of the interpreter.</summary>
    private Cold YieldValue(in Value value)
    {
        Value yielded = value;
        FrameFlags flags = _frames[_top].Flags;
        bool isNested = (flags & FrameFlags.Nested) != 0;
        SuspendTop(_frames[_top].Pc);
        if ((flags & FrameFlags.Entry) != 0)
        {
            _result = yielded;
            return Cold.Yielded;
        }

        ref Frame driver = ref _frames[_top];
        LinkedPrototype linked = driver.Closure.Code;
        Instruction forEach = linked.Prototype.Code[driver.Pc - 1];
        int position = driver.Base + forEach.A;
        long index = ++_stack[position + 1].Bits;
        StoreElement(position, forEach.Op == Opcode.ForEachPair, Value.FromInt(index), yielded, false);
        if (!isNested)
        {
            linked.Loops[forEach.B].Heat--;
        }

        int body = driver.Pc + forEach.SignedC;
        ChargeBackEdge(linked.Loops[forEach.B].Cost, driver.Pc, body);
        return isNested ? Cold.Yielded
            : linked.Loops[forEach.B].Heat < 0 ? ColdOf(OnHotLoop(forEach.B, body))
            : Cold.Reload;
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

        EnterNative();
        try
        {
            PushGenerator(generator, FrameFlags.Generator | FrameFlags.Entry);
            LoopExit exit = RunToExit(_top);
            value = TakeResult();
            return exit == LoopExit.Yielded;
        }
        finally
        {
            LeaveNative();
        }
    }

    /// <inheritdoc/>
    /// <remarks>A finally block that yields on the way is ended at its yield: nobody takes the value.</remarks>
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

        try
        {
            // Nothing may come between the finally blocks and their generator: no frame besides the one that it had when it was driven from
            // here, and no steps, for it is only taken up again where it stopped.
            do
            {
                Budget += generator.Closure.Code.EntryCost;
                PushGenerator(generator, FrameFlags.Generator | FrameFlags.Entry);
                generator.Closure.Code.Heat++;
            }
            while (UnwindClosing() == LoopExit.Yielded);
        }
        finally
        {
            generator.IsDone = true;
        }
    }

    /// <summary>Lets the frame on top, which stands at a yield, end as if the yield had thrown what nobody catches.</summary>
    private LoopExit UnwindClosing()
    {
        int outerEntry = _entry;
        _entry = _top;
        bool handled;
        try
        {
            handled = Unwind(IteratorClose);
        }
        finally
        {
            _entry = outerEntry;
        }

        // That it was closed is nobody's error; that a limit was on its way when a finally block yielded is.
        LoopExit exit = handled ? TryRunToExit(_top) : LoopExit.Failed;
        return exit != LoopExit.Failed ? exit : _failure!.Class == ErrorClass.IteratorClose ? LoopExit.Returned : throw new ScriptErrorException(_failure);
    }

    /// <summary>Ends the iterator of a for-each loop, if it is one that the loop made.</summary>
    private void CloseLoopIterator(int position)
    {
        if (_stack[position].Ref is ScriptIterator iterator && _stack[position + 2].Bits == 1)
        {
            _stack[position + 2].Bits = 0;
            iterator.Close(this);
        }
    }

    /// <summary>Turns the bounds of an inclusive range loop into exclusive ones.</summary>
    /// <returns>Whether there is a first index, which is then in the loop's variable.</returns>
    private bool PrepareInclusive(ref Value index)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        if (!index.IsInt || !limit.IsInt || limit.Bits == long.MaxValue)
        {
            return PrepareBigRange(ref index, true);
        }

        if (index.Bits > limit.Bits)
        {
            return false;
        }

        limit.Bits++;
        Unsafe.Add(ref index, 2).SetInt(index.Bits);
        return true;
    }

    /// <summary>
    /// Starts a range loop whose indices may leave 64 bits: an iterator stands in for the limit, with a payload that makes every step of the loop
    /// look at it.
    /// </summary>
    /// <returns>Whether there is a first index, which is then in the loop's variable.</returns>
    /// <exception cref="ScriptErrorException">TypeError: the bounds are no ints.</exception>
    private bool PrepareBigRange(ref Value index, bool isInclusive)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        if (!index.IsAnyInt || !limit.IsAnyInt)
        {
            Value culprit = index.IsAnyInt ? limit : index;
            throw Throw.TypeError($"the bounds of a range must be ints, not {Throw.TypeName(culprit)}");
        }

        ChargeMemory(128);
        limit = new Value(new BigRangeIterator(index.AsBig, isInclusive ? limit.AsBig + 1 : limit.AsBig), long.MinValue);
        index.SetInt(0);
        return AdvanceBigRange(ref index);
    }

    private bool AdvanceBigRange(ref Value index)
    {
        ScriptIterator iterator = (ScriptIterator)Unsafe.Add(ref index, 1).Ref!;
        if (!iterator.MoveNext(this, out Value next))
        {
            return false;
        }

        Unsafe.Add(ref index, 2).Assign(next);
        return true;
    }
}
