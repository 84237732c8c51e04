using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Deoptimization;

/// <summary>
/// The frames of compiled procs that are being left, because one of them was left early (docs/decisions/0008). Each notes its own on the way out, the
/// innermost first; whoever entered compiled code puts them all into the interpreter's stacks, the outermost first. One per engine.
/// </summary>
internal sealed class Unwinding
{
    private const int InitialStates = 16;
    private const int InitialValues = 128;

    /// <summary>Sizes beyond which the arrays are not kept for the next time.</summary>
    private const int MaxKept = 1 << 14;

    private ExitState[] _states = new ExitState[InitialStates];
    private Value[] _values = new Value[InitialValues];
    private int _stateCount;
    private int _valueCount;
    private int _usedValues;

    /// <summary>The region that was left, from which all others follow; null when it was one that leaves at once.</summary>
    public Region? Region { get; private set; }

    /// <summary>The number of the guard through which it was left.</summary>
    public int Guard { get; private set; }

    /// <summary>Regions that were left.</summary>
    public int Depth { get; private set; }

    /// <summary>Forgets what was before: a region is left early.</summary>
    public void Begin(Region? region, int guard)
    {
        _stateCount = 0;
        _valueCount = 0;
        Depth = 0;
        Region = region;
        Guard = guard;
    }

    /// <summary>Notes the frames of a region from what it put into the exit buffers.</summary>
    public void Add(ExitState state, ExitBuffers buffers)
    {
        if (_stateCount == _states.Length)
        {
            Array.Resize(ref _states, 2 * _stateCount);
        }

        _states[_stateCount++] = state;
        Depth++;
        Deoptimizer.MakeObjects(state, buffers);
        foreach (ExitFrame frame in state.Frames)
        {
            if (frame.Closure is { } closure)
            {
                Keep(Deoptimizer.Read(closure, buffers));
            }

            foreach (ref readonly ExitSlot slot in frame.Slots.AsSpan())
            {
                Keep(Deoptimizer.Read(slot, buffers));
            }
        }

        _usedValues = _valueCount;
        Array.Clear(buffers.Objects, 0, state.ObjectCount);
    }

    /// <summary>
    /// Builds all frames above the running one, which is the root frame of the outermost region: it has been pushed by the interpreter.
    /// </summary>
    public void LayOut(IFrameHost host)
    {
        ExitState outermost = _states[_stateCount - 1];
        int root = host.Top;
        int origin = host.BaseOf(root);
        int at = _valueCount - ValuesOf(outermost);
        host.SetPc(root, outermost.Frames[0].Pc);

        // The first value is the closure, which the frame has.
        at = Write(outermost.Frames[0], host.Stack.AsSpan(origin), at + 1);
        PushInlined(host, outermost, origin, at);
        _valueCount -= ValuesOf(outermost);
        _stateCount--;
        LayOutCallees(host, outermost, origin);
    }

    /// <summary>Builds the frames of what a region has called, whose own frames are there.</summary>
    /// <param name="host">The interpreter.</param>
    /// <param name="caller">The state behind the call.</param>
    /// <param name="origin">Where the registers of the region's root frame begin.</param>
    public void LayOutCallees(IFrameHost host, ExitState caller, int origin)
    {
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

        // Only now, because the stack may be another one.
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

        // What stays in it would stay alive.
        Array.Clear(_values, 0, _usedValues);
    }
}
