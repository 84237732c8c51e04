using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Emission;

/// <summary>
/// Emits int arithmetic that exits when the result does not fit into 64 bits. The CLR's own checks throw exceptions, which a region must
/// not do.
/// </summary>
internal sealed class CheckedMathEmitter(RegionMethod method, Values values, SideExitEmitter exits)
{
    private readonly IlBuffer _il = method.Il;
    private readonly GrowableArray<(IlLabel Label, IlLabel Back, IrNode Node, IlLabel Exit)> _wideProducts = new();

    /// <summary>
    /// Emits a + b. If the sign of one operand is known, the sum has overflowed when it is on the wrong side of the other operand.
    /// Otherwise, the signs of all three are compared.
    /// </summary>
    public void Add(IrNode node)
    {
        IlLocal result = values.LocalOf(node);
        IrNode x = node.Inputs[0];
        IrNode y = node.Inputs[1];
        Compute(node, OpCodes.Add, result);
        _il.Emit(OpCodes.Ldloc, result);
        OperandBounds facts = (OperandBounds)node.Bits;
        bool? secondIsNegative = IsNegative(y, facts, OperandBounds.SecondIsNegative, OperandBounds.SecondIsNotNegative);
        bool? firstIsNegative = IsNegative(x, facts, OperandBounds.FirstIsNegative, OperandBounds.FirstIsNotNegative);
        if ((secondIsNegative ?? firstIsNegative) is { } isNegative)
        {
            values.Push(secondIsNegative is null ? y : x);
            exits.If(isNegative ? OpCodes.Bgt : OpCodes.Blt, node);
            return;
        }

        values.Push(x);
        _il.Emit(OpCodes.Xor);
        ExitWhenSignsDifferToo(node, result, y);
    }

    public void Subtract(IrNode node)
    {
        IlLocal result = values.LocalOf(node);
        IrNode x = node.Inputs[0];
        IrNode y = node.Inputs[1];
        Compute(node, OpCodes.Sub, result);
        if (IsNegative(y, (OperandBounds)node.Bits, OperandBounds.SecondIsNegative, OperandBounds.SecondIsNotNegative) is { } isNegative)
        {
            _il.Emit(OpCodes.Ldloc, result);
            values.Push(x);
            exits.If(isNegative ? OpCodes.Blt : OpCodes.Bgt, node);
            return;
        }

        values.Push(x);
        values.Push(y);
        _il.Emit(OpCodes.Xor);
        ExitWhenSignsDifferToo(node, result, x);
    }

    /// <summary>
    /// Emits a * b. The product fits if both factors fit into 32 bits, which is one comparison each; other products are checked after the
    /// blocks. A factor beside a constant has one comparison without exceptions, because hashes often exceed 32 bits.
    /// </summary>
    public void Multiply(IrNode node)
    {
        IlLocal result = values.LocalOf(node);
        OperandBounds facts = (OperandBounds)node.Bits;
        if (ConstantFactor(node) is { } constant)
        {
            MultiplyByConstant(node, constant, result, facts);
            return;
        }

        bool isFirstShort = IsShort(node.Inputs[0], (facts & OperandBounds.FirstIsShort) != 0);
        bool isSecondShort = IsShort(node.Inputs[1], (facts & OperandBounds.SecondIsShort) != 0);
        if (!isFirstShort || !isSecondShort)
        {
            IlLabel wide = _il.DefineLabel();
            IlLabel back = _il.DefineLabel();
            _wideProducts.Add((wide, back, node, exits.Of(node)));
            BranchUnlessShort(node.Inputs[0], isFirstShort, wide);
            BranchUnlessShort(node.Inputs[1], isSecondShort, wide);
            _il.MarkLabel(back);
        }

        Compute(node, OpCodes.Mul, result);
    }

