using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>
/// The frames of compiled procs that are being unwound, because the innermost one exited (docs/decisions/0008). Each proc notes its frames
/// as it returns, the innermost first. The code that entered compiled code then builds them in the interpreter's stacks, the outermost
/// first. Each engine has one.
/// </summary>
internal sealed class Unwinding
{
    private const int InitialStates = 16;
    private const int InitialValues = 128;

    /// <summary>Larger arrays are not kept for the next unwinding.</summary>
    private const int MaxKept = 1 << 14;

    private ExitState[] _states = new ExitState[InitialStates];
    private Value[] _values = new Value[InitialValues];
    private int _stateCount;
    private int _valueCount;
    private int _usedValues;

    /// <summary>The region that exited first; null when that was an entry stub.</summary>
    public Region? Region { get; private set; }

    /// <summary>The number of the guard through which it exited.</summary>
    public int Guard { get; private set; }

    /// <summary>The number of regions that were unwound.</summary>
    public int Depth { get; private set; }

    /// <summary>The proc region that ended because it does not pay (see <see cref="CallOutProfitability"/>); null if none has.</summary>
    public Region? Abandoned { get; set; }

    /// <summary>What <see cref="ExitBuffers.Built"/> was when the unwinding began.</summary>
    public int Built { get; private set; }

    /// <summary>Begins a new unwinding.</summary>
    public void Begin(Region? region, int guard, int built)
    {
        Built = built;
        _stateCount = 0;
        _valueCount = 0;
        Depth = 0;
        Region = region;
        Guard = guard;
    }

    /// <summary>Notes the frames of a region from the values in the exit buffers.</summary>
    public void Add(ExitState state, ExitBuffers buffers)
    {
        ExitValues values = new(buffers, buffers.Top);
        if (_stateCount == _states.Length)
        {
            Array.Resize(ref _states, 2 * _stateCount);
        }

        _states[_stateCount++] = state;
        Depth++;
        Deoptimizer.MakeObjects(state, values);
        foreach (ExitFrame frame in state.Frames)
        {
            if (frame.Closure is { } closure)
            {
                Keep(Deoptimizer.Read(closure, values));
            }

            foreach (ref readonly ExitSlot slot in frame.Slots.AsSpan())
            {
                Keep(Deoptimizer.Read(slot, values));
            }
        }

        _usedValues = _valueCount;
        values.Objects[..state.ValueCount].Clear();
    }

    /// <summary>
    /// Builds all frames above the running one, which the interpreter has pushed: it is the root frame of the outermost region.
    /// </summary>
    public void BuildFrames(IFrameHost host)
    {
        ExitState outermost = _states[_stateCount - 1];
        int root = host.Top;
        int origin = host.BaseOf(root);
        int at = _valueCount - ValuesOf(outermost);
        host.SetPc(root, outermost.Frames[0].Pc);

        // The first value is the closure, which the frame already has.
        at = Write(outermost.Frames[0], host.Stack.AsSpan(origin), at + 1);
        PushInlined(host, outermost, origin, at);
        _valueCount -= ValuesOf(outermost);
        _stateCount--;
        BuildCalleeFrames(host, outermost, origin);
    }

    /// <summary>After <see cref="BuildCalleeFrames"/>: the index of the first frame that it built.</summary>
    public int Callee { get; private set; }

    /// <summary>Builds the frames of the callees of a region whose own frames are built.</summary>
    /// <param name="host">The interpreter.</param>
    /// <param name="caller">The state after the call.</param>
    /// <param name="origin">Where the registers of the region's root frame begin.</param>
    public void BuildCalleeFrames(IFrameHost host, ExitState caller, int origin)
    {
        Callee = host.Top + 1;
        while (_stateCount > 0)
        {
            SnapshotCallee callee = caller.Callee.GetValueOrDefault();
            int returnSlot = origin + callee.ReturnSlot;
            origin += callee.Base;
            caller = _states[--_stateCount];
            _valueCount -= ValuesOf(caller);
            int at = Push(host, caller.Frames[0], origin, returnSlot, _valueCount);
            PushInlined(host, caller, origin, at);
        }

        Forget();
    }

    private void Keep(in Value value)
    {
        if (_valueCount == _values.Length)
        {
            Array.Resize(ref _values, 2 * _valueCount);
        }

        _values[_valueCount++] = value;
    }

    private static int ValuesOf(ExitState state)
    {
        int count = 0;
        foreach (ExitFrame frame in state.Frames)
        {
            count += frame.Slots.Length + (frame.Closure is null ? 0 : 1);
        }

        return count;
    }

    private void PushInlined(IFrameHost host, ExitState state, int origin, int at)
    {
        for (int i = 1; i < state.Frames.Length; i++)
        {
            ExitFrame frame = state.Frames[i];
            at = Push(host, frame, origin + frame.Base, origin + frame.ReturnSlot, at);
        }
    }

    private int Push(IFrameHost host, ExitFrame frame, int position, int returnSlot, int at)
    {
        Deoptimizer.Push(host, frame, _values[at].Ref!, position, returnSlot);

        // Only now, because the push may have replaced the stack.
        return Write(frame, host.Stack.AsSpan(position), at + 1);
    }

    private int Write(ExitFrame frame, Span<Value> registers, int at)
    {
        foreach (ref readonly ExitSlot slot in frame.Slots.AsSpan())
        {
            registers[slot.Register].Assign(_values[at++]);
        }

        return at;
    }

    private void Forget()
    {
        if (_values.Length > MaxKept)
        {
            _values = new Value[InitialValues];
            _states = new ExitState[InitialStates];
            return;
        }

        // Otherwise the objects would stay alive.
        Array.Clear(_values, 0, _usedValues);
    }
}
