using System;
using System.Collections.Generic;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>
/// Executes a script in place of the interpreter's loop and simulates a region with random exits. It treats the topmost frames as inlined
/// in the frame below them, stores their values into the exit buffers, removes the frames and overwrites their registers. Then the
/// deoptimizer rebuilds the frames, or the interpreter executes one instruction in them.
/// </summary>
internal sealed class DeoptimizingDriver
{
    private const int MaxInlined = 3;

    private readonly Engine _interpreter;
    private readonly Random _random;
    private readonly ExitBuffers _buffers;
    private int _ints;
    private int _floats;
    private int _objects;

    public DeoptimizingDriver(Engine interpreter, int seed)
    {
        _interpreter = interpreter;
        _random = new Random(seed);
        _buffers = interpreter.EnsureExits();
    }

    /// <summary>The number of exits that rebuilt more than one frame.</summary>
    public int NestedExits { get; private set; }

    private IFrameHost Host => _interpreter.FrameView;

    /// <summary>Takes one step. False if the interpreter's loop must continue for a while.</summary>
    public bool Step()
    {
        switch (_random.Next(8))
        {
            case 0:
                RunLoopShortly();
                return false;
            case 1 or 2 when TryCapture(out ExitState? state, out int root):
                Deoptimizer.Restore(Host, state!, root);
                return _interpreter.ExecuteOne();
            case 3 or 4 when TryCapture(out ExitState? state, out _):
                return Interpret(state!);
            default:
                return _interpreter.ExecuteOne();
        }
    }

    /// <summary>
    /// Reduces the budget, so that the interpreter's loop soon returns with frames on the stack. The number of steps taken stays the same.
    /// </summary>
    private void RunLoopShortly()
    {
        long budget = Math.Min(_interpreter.Budget.Left, _random.Next(60));
        _interpreter.Budget.Granted -= _interpreter.Budget.Left - budget;
        _interpreter.Budget.Left = budget;
    }

    private bool Interpret(ExitState state)
    {
        int top = Host.Top + state.Frames.Length - 1;
        RegionData data = new() { Frames = Host, States = [state] };
        _interpreter.InRegion = true;
        int result = RegionRuntime.CallInterpreter(data, _interpreter, 0);
        _interpreter.InRegion = false;
        if (result == CallOutResult.Raised)
        {
            return false;
        }

        // The removed frames are still on the stack, above the running one.
        Host.PopTo(top);
        return true;
    }

    /// <summary>
    /// Removes a random number of frames above the one that becomes the root. False if their values do not fit the exit buffers.
    /// </summary>
    private bool TryCapture(out ExitState? state, out int root)
    {
        Frame[] frames = _interpreter.Stack.Frames;
        root = Host.Top;
        int most = _random.Next(MaxInlined + 1);
        while (root > 0 && Host.Top - root < most && frames[root].Flags is FrameFlags.None or FrameFlags.Discard)
        {
            root--;
        }

        _ints = _floats = _objects = 0;
        ExitFrame[] captured = new ExitFrame[Host.Top - root + 1];
        for (int i = 0; i < captured.Length; i++)
        {
            captured[i] = Capture(frames[root + i], root + i, frames[root].Base, i > 0);
        }

        state = null;
        if (Math.Max(_ints, Math.Max(_floats, _objects)) > ExitBuffers.Capacity)
        {
            return false;
        }

        state = new ExitState(captured);
        NestedExits += captured.Length > 1 ? 1 : 0;
        Spoil(frames, root);
        Host.PopTo(root);
        return true;
    }

    private ExitFrame Capture(in Frame frame, int index, int origin, bool isInlined)
    {
        List<ExitSlot> slots = [];
        for (int register = 0; register < CountOf(frame, index); register++)
        {
            slots.Add(Slot(register, Host.Stack[frame.Base + register]));
        }

        return new ExitFrame
        {
            Code = frame.Closure.Code,
            Pc = frame.Pc,
            Base = frame.Base - origin,
            ReturnSlot = frame.ReturnSlot - origin,
            DropsResult = frame.Flags == FrameFlags.Discard,
            Closure = isInlined ? Slot(0, Value.FromObject(frame.Closure)) : null,
            Slots = [.. slots],
        };
    }

    /// <summary>The number of the frame's registers, without those of its callee.</summary>
    private int CountOf(in Frame frame, int index)
    {
        int count = frame.Closure.Code.RegisterCount;
        return index == Host.Top ? count : Math.Min(count, Host.BaseOf(index + 1) - frame.Base);
    }

    private ExitSlot Slot(int register, in Value value)
    {
        int way = _random.Next(4);
        if (way == 0)
        {
            return new ExitSlot(register, ExitSource.Constant, 0, value);
        }

        if (way == 1)
        {
            int index = Math.Max(_ints, _objects);
            _ints = _objects = index + 1;
            Put(_buffers.Ints, index, value.Bits);
            Put(_buffers.Objects, index, new ExitReference(value.Ref));
            return new ExitSlot(register, ExitSource.Any, index, default, index);
        }

        if (value.IsFloat)
        {
            Put(_buffers.Floats, _floats, value.AsFloat);
            return new ExitSlot(register, ExitSource.Float, _floats++, default);
        }

        if (value.IsInt || value.IsBool)
        {
            Put(_buffers.Ints, _ints, value.Bits);
            return new ExitSlot(register, value.IsInt ? ExitSource.Int : ExitSource.Bool, _ints++, default);
        }

        if (value.Ref is not ScriptObject)
        {
            return new ExitSlot(register, ExitSource.Constant, 0, value);
        }

        Put(_buffers.Objects, _objects, new ExitReference(value.Ref));
        return new ExitSlot(register, ExitSource.Object, _objects++, default);
    }

    private static void Put<T>(T[] buffer, int index, T value)
    {
        if (index < buffer.Length)
        {
            buffer[index] = value;
        }
    }

    private void Spoil(Frame[] frames, int root)
    {
        for (int index = root; index <= Host.Top; index++)
        {
            Host.SetPc(index, int.MaxValue);
            Host.Stack.AsSpan(frames[index].Base, CountOf(frames[index], index)).Fill(Value.FromInt(0xDEAD));
        }

        for (int index = root + 1; index <= Host.Top; index++)
        {
            frames[index] = default;
        }
    }
}
