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

    /// <summary>The instruction of an operation; null for one that takes more than an instruction.</summary>
    public static MachineOperation? Of(IrMachine machine) => machine switch
    {
        IrMachine.None => null,
        IrMachine.Add => new(OpCodes.Add),
        IrMachine.Subtract => new(OpCodes.Sub),
        IrMachine.Multiply => new(OpCodes.Mul),
        IrMachine.Divide => new(OpCodes.Div),
        IrMachine.Remainder => new(OpCodes.Rem),
        IrMachine.Negate => new(OpCodes.Neg),
        IrMachine.And => new(OpCodes.And),
        IrMachine.Or => new(OpCodes.Or),
        IrMachine.Xor => new(OpCodes.Xor),
        IrMachine.Complement => new(OpCodes.Not),
        IrMachine.ShiftLeft => new(OpCodes.Shl),
        IrMachine.ShiftRight => new(OpCodes.Shr),
        IrMachine.ToFloat => new(OpCodes.Conv_R8),
        IrMachine.Equal => Comparison(OpCodes.Ceq, OpCodes.Beq, OpCodes.Bne_Un),
        IrMachine.Less => Comparison(OpCodes.Clt, OpCodes.Blt, OpCodes.Bge),
        IrMachine.LessOrEqual => Comparison(OpCodes.Cgt, OpCodes.Ble, OpCodes.Bgt, isComplement: true),

        // The negation of a comparison of floats is true for NaN, as the unordered forms are.
        IrMachine.LessFloat => Comparison(OpCodes.Clt, OpCodes.Blt, OpCodes.Bge_Un),
        IrMachine.LessOrEqualFloat => Comparison(OpCodes.Cgt_Un, OpCodes.Ble, OpCodes.Bgt_Un, isComplement: true),
        IrMachine.LoadInt => new(OpCodes.Ldelem_I8),
        IrMachine.LoadFloat => new(OpCodes.Ldelem_R8),
        IrMachine.LoadBool => new(OpCodes.Ldelem_U1),
        IrMachine.StoreInt => new(OpCodes.Stelem_I8),
        IrMachine.StoreFloat => new(OpCodes.Stelem_R8),
        IrMachine.StoreBool => new(OpCodes.Stelem_I1),
    };

    private static MachineOperation Comparison(OpCode code, OpCode branchIf, OpCode branchUnless, bool isComplement = false) =>
        new(code, isComplement) { BranchIf = branchIf, BranchUnless = branchUnless };
}
