using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>The loop's instructions, executed one at a time: see <see cref="Dispatch"/>.</content>
internal sealed partial class Interpreter
{
    /// <summary>The operation of two registers that one with an operand in the instruction abbreviates.</summary>
    private static Opcode PlainOf(Opcode op) => op switch
    {
        Opcode.AddInt or Opcode.AddConst => Opcode.Add,
        Opcode.SubInt or Opcode.SubConst => Opcode.Sub,
        Opcode.MulInt or Opcode.MulConst => Opcode.Mul,
        Opcode.DivInt or Opcode.DivConst => Opcode.Div,
        Opcode.ModInt => Opcode.Mod,
        Opcode.BitAndInt => Opcode.BitAnd,
        Opcode.ShlInt => Opcode.Shl,
        _ => Opcode.Shr,
    };

    private void LoadSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        ref Value target = ref _stack[origin + i.A];
        switch (i.Op)
        {
            case Opcode.Move:
                target.Assign(_stack[origin + i.B]);
                return;
            case Opcode.LoadConst:
                target.Assign(linked.Constants[i.Wide]);
                return;
            case Opcode.LoadInt:
                target.SetInt(i.Wide);
                return;
            case Opcode.LoadNil:
                target = default;
                return;
            case Opcode.LoadBool:
                target.SetBool(i.B != 0);
                return;
        }
    }

    private void AccessSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        ref Value register = ref _stack[origin + i.A];
        switch (i.Op)
        {
            case Opcode.GetModule:
                ref Value slot = ref linked.Module.Slots[i.Wide];
                if (slot.IsUnset)
                {
                    ThrowUsedBeforeDeclaration(linked.Module.Compiled!.Variables[i.Wide].Name);
                }

                register.Assign(slot);
                return;
            case Opcode.SetModule:
                linked.Module.Slots[i.Wide].Assign(register);
                return;
            case Opcode.GetCapture:
                register.Assign(_frames[_top].Closure.Captures[i.B]);
                return;
            case Opcode.GetUpvalue:
                register.Assign(ReadUpvalue(_frames[_top].Closure.Captures[i.B], linked.Prototype.Captures[i.B].Name));
                return;
            case Opcode.SetUpvalue:
                Unsafe.As<Upvalue>(_frames[_top].Closure.Captures[i.B].Ref!).Value.Assign(register);
                return;
            case Opcode.LoadUpvalue:
                register.Assign(ReadUpvalue(_stack[origin + i.B], "variable"));
                return;
            default:
                Unsafe.As<Upvalue>(register.Ref!).Value.Assign(_stack[origin + i.B]);
                return;
        }
    }

    private static Value ReadUpvalue(in Value box, string name)
    {
        Upvalue upvalue = Unsafe.As<Upvalue>(box.Ref!);
        if (upvalue.Value.IsUnset)
        {
            ThrowUsedBeforeDeclaration(name);
        }

        return upvalue.Value;
    }

    private void CompareSingle(Instruction i, int origin)
    {
        if (i.Op == Opcode.Neg)
        {
            NegateSlow(i.A, _stack[origin + i.B]);
            return;
        }

        bool result = i.Op switch
        {
            Opcode.Not => !_stack[origin + i.B].IsTruthy,
            Opcode.Eq => EqualSlow(_stack[origin + i.B], _stack[origin + i.C]),
            Opcode.Ne => !EqualSlow(_stack[origin + i.B], _stack[origin + i.C]),
            Opcode.Lt => LessSlow(_stack[origin + i.B], _stack[origin + i.C]),
            _ => LessOrEqualSlow(_stack[origin + i.B], _stack[origin + i.C]),
        };
        _stack[origin + i.A].SetBool(result);
    }

    private void JumpSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        if (i.Op == Opcode.Switch)
        {
            _frames[_top].Pc = SwitchTarget(linked, i.Wide, _stack[origin + i.A]);
            return;
        }

        if (i.Op <= Opcode.JumpIfSet)
        {
            _frames[_top].Pc += Tests(i.Op, _stack[origin + i.A]) ? i.Wide : 0;
            return;
        }

        bool taken = i.Op switch
        {
            Opcode.JumpEqConst => EqualSlow(_stack[origin + i.A], linked.Constants[i.B]),
            Opcode.JumpNeConst => !EqualSlow(_stack[origin + i.A], linked.Constants[i.B]),
            >= Opcode.JumpEqInt => ComparesToInt(i.Op, _stack[origin + i.A], Value.FromInt(i.SignedB)),
            _ => Compares(i.Op, _stack[origin + i.A], _stack[origin + i.B]),
        };
        _frames[_top].Pc += taken ? i.SignedC : 0;
    }

    private static bool Tests(Opcode op, in Value value) => op switch
    {
        Opcode.JumpIf => value.IsTruthy,
        Opcode.JumpIfNot => !value.IsTruthy,
        Opcode.JumpIfNil => value.IsNil,
        Opcode.JumpIfNotNil => !value.IsNil,
        Opcode.JumpIfSet => !value.IsUnset,
        _ => true,
    };

    private bool Compares(Opcode op, in Value x, in Value y) => op switch
    {
        Opcode.JumpEq => EqualSlow(x, y),
        Opcode.JumpNe => !EqualSlow(x, y),
        Opcode.JumpLt => LessSlow(x, y),
        Opcode.JumpLe => LessOrEqualSlow(x, y),
        Opcode.JumpNotLt => !LessSlow(x, y),
        _ => !LessOrEqualSlow(x, y),
    };

    private bool ComparesToInt(Opcode op, in Value x, in Value y) => op switch
    {
        Opcode.JumpEqInt => EqualSlow(x, y),
        Opcode.JumpNeInt => !EqualSlow(x, y),
        Opcode.JumpLtInt => LessSlow(x, y),
        Opcode.JumpLeInt => LessOrEqualSlow(x, y),
        Opcode.JumpGtInt => LessSlow(y, x),
        Opcode.JumpGeInt => LessOrEqualSlow(y, x),
        Opcode.JumpNotLtInt => !LessSlow(x, y),
        Opcode.JumpNotLeInt => !LessOrEqualSlow(x, y),
        Opcode.JumpNotGtInt => !LessSlow(y, x),
        _ => !LessOrEqualSlow(y, x),
    };

    private void LoopSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        switch (i.Op)
        {
            case Opcode.LoopHead:
                Charge(linked.Loops[i.A].Cost);
                return;
            case Opcode.ForPrep:
                _frames[_top].Pc += PrepareExclusive(ref _stack[origin + i.A]) ? 0 : i.Wide;
                return;
        }

        // A generator that was resumed comes to the back-edge when it yields.
        bool goesOn = i.Op == Opcode.ForLoop
            ? AdvanceIndex(ref _stack[origin + i.A])
            : AdvanceIteration(i.A, i.Op == Opcode.ForEachPair) == Advance.Value;
        if (goesOn)
        {
            TakeBackEdge(i, linked);
        }
    }

    private bool PrepareExclusive(ref Value index)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        if (!index.IsInt || !limit.IsInt)
        {
            return PrepareBigRange(ref index, false);
        }

        if (index.Bits >= limit.Bits)
        {
            return false;
        }

        Unsafe.Add(ref index, 2).SetInt(index.Bits);
        return true;
    }

    private bool AdvanceIndex(ref Value index)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        long next = index.Bits + 1;
        if (next >= limit.Bits)
        {
            return !limit.IsInt && AdvanceBigRange(ref index);
        }

        index.Bits = next;
        Unsafe.Add(ref index, 2).SetInt(next);
        return true;
    }

    private void TakeBackEdge(Instruction i, LinkedPrototype linked)
    {
        int behind = _frames[_top].Pc;
        ChargeBackEdge(linked.Loops[i.B].Cost, behind, behind + i.SignedC);
    }

    private void MemberSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        switch (i.Op)
        {
            case Opcode.GetField:
                GetFieldSlow(i.A, i.B, linked.Sites[i.C]);
                return;
            case Opcode.SetField:
                SetFieldSlow(_stack[origin + i.A], _stack[origin + i.B], linked.Sites[i.C]);
                return;
            case Opcode.GetIndex:
                GetIndexSlow(i.A, _stack[origin + i.B], _stack[origin + i.C]);
                return;
            case Opcode.GetIndexInt:
                GetIndexSlow(i.A, _stack[origin + i.B], Value.FromInt(i.SignedC));
                return;
            case Opcode.SetIndex:
                SetIndexSlow(_stack[origin + i.A], _stack[origin + i.B], _stack[origin + i.C]);
                return;
            default:
                CheckSlotSlow(linked.SlotType(i.Wide), ref _stack[origin + i.A]);
                return;
        }
    }

    private void CallSingle(Instruction i, LinkedPrototype linked, int origin)
    {
        int window = origin + i.A;
        switch (i.Op)
        {
            case Opcode.Call:
                CallSlow(window, i.C);
                return;
            case Opcode.CallProc:
                Enter(Unsafe.As<Closure>(linked.Module.Slots[i.B].Ref!), window + 1, window, FrameFlags.None);
                return;
            case Opcode.CallMethod:
                CallMethodSlow(window, i.C, linked.Sites[i.B]);
                return;
            case Opcode.CallBuiltin:
                CallBuiltinSlow(linked.Module.Builtins[i.B] ?? ResolveBuiltin(linked.Module, i.B), window, i.C);
                return;
            default:
                NewStruct(Unsafe.As<Shape>(linked.Module.Slots[i.B].Ref!), window, i.C);
                return;
        }
    }
}