    public void Negate(IrNode node)
    {
        IlLocal result = values.LocalOf(node);
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I8, long.MinValue);
        exits.If(OpCodes.Beq, node);
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Neg);
        _il.Emit(OpCodes.Stloc, result);
    }

    public void ShiftLeft(IrNode node)
    {
        IlLocal result = values.LocalOf(node);
        PushTest(node, nameof(KindHelpers.ShiftOverflows));
        exits.If(OpCodes.Brtrue, node);
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Stloc, result);
    }

    /// <summary>Emits, after the blocks, the checks of products whose factors do not both fit into 32 bits.</summary>
    public void EmitWideProducts()
    {
        foreach ((IlLabel label, IlLabel back, IrNode node, IlLabel exit) in _wideProducts)
        {
            _il.MarkLabel(label);
            PushTest(node, nameof(KindHelpers.ProductOverflows));
            _il.Emit(OpCodes.Brfalse, back);
            _il.Emit(OpCodes.Br, exit);
        }
    }

    /// <summary>
    /// Emits a * c, which fits if |a| is at most the quotient of the greatest int and |c|: a comparison without signs, after the range has
    /// been moved to begin at 0. It also exits for one factor whose product is just the smallest int.
    /// </summary>
    private void MultiplyByConstant(IrNode node, IrNode constant, IlLocal result, OperandBounds facts)
    {
        bool isFirst = ReferenceEquals(node.Inputs[0], constant);
        bool isShort = (facts & (isFirst ? OperandBounds.SecondIsShort : OperandBounds.FirstIsShort)) != 0;
        if (!isShort || !IsShort(constant, false))
        {
            long most = long.MaxValue / Math.Abs(constant.Bits);
            values.Push(node.Inputs[isFirst ? 1 : 0]);
            _il.Emit(OpCodes.Ldc_I8, most);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldc_I8, 2 * most);
            exits.If(OpCodes.Bgt_Un, node);
        }

        Compute(node, OpCodes.Mul, result);
    }

    /// <summary>A constant factor other than 0 and the smallest int; null when there is none.</summary>
    private static IrNode? ConstantFactor(IrNode node) =>
        Array.Find(node.Inputs, static input => input is { Op: IrOp.ConstInt, Bits: not 0 and not long.MinValue });

    private void Compute(IrNode node, OpCode operation, IlLocal result)
    {
        values.Push(node.Inputs[0]);
        values.Push(node.Inputs[1]);
        _il.Emit(operation);
        _il.Emit(OpCodes.Stloc, result);
    }

    private void PushTest(IrNode node, string test)
    {
        values.Push(node.Inputs[0]);
        values.Push(node.Inputs[1]);
        _il.Emit(OpCodes.Call, RegionMethod.Helper(test));
    }

    /// <summary>
    /// Emits the second half of an overflow check. The stack holds the exclusive or of two ints whose signs must differ for an overflow.
    /// Exits if the signs of the result and an operand differ as well.
    /// </summary>
    private void ExitWhenSignsDifferToo(IrNode node, IlLocal result, IrNode operand)
    {
        _il.Emit(OpCodes.Ldloc, result);
        values.Push(operand);
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        exits.If(OpCodes.Blt, node);
    }

    private static bool? IsNegative(IrNode operand, OperandBounds facts, OperandBounds isNegative, OperandBounds isNotNegative) =>
        operand.Op == IrOp.ConstInt ? operand.Bits < 0
        : (facts & isNegative) != 0 ? true
        : (facts & isNotNegative) != 0 ? false
        : null;

    private static bool IsShort(IrNode operand, bool isKnown) =>
        isKnown || (operand.Op == IrOp.ConstInt && operand.Bits == (int)operand.Bits);

    private void BranchUnlessShort(IrNode operand, bool isShort, IlLabel wide)
    {
        if (isShort)
        {
            return;
        }

        values.Push(operand);
        _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Conv_I8);
        values.Push(operand);
        _il.Emit(OpCodes.Bne_Un, wide);
    }
}
