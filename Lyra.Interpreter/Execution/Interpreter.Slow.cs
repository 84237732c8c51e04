using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The instructions whose usual case the loop executes itself, in all other cases. The loop comes here by one jump for all of them, so that
/// its method stays small and its state stays in machine registers.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>Executes an instruction completely. The frame's position is up to date.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cold ExecuteSlow(in Instruction instruction, ref Value registers, LinkedPrototype linked)
    {
        Instruction i = instruction;
        switch (i.Op)
        {
            case Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod or Opcode.Pow
                or Opcode.BitAnd or Opcode.BitOr or Opcode.BitXor or Opcode.Shl or Opcode.Shr:
                return AfterHook(BinarySlow(i.Op, i.A, At(ref registers, i.B), At(ref registers, i.C)));
            case Opcode.AddInt or Opcode.SubInt or Opcode.MulInt or Opcode.DivInt or Opcode.ModInt
                or Opcode.BitAndInt or Opcode.ShlInt or Opcode.ShrInt:
                return AfterHook(BinarySlow(OpcodeInfo.Of(i.Op).Plain, i.A, At(ref registers, i.B), Value.FromInt(i.SignedC)));
            case Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst:
                return AfterHook(BinarySlow(OpcodeInfo.Of(i.Op).Plain, i.A, At(ref registers, i.B), linked.Constants[i.C]));
            case Opcode.Neg:
                return AfterHook(NegateSlow(i.A, At(ref registers, i.B)));
            case Opcode.Eq or Opcode.Ne or Opcode.Lt or Opcode.Le:
                bool holds = Compare(i.Op, At(ref registers, i.B), At(ref registers, i.C));
                Stack.At(Stack.Running.Base + i.A).SetBool(holds);
                return Cold.Next;
            case Opcode.JumpLt or Opcode.JumpLe or Opcode.JumpNotLt or Opcode.JumpNotLe:
                return JumpWhen(Compare(i.Op, At(ref registers, i.A), At(ref registers, i.B)), i.SignedC);
            case Opcode.JumpEqInt or Opcode.JumpNeInt or Opcode.JumpLtInt or Opcode.JumpLeInt or Opcode.JumpGtInt or Opcode.JumpGeInt
                or Opcode.JumpNotLtInt or Opcode.JumpNotLeInt or Opcode.JumpNotGtInt or Opcode.JumpNotGeInt:
                return JumpWhen(Compare(i.Op, At(ref registers, i.A), Value.FromInt(i.SignedB)), i.SignedC);
            case Opcode.ForPrep:
                return JumpWhen(!RangeLoops.Prepare(this, ref At(ref registers, i.A)), i.Wide);
            case Opcode.ForPrepInclusive:
                return JumpWhen(!RangeLoops.PrepareInclusive(this, ref At(ref registers, i.A)), i.Wide);
            case Opcode.SetField:
                SetFieldSlow(At(ref registers, i.A), At(ref registers, i.B), linked.Sites[i.C]);
                return Cold.Next;
            case Opcode.GetIndexInt:
                return AfterHook(GetIndexSlow(i.A, At(ref registers, i.B), Value.FromInt(i.SignedC)));
            case Opcode.CheckSlot:
                CheckSlotSlow(linked.SlotType(i.Wide), ref At(ref registers, i.A));
                return Cold.Next;
            case Opcode.TestType or Opcode.FindType or Opcode.TestList or Opcode.TestListPrefix or Opcode.TestTuple
                or Opcode.TestTuplePrefix or Opcode.TestMap or Opcode.TestMapPrefix or Opcode.TestRange or Opcode.Length:
                PatternInstructions.Execute(i, ref registers, linked);
                return Cold.Next;
            case Opcode.IterPrep:
                PrepareIteration(i.A, i.B, i.C);
                return Cold.Next;
            case Opcode.CloseIter or Opcode.Slice or Opcode.NewList or Opcode.NewTyped or Opcode.NewTuple
                or Opcode.NewMap or Opcode.NewRange or Opcode.NewRangeInclusive or Opcode.Append or Opcode.Extend
                or Opcode.SetElementType or Opcode.Unpack:
                ExecuteContainer(i, ref registers, linked);
                return Cold.Next;
            default:
                return ExecuteCold(i, ref registers, linked);
        }
    }

    private static Cold AfterHook(bool isPushed) => isPushed ? Cold.Reload : Cold.Next;

    private Cold JumpWhen(bool isTaken, int offset)
    {
        if (!isTaken) return Cold.Next;
        Stack.Running.Pc += offset;
        return Cold.Reload;
    }

    /// <summary>The comparison that an instruction makes, whether it stores the result or jumps.</summary>
    private bool Compare(Opcode op, in Value x, in Value y)
    {
        OpcodeInfo row = OpcodeInfo.Of(op);
        bool holds = (row.Plain, row.Has(OpTraits.Swaps)) switch
        {
            (Opcode.Lt, false) => LessSlow(x, y),
            (Opcode.Lt, true) => LessSlow(y, x),
            (Opcode.Le, false) => LessOrEqualSlow(x, y),
            (Opcode.Le, true) => LessOrEqualSlow(y, x),
            _ => EqualSlow(x, y),
        };
        return holds != row.Has(OpTraits.Negates);
    }
}
