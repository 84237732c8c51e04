using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <content>Arithmetic on ints that exits when the result does not fit 64 bits. The CLR's own checks raise exceptions, which a region can't.</content>
internal sealed partial class RegionEmitter
{
    private readonly List<(IlLabel Label, IlLabel Back, IrNode Node, IlLabel Exit)> _wideProducts = [];

    private void EmitChecked(IrNode node)
    {
        IlLocal result = LocalOf(node);
        if (node.Op == IrOp.MulIntChecked)
        {
            EmitCheckedProduct(node, result);
            return;
        }

        IlLabel exit = ExitOf(node);
        switch (node.Op)
        {
            case IrOp.AddIntChecked:
                EmitCheckedSum(node, result, exit);
                break;
            case IrOp.SubIntChecked:
                EmitCheckedDifference(node, result, exit);
                break;
            case IrOp.NegIntChecked:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I8, long.MinValue);
                _il.Emit(OpCodes.Beq, exit);
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Neg);
                _il.Emit(OpCodes.Stloc, result);
                break;
            default:
                PushTest(node, nameof(RegionHelpers.ShiftOverflows));
                _il.Emit(OpCodes.Brtrue, exit);
                Push(node.Inputs[0]);
                PushCount(node);
                _il.Emit(OpCodes.Shl);
                _il.Emit(OpCodes.Stloc, result);
                break;
        }
    }

    private void PushTest(IrNode node, string test)
    {
        Push(node.Inputs[0]);
        Push(node.Inputs[1]);
        _il.Emit(OpCodes.Call, typeof(RegionHelpers).GetMethod(test, BindingFlags.Static | BindingFlags.NonPublic)!);
    }

    /// <summary>The second input; the count of a shift as 32 bits.</summary>
    private void PushCount(IrNode node)
    {
        Push(node.Inputs[1]);
        if (node.Op is IrOp.ShlInt or IrOp.ShrInt or IrOp.ShlIntChecked)
        {
            _il.Emit(OpCodes.Conv_I4);
        }
    }

    /// <summary>a + b; where the sign of one is known the sum lies on the wrong side of the other when it overflowed, else the signs tell.</summary>
    private void EmitCheckedSum(IrNode node, IlLocal result, IlLabel exit)
    {
        IrNode x = node.Inputs[0];
        IrNode y = node.Inputs[1];
        Push(x);
        Push(y);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, result);
        _il.Emit(OpCodes.Ldloc, result);
        OperandFacts facts = (OperandFacts)node.Bits;
        bool? secondIsNegative = IsNegative(y, facts, OperandFacts.SecondIsNegative, OperandFacts.SecondIsNotNegative);
        bool? firstIsNegative = IsNegative(x, facts, OperandFacts.FirstIsNegative, OperandFacts.FirstIsNotNegative);
        if ((secondIsNegative ?? firstIsNegative) is { } isNegative)
        {
            Push(secondIsNegative is null ? y : x);
            _il.Emit(isNegative ? OpCodes.Bgt : OpCodes.Blt, exit);
            return;
        }

        Push(x);
        _il.Emit(OpCodes.Xor);
        BranchWhenSignsDifferToo(result, y, exit);
    }

    private void EmitCheckedDifference(IrNode node, IlLocal result, IlLabel exit)
    {
        IrNode x = node.Inputs[0];
        IrNode y = node.Inputs[1];
        Push(x);
        Push(y);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, result);
        if (IsNegative(y, (OperandFacts)node.Bits, OperandFacts.SecondIsNegative, OperandFacts.SecondIsNotNegative) is { } isNegative)
        {
            _il.Emit(OpCodes.Ldloc, result);
            Push(x);
            _il.Emit(isNegative ? OpCodes.Blt : OpCodes.Bgt, exit);
            return;
        }

        Push(x);
        Push(y);
        _il.Emit(OpCodes.Xor);
        BranchWhenSignsDifferToo(result, x, exit);
    }

    /// <summary>Behind the exclusive or of two ints whose signs must differ for an overflow: exits when those of the result and an operand do, too.</summary>
    private void BranchWhenSignsDifferToo(IlLocal result, IrNode operand, IlLabel exit)
    {
        _il.Emit(OpCodes.Ldloc, result);
        Push(operand);
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, exit);
    }

    private static bool? IsNegative(IrNode operand, OperandFacts facts, OperandFacts isNegative, OperandFacts isNotNegative) =>
        operand.Op == IrOp.ConstInt ? operand.Bits < 0
        : (facts & isNegative) != 0 ? true
        : (facts & isNotNegative) != 0 ? false
        : null;

    /// <summary>a * b fits when both fit 32 bits, which is a compare each; the product of others is looked at out of line.</summary>
    private void EmitCheckedProduct(IrNode node, IlLocal result)
    {
        OperandFacts facts = (OperandFacts)node.Bits;
        bool isFirstShort = IsShort(node.Inputs[0], (facts & OperandFacts.FirstIsShort) != 0);
        bool isSecondShort = IsShort(node.Inputs[1], (facts & OperandFacts.SecondIsShort) != 0);
        if (!isFirstShort || !isSecondShort)
        {
            IlLabel wide = _il.DefineLabel();
            IlLabel back = _il.DefineLabel();
            _wideProducts.Add((wide, back, node, ExitOf(node)));
            BranchUnlessShort(node.Inputs[0], isFirstShort, wide);
            BranchUnlessShort(node.Inputs[1], isSecondShort, wide);
            _il.MarkLabel(back);
        }

        Push(node.Inputs[0]);
        Push(node.Inputs[1]);
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Stloc, result);
    }

    private static bool IsShort(IrNode operand, bool isKnown) => isKnown || (operand.Op == IrOp.ConstInt && operand.Bits == (int)operand.Bits);

    private void BranchUnlessShort(IrNode operand, bool isShort, IlLabel wide)
    {
        if (isShort)
        {
            return;
        }

        Push(operand);
        _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Conv_I8);
        Push(operand);
        _il.Emit(OpCodes.Bne_Un, wide);
    }

    private void EmitWideProducts()
    {
        foreach ((IlLabel label, IlLabel back, IrNode node, IlLabel exit) in _wideProducts)
        {
            _il.MarkLabel(label);
            PushTest(node, nameof(RegionHelpers.ProductOverflows));
            _il.Emit(OpCodes.Brfalse, back);
            _il.Emit(OpCodes.Br, exit);
        }
    }
}
