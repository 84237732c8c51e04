using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>How compiled code performs a binary operator; null where there is no operation or helper for such operands.</summary>
/// <param name="OnAny">The helper for all values without hooks.</param>
/// <param name="OnInts">The operation on two ints.</param>
/// <param name="OnFloats">The operation on two floats.</param>
/// <param name="OnNumbers">The helper for values that were always ints or floats.</param>
/// <param name="OnTuples">The helper for two tuples.</param>
/// <param name="OnStrs">The helper for two strs.</param>
internal readonly record struct OperatorForm(
    RegionHelper OnAny, IrOp? OnInts = null, IrOp? OnFloats = null, RegionHelper? OnNumbers = null, RegionHelper? OnTuples = null,
    RegionHelper? OnStrs = null)
{
    /// <summary>The form of the operator that an instruction on registers performs.</summary>
    public static OperatorForm Of(Opcode op) => Of(OperatorTable.OperatorOf(op));

    /// <summary>The form of an operator; of one that swaps or negates another operator, that operator's.</summary>
    private static OperatorForm Of(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add =>
            new(RegionHelpers.AddValues, IrOp.AddIntChecked, IrOp.AddFloat, RegionHelpers.AddNumbers, OnStrs: RegionHelpers.ConcatStrs),
        BinaryOperator.Subtract => new(RegionHelpers.SubtractValues, IrOp.SubIntChecked, IrOp.SubFloat, RegionHelpers.SubtractNumbers),
        BinaryOperator.Multiply => new(RegionHelpers.MultiplyValues, IrOp.MulIntChecked, IrOp.MulFloat, RegionHelpers.MultiplyNumbers),
        BinaryOperator.Divide => new(RegionHelpers.DivideValues, IrOp.DivInt, IrOp.DivFloat, RegionHelpers.DivideNumbers),
        BinaryOperator.Modulo => new(RegionHelpers.RemainderOfValues, IrOp.ModInt, IrOp.ModFloat, RegionHelpers.RemainderOfNumbers),
        BinaryOperator.Power => new(RegionHelpers.RaiseValue),
        BinaryOperator.BitAnd => new(RegionHelpers.AndValues, IrOp.AndInt),
        BinaryOperator.BitOr => new(RegionHelpers.OrValues, IrOp.OrInt),
        BinaryOperator.BitXor => new(RegionHelpers.XorValues, IrOp.XorInt),
        BinaryOperator.ShiftLeft => new(RegionHelpers.ShiftValueLeft, IrOp.ShlIntChecked),
        BinaryOperator.ShiftRight => new(RegionHelpers.ShiftValueRight, IrOp.ShrInt),
        BinaryOperator.Equal or BinaryOperator.NotEqual =>
            new(RegionHelpers.AreEqualValues, IrOp.EqInt, IrOp.EqFloat, RegionHelpers.AreEqualNumbers, RegionHelpers.AreEqualTuples),
        BinaryOperator.Less or BinaryOperator.Greater => new(
            RegionHelpers.IsLessValue, IrOp.LtInt, IrOp.LtFloat, RegionHelpers.IsLessNumber, RegionHelpers.IsLessTuple,
            RegionHelpers.IsLessStr),
        BinaryOperator.LessEqual or BinaryOperator.GreaterEqual => new(
            RegionHelpers.IsLessOrEqualValue, IrOp.LeInt, IrOp.LeFloat, RegionHelpers.IsLessOrEqualNumber, RegionHelpers.IsLessOrEqualTuple,
            RegionHelpers.IsLessOrEqualStr),
        BinaryOperator.In or BinaryOperator.NotIn => new(RegionHelpers.ContainsItem),
        BinaryOperator.Is or BinaryOperator.IsNot => new(RegionHelpers.AreIdenticalValues),
    };
}
