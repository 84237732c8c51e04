using System.Reflection.Emit;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>An operation that is one IL instruction on its inputs.</summary>
/// <param name="Code">The instruction.</param>
/// <param name="IsComplement">Whether the result is the negation of the instruction's result.</param>
internal sealed record MachineOperation(OpCode Code, bool IsComplement = false)
{
    /// <summary>Of a comparison: the branch that is taken when the comparison holds.</summary>
    public OpCode? BranchIf { get; private init; }

    /// <summary>Of a comparison: the branch that is taken when the comparison does not hold.</summary>
    public OpCode? BranchUnless { get; private init; }

    /// <summary>The row of an operation; null for one that needs more than an instruction.</summary>
    public static MachineOperation? Of(IrOp op) => op switch
    {
        IrOp.AddInt => new(OpCodes.Add),
        IrOp.SubInt => new(OpCodes.Sub),
        IrOp.MulInt => new(OpCodes.Mul),
        IrOp.DivInt => new(OpCodes.Div),
        IrOp.ModInt => new(OpCodes.Rem),
        IrOp.NegInt => new(OpCodes.Neg),
        IrOp.AndInt => new(OpCodes.And),
        IrOp.OrInt => new(OpCodes.Or),
        IrOp.XorInt => new(OpCodes.Xor),
        IrOp.NotInt => new(OpCodes.Not),
        IrOp.AddFloat => new(OpCodes.Add),
        IrOp.SubFloat => new(OpCodes.Sub),
        IrOp.MulFloat => new(OpCodes.Mul),
        IrOp.DivFloat => new(OpCodes.Div),
        IrOp.ModFloat => new(OpCodes.Rem),
        IrOp.NegFloat => new(OpCodes.Neg),
        IrOp.IntToFloat => new(OpCodes.Conv_R8),
        IrOp.EqInt => Comparison(OpCodes.Ceq, OpCodes.Beq, OpCodes.Bne_Un),
        IrOp.EqFloat => Comparison(OpCodes.Ceq, OpCodes.Beq, OpCodes.Bne_Un),
        IrOp.EqBool => Comparison(OpCodes.Ceq, OpCodes.Beq, OpCodes.Bne_Un),
        IrOp.SameObject => Comparison(OpCodes.Ceq, OpCodes.Beq, OpCodes.Bne_Un),
        IrOp.LtInt => Comparison(OpCodes.Clt, OpCodes.Blt, OpCodes.Bge),
        IrOp.LeInt => Comparison(OpCodes.Cgt, OpCodes.Ble, OpCodes.Bgt, isComplement: true),

        // The negation of a comparison of floats is true for NaN, as the unordered forms are.
        IrOp.LtFloat => Comparison(OpCodes.Clt, OpCodes.Blt, OpCodes.Bge_Un),
        IrOp.LeFloat => Comparison(OpCodes.Cgt_Un, OpCodes.Ble, OpCodes.Bgt_Un, isComplement: true),
        _ => null,
    };

    private static MachineOperation Comparison(OpCode code, OpCode branchIf, OpCode branchUnless, bool isComplement = false) =>
        new(code, isComplement) { BranchIf = branchIf, BranchUnless = branchUnless };
}
