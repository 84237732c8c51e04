using System.Diagnostics;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Comparisons to a register, and conditional jumps.</summary>
internal sealed class JumpLowering(BuildParts parts, Comparisons comparisons) : Lowering(parts)
{
    public bool Jump(Instruction i)
    {
        // A jump to the next instruction does not end a block.
        int target = Target(i);
        if (target != Pc + 1)
        {
            Paths.GoTo(target);
        }

        return true;
    }

    /// <summary>Jumps on the truth of R[A].</summary>
    public bool OnTruth(Instruction i, bool jumpsWhenTrue) => JumpWhen(Ir.Truth(Registers.Operand(i.A, Profile.A)), i, jumpsWhenTrue);

    /// <summary>Jumps on R[A] being nil.</summary>
    public bool OnNil(Instruction i, bool jumpsWhenNil) => JumpWhen(Ir.IsNil(Registers.Get(i.A)), i, jumpsWhenNil);

    /// <summary>Jumps when R[A] is an argument that was passed.</summary>
    public bool OnSet(Instruction i) => JumpWhen(Ir.IsUnset(Registers.Get(i.A)), i, jumpsWhenTrue: false);

    /// <summary>R[A] := the comparison of R[B] and R[C].</summary>
    public bool CompareToRegister(Instruction i)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        IrNode x = Registers.Operand(i.B, Profile.B);
        IrNode? result = comparisons.Compare(row.Plain, x, Registers.Operand(i.C, Profile.C), Profile.B, Profile.C);
        return result is not null && Set(i.A, row.Has(OpTraits.Negates) ? Ir.Not(result) : result);
    }

    /// <summary>Jumps on the comparison of R[A] with R[B], the int B or the constant B.</summary>
    public bool OnComparison(Instruction i)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        bool jumpsWhenTrue = !row.Has(OpTraits.Negates);
        if (row.B == OperandKind.Constant && Frame.Code.Constants[i.B].IsNil && OnNilOrOther(i, jumpsWhenTrue))
        {
            return true;
        }

        IrNode x = Registers.Operand(i.A, Profile.A);
        IrNode y = row.B switch
        {
            OperandKind.Read => Registers.Operand(i.B, Profile.B),
            OperandKind.Constant => Ir.ConstantOf(Frame.Code.Constants[i.B]),
            OperandKind.Immediate => Ir.Int(i.SignedB),
            _ => throw new UnreachableException($"{i.Op} does not compare."),
        };
        IrNode? condition = row.Has(OpTraits.Swaps)
            ? comparisons.Compare(row.Plain, y, x, Profile.B, Profile.A)
            : comparisons.Compare(row.Plain, x, y, Profile.A, Profile.B);
        return condition is not null && JumpWhen(condition, i, jumpsWhenTrue);
    }

    /// <summary>
    /// Jumps on the equality with nil of a value that was recorded as nil and as one other representation: each path knows which one it
    /// has.
    /// </summary>
    private bool OnNilOrOther(Instruction i, bool jumpsWhenNil)
    {
        IrNode value = Registers.Get(i.A);
        if (!value.IsUnknown || OtherThanNil(Profile.A) is not { } other)
        {
            return false;
        }

        (int target, int next) = (Target(i), Pc + 1);
        Path whenOther = Paths.Fork(Ir.IsNil(value));
        Paths.GoTo(jumpsWhenNil ? target : next);
        Paths.Resume(whenOther);
        Registers.NarrowTo(other, value);
        Paths.GoTo(jumpsWhenNil ? next : target);
        return true;
    }

    /// <summary>The recorded representation besides nil, when comparing it with nil calls no hook; null otherwise.</summary>
    private static Representation? OtherThanNil(ObservedType? seen)
    {
        if (seen is null || (seen.Kinds & ObservedKinds.Nil) == 0)
        {
            return null;
        }

        Representation other = Representation.Of(seen, ObservedKinds.Nil);
        return other.Type == IrType.Any || other.Shape?.Hooks.Equals is not null ? null : other;
    }

    private bool JumpWhen(IrNode condition, Instruction i, bool jumpsWhenTrue)
    {
        if (jumpsWhenTrue)
        {
            Paths.JumpIf(condition, Target(i));
        }
        else
        {
            Paths.JumpIfNot(condition, Target(i));
        }

        return true;
    }

    private int Target(Instruction i) => OpcodeInfo.Of(i.Op).JumpTarget(i, Pc);
}
