using System.Collections.Generic;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <content>
/// Instructions that the interpreter executes for the region, with all frames in its stacks, and errors: a handler in one of the region's frames is
/// gone on at in compiled code.
/// </content>
internal sealed partial class RegionBuilder
{
    /// <summary>An instruction that was seen to raise in more than one of so many executions is left to the interpreter, whose errors cost no exit.</summary>
    private const int RareRaises = 4;

    /// <summary>The interpreter executes the instruction for the region.</summary>
    private void Interpret(Instruction i)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        int target = row.JumpTarget(i, _pc);
        bool onlyRaises = i.Op is Opcode.Throw or Opcode.NoMatch;
        (FrameScope Scope, HandlerInfo Handler)? handler = row.MayThrow ? FindHandler() : null;
        if (_profile.Kind == RegionKind.Entry)
        {
            RequireRare(i);
        }

        if (_profile.Kind == RegionKind.Entry || i.Op == Opcode.Switch || (row.Ends && target < 0 && !(onlyRaises && handler is not null)))
        {
            EndWithExit();
            return;
        }

        IrNode node = _graph.NewNode(IrOp.Interpret, IrType.Int);
        node.Exit = NewSnapshot(_pc);
        Append(node);
        if (onlyRaises)
        {
            node.Payload = new HandlerTarget(handler!.Value.Scope.Depth, handler.Value.Handler.HandlerPc);
            GoToHandler(handler.Value.Scope, handler.Value.Handler);
            return;
        }

        if (handler is var (scope, info))
        {
            node.Payload = new HandlerTarget(scope.Depth, info.HandlerPc);
            ForkToHandler(node, scope, info);
        }

        GoOnBehind(i, node, target, row.IsBackEdge);
    }

    private void GoOnBehind(Instruction i, IrNode node, int target, bool isBackEdge)
    {
        Reload(RegisterUse.Writes(i));
        if (target < 0)
        {
            return;
        }

        if (isBackEdge)
        {
            InterpretedBackEdge(i, node, target);
            return;
        }

        IrNode jumped = Emit(IrOp.EqInt, IrType.Bool, node, Int(RegionRuntime.Jumped));
        Reload(RegisterUse.LoopVariables(i));
        InterpretedJump(jumped, target);
    }

    /// <summary>Whether errors come from this instruction itself so often that a guard's exit is no way to raise them.</summary>
    private bool RaisesOften => Profile.Raises * RareRaises > Profile.Visits && !_scope.Context.HasCallee(_pc);

    /// <summary>The first handler around the present instruction, in this frame or one further out, that takes a plain error.</summary>
    private (FrameScope Scope, HandlerInfo Handler)? FindHandler()
    {
        int pc = _pc;
        for (FrameScope? scope = _scope; scope is not null; pc = scope.CallPc, scope = scope.Caller)
        {
            foreach (HandlerInfo handler in scope.Code.Prototype.Handlers)
            {
                if (handler.IsEntered && handler.Covers(pc))
                {
                    return (scope, handler);
                }
            }
        }

        return null;
    }

    private void ForkToHandler(IrNode node, FrameScope scope, HandlerInfo handler)
    {
        Incoming on = Fork(Emit(IrOp.EqInt, IrType.Bool, node, Int(RegionRuntime.Handled)));
        GoToHandler(scope, handler);
        TakeUp(on);
    }

    /// <summary>
    /// The interpreter has taken an error to a handler, and the frames above its frame away; control goes on there. Other paths of the frame, which
    /// may be one further out, are not concerned.
    /// </summary>
    private void GoToHandler(FrameScope scope, HandlerInfo handler)
    {
        (FrameScope inner, int pc) = (_scope, _pc);
        (IrNode?[] registers, bool[] dirty) = (scope.Registers, scope.IsDirty);
        scope.Registers = (IrNode?[])registers.Clone();
        scope.IsDirty = (bool[])dirty.Clone();
        _scope = scope;
        Reload(new RegisterSpan(handler.Register, handler.Registers));
        if (handler.Kind == HandlerKind.Finally)
        {
            // The mark of an error, in place of the way that the block was entered on otherwise.
            SetRegister(handler.Register, Int(-1));
        }

        Continue(handler.HandlerPc, isSeen: false);
        (scope.Registers, scope.IsDirty) = (registers, dirty);
        (_scope, _pc) = (inner, pc);
    }

    /// <summary>The end of a finally block: throws the error on that it was entered with, if it was.</summary>
    private bool BuildEndFinally(Instruction i)
    {
        IrNode entered = Operand(i.A, Profile.A);
        if (entered.Type != IrType.Int)
        {
            return false;
        }

        if (entered.Op == IrOp.ConstInt)
        {
            return entered.Bits != -1;
        }

        IrNode isError = Emit(IrOp.EqInt, IrType.Bool, entered, Int(-1));
        if (FindHandler() is null)
        {
            Guarded(IrOp.GuardNot, IrType.None, isError);
            return true;
        }

        Incoming raises = Fork(Negated(isError));
        List<Incoming> ends = [];
        EndArm(ends);
        TakeUp(raises);
        Interpret(i);
        EndArm(ends);
        JoinArms(ends);
        return true;
    }

    /// <summary>Both ways of a jump that the interpreter took: it can't be taken again, so an arm that was never seen exits behind it.</summary>
    private void InterpretedJump(IrNode jumped, int target) =>
        BranchBehind(jumped, target, _pc + 1, Profile.Jumped > 0, Profile.Jumped < Profile.Visits);

    /// <summary>A step of a loop that the interpreter made, and charged when there was a next element.</summary>
    private void InterpretedBackEdge(Instruction i, IrNode node, int target)
    {
        Incoming end = Fork(Emit(IrOp.EqInt, IrType.Bool, node, Int(RegionRuntime.Jumped)));
        int pc = _pc;
        Reload(RegisterUse.LoopVariables(i));
        GoTo(target);
        _pc = pc;
        TakeUp(end);
        Continue(pc + 1, true);
    }

    /// <summary>
    /// Goes on at an instruction; the region ends there when it was not seen. A recording from there sees the instruction and not the jump to it: so
    /// what was recorded at all counts as seen.
    /// </summary>
    private void Continue(int target, bool isSeen)
    {
        if (isSeen || _scope.Context.ProfileAt(target) is not null)
        {
            GoTo(target);
            return;
        }

        _pc = target;
        EndWithExit();
    }

    /// <summary>What the interpreter wrote is read from its registers.</summary>
    private void Reload(RegisterSpan span)
    {
        for (int register = span.First; register < span.End; register++)
        {
            IrNode value = _graph.NewNode(IrOp.LoadRegister, IrType.Any);
            value.Bits = _scope.Base + register;
            Append(value);
            _scope.Registers[register] = value;
            _scope.IsDirty[register] = _scope.Caller is not null;
        }
    }
}
