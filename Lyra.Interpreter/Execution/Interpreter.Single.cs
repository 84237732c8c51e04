using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// One instruction on its own, as compiled code has it executed where it has no code for it. It means what it means in the loop, charges what it
/// charges there, and raises at the same position; only back-edges are not counted as heat. The frames that it pushes run to their end inside it,
/// in a nested run of the loop that counts no frame besides them.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// Does the loop's work one step at a time where it is set: <see cref="ExecuteOne"/>, or what comes to the same, such as leaving and entering a
    /// region. False as there; the loop runs then where nothing is pending. What a script does must not depend on it.
    /// </summary>
    public Func<bool>? SingleStep { get; set; }

    /// <summary>
    /// Executes the instruction at the running frame's position. Behind it, or where it jumped to, the frame stands afterwards.
    /// </summary>
    /// <returns>
    /// False when the frame can't go on now; <see cref="SettlePending"/> says how to go on. Either an error left the instruction and is pending. Or
    /// the instruction is one that the loop alone can execute, because it leaves or suspends the running frame (return, yield, waiting for a task or
    /// channel): nothing has happened then, and the frame stands at it. Or a module that it imports waits for a task.
    /// </returns>
    public bool ExecuteOne()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return ExecuteOneApart();
        }

        int protectedCount = _protected.Count;
        try
        {
            return ExecuteSingle();
        }
        catch (Exception e)
        {
            // All, on purpose, as in ExecuteOnce.
            PassTime(CatchTime);
            return Pend(ErrorFrom(e) ?? FaultFrom(e), protectedCount);
        }
    }

    private LoopExit ExecuteSingly(Func<bool> step)
    {
        while (step())
        {
        }

        return _pendingError is not null || _isWaitPending ? SettlePending() : Execute();
    }

    /// <summary>On a native stack of its own. A method of its own, because the closure would be allocated by every call otherwise.</summary>
    private bool ExecuteOneApart()
    {
        bool done = false;
        WithNativeStack(() => done = ExecuteOne());
        return done;
    }

    /// <summary>Leaves the error of a call of the host pending, in the running frame; false when the exception is none of the script's.</summary>
    private bool TryPend(Exception exception, int protectedCount)
    {
        if (ErrorFrom(exception) is not { } error)
        {
            return false;
        }

        Pend(error, protectedCount);
        return true;
    }

    private bool Pend(ErrorObject error, int protectedCount)
    {
        UnprotectTo(protectedCount);
        _pendingError = error;
        return false;
    }

    private bool ExecuteSingle()
    {
        int top = _top;
        ref Frame frame = ref _frames[top];
        LinkedPrototype linked = frame.Closure.Code;

        // Not from the linked code, which is full of traps while a recording runs.
        Instruction i = linked.Prototype.Code[frame.Pc];
        if (LeavesFrame(i, frame.Base))
        {
            return false;
        }

        frame.Pc++;
        if (i.Op == Opcode.Throw || (i.Op == Opcode.EndFinally && Registers(frame.Base + i.A) is { IsInt: true, Bits: -1 }))
        {
            _pendingError = ErrorOf(Registers(frame.Base + (i.Op == Opcode.Throw ? i.A : i.A + 1)));
            return false;
        }

        Dispatch(i, linked, frame.Base);
        return _top == top || RunNested(top + 1);
    }

    /// <summary>Whether an instruction ends or suspends the running frame, or may.</summary>
    private bool LeavesFrame(Instruction i, int origin) => i.Op switch
    {
        Opcode.Return or Opcode.ReturnNil or Opcode.Yield => true,
        Opcode.Await => Registers(origin + i.B).Ref is TaskObject { IsDone: false },
        Opcode.ForEach or Opcode.ForEachPair => Registers(origin + i.A).Ref is ChannelObject,
        _ => false,
    };

    /// <summary>
    /// Runs the frame that an instruction has pushed, and all above it, to its end; its result goes to where the instruction wants it.
    /// </summary>
    /// <returns>False when an error left it, which is pending then, or when the top level of a module in it waits.</returns>
    private bool RunNested(int entry)
    {
        _frames[entry].Flags |= FrameFlags.Nested;
        if (TryRunToExit(entry) == LoopExit.Failed)
        {
            _pendingError = _failure;
            _failure = null;
            return _pendingError is null;
        }

        if (_top < entry)
        {
            return true;
        }

        // The frames stay, to be gone on with as plain ones when the task is finished.
        _frames[entry].Flags &= ~FrameFlags.Nested;
        _isWaitPending = true;
        return false;
    }

    /// <summary>
    /// The opcodes by what they have in common. Those that the loop itself executes are here; all others are <see cref="ExecuteCold"/>'s. The frame's
    /// position is behind the instruction. Operands are handed over by reference into the register stack, as in the loop.
    /// </summary>
    private void Dispatch(Instruction i, LinkedPrototype linked, int origin)
    {
        switch (i.Op)
        {
            case >= Opcode.Nop and <= Opcode.LoadBool:
                LoadSingle(i, linked, origin);
                return;
            case Opcode.GetModule or Opcode.SetModule or Opcode.GetCapture or Opcode.GetUpvalue or Opcode.SetUpvalue
                or Opcode.LoadUpvalue or Opcode.StoreUpvalue:
                AccessSingle(i, linked, origin);
                return;
            case Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod or Opcode.BitAnd or Opcode.Shr:
                BinarySlow(i.Op, i.A, _stack[origin + i.B], _stack[origin + i.C]);
                return;
            case Opcode.AddInt or Opcode.SubInt or Opcode.MulInt or Opcode.DivInt or Opcode.ModInt or Opcode.BitAndInt or Opcode.ShrInt or Opcode.ShlInt:
                BinarySlow(PlainOf(i.Op), i.A, _stack[origin + i.B], Value.FromInt(i.SignedC));
                return;
            case Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst:
                BinarySlow(PlainOf(i.Op), i.A, _stack[origin + i.B], linked.Constants[i.C]);
                return;
            case Opcode.Neg or Opcode.Not or Opcode.Eq or Opcode.Ne or Opcode.Lt or Opcode.Le:
                CompareSingle(i, origin);
                return;
            case >= Opcode.Jump and <= Opcode.Switch:
                JumpSingle(i, linked, origin);
                return;
            case Opcode.LoopHead or Opcode.ForPrep or Opcode.ForLoop or Opcode.ForEach or Opcode.ForEachPair:
                LoopSingle(i, linked, origin);
                return;
            case Opcode.GetField or Opcode.SetField or Opcode.GetIndex or Opcode.GetIndexInt or Opcode.SetIndex or Opcode.CheckSlot:
                MemberSingle(i, linked, origin);
                return;
            case Opcode.Call or Opcode.CallProc or Opcode.CallMethod or Opcode.CallBuiltin or Opcode.NewStruct:
                CallSingle(i, linked, origin);
                return;
            default:
                ExecuteCold(i, ref Registers(origin), linked);
                return;
        }
    }
}
