using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Passes.Folds;

/// <summary>Rules for ints. Of commutative operations, a constant becomes the second input.</summary>
internal sealed partial class FoldRules
{
    private FoldResult FoldInt(IrNode node)
    {
        if (node.Inputs.Length == 1)
        {
            return FoldUnaryInt(node, node.Inputs[0]);
        }

        if (node.Inputs[0].IsConstant && !node.Inputs[1].IsConstant && node.Has(IrTraits.Commutes))
        {
            (node.Inputs[0], node.Inputs[1]) = (node.Inputs[1], node.Inputs[0]);
            node.Bits = (long)OperandBounds.None;
            _changed = true;
        }

        (IrNode x, IrNode y) = (node.Inputs[0], node.Inputs[1]);
        if (x.IsConstant && y.IsConstant)
        {
            return FoldConstantInts(node.Op, x.Bits, y.Bits);
        }

        return ReferenceEquals(x, y) ? FoldSameInts(node.Op, x)
            : y.IsConstant ? FoldIntAndConstant(node, x, y.Bits)
            : FoldResult.Keep;
    }

    private FoldResult FoldUnaryInt(IrNode node, IrNode x) => node.Op switch
    {
        IrOp.NegInt when x.IsConstant => UseInt(unchecked(-x.Bits)),
        IrOp.NegIntChecked when x.IsConstant => x.Bits == long.MinValue ? FoldResult.Exit : UseInt(-x.Bits),
        IrOp.NotInt when x.IsConstant => UseInt(~x.Bits),
        IrOp.NegInt when x.Op is IrOp.NegInt or IrOp.NegIntChecked => FoldResult.Use(x.Inputs[0]),
        IrOp.NegIntChecked when x.Op == IrOp.NegIntChecked => FoldResult.Use(x.Inputs[0]),
        IrOp.NotInt when x.Op == IrOp.NotInt => FoldResult.Use(x.Inputs[0]),
        _ => FoldResult.Keep,
    };

    private FoldResult FoldConstantInts(IrOp op, long x, long y) => op switch
    {
        IrOp.AddInt => UseInt(unchecked(x + y)),
        IrOp.SubInt => UseInt(unchecked(x - y)),
        IrOp.MulInt => UseInt(unchecked(x * y)),
        IrOp.AddIntChecked => UseExact(ExactInt.Add(x, y)),
        IrOp.SubIntChecked => UseExact(ExactInt.Subtract(x, y)),
        IrOp.MulIntChecked => UseExact(ExactInt.Multiply(x, y)),
        IrOp.DivInt => ExactInt.TryDivide(x, y, out long quotient) ? UseInt(quotient) : FoldResult.Keep,
        IrOp.ModInt => y == 0 || (y == -1 && x == long.MinValue) ? FoldResult.Keep : UseInt(x % y),
        IrOp.AndInt => UseInt(x & y),
        IrOp.OrInt => UseInt(x | y),
        IrOp.XorInt => UseInt(x ^ y),
        IrOp.ShlInt => y is < 0 or > 63 ? FoldResult.Keep : UseInt(x << (int)y),
        IrOp.ShrInt => y is < 0 or > 63 ? FoldResult.Keep : UseInt(x >> (int)y),
        IrOp.ShlIntChecked => y is < 0 or > 63 || x << (int)y >> (int)y != x ? FoldResult.Exit : UseInt(x << (int)y),
        IrOp.EqInt => UseBool(x == y),
        IrOp.LtInt => UseBool(x < y),
        IrOp.LeInt => UseBool(x <= y),
        _ => FoldResult.Keep,
    };

    private FoldResult UseExact(long? value) => value is { } fits ? UseInt(fits) : FoldResult.Exit;

    private FoldResult FoldSameInts(IrOp op, IrNode x) => op switch
    {
        IrOp.SubInt or IrOp.SubIntChecked or IrOp.XorInt => UseInt(0),
        IrOp.AndInt or IrOp.OrInt => FoldResult.Use(x),
        IrOp.EqInt or IrOp.LeInt => UseBool(true),
        IrOp.LtInt => UseBool(false),
        _ => FoldResult.Keep,
    };

    private FoldResult FoldIntAndConstant(IrNode node, IrNode x, long y)
    {
        switch (node.Op)
        {
            case IrOp.AddInt or IrOp.AddIntChecked or IrOp.SubInt or IrOp.SubIntChecked or IrOp.OrInt or IrOp.XorInt when y == 0:
            case IrOp.ShlInt or IrOp.ShrInt or IrOp.ShlIntChecked when y == 0:
            case IrOp.MulInt or IrOp.MulIntChecked or IrOp.DivInt when y == 1:
            case IrOp.AndInt when y == -1:
                return FoldResult.Use(x);
            case IrOp.MulInt or IrOp.MulIntChecked or IrOp.AndInt when y == 0:
            case IrOp.ModInt when y == 1:
                return UseInt(0);
            case IrOp.OrInt when y == -1:
                return UseInt(-1);
            case IrOp.XorInt when y == -1:
                return Instead(node, IrOp.NotInt, x);
            case IrOp.MulInt when y == -1:
                return Instead(node, IrOp.NegInt, x);
            case IrOp.MulIntChecked when y == -1:
                return Instead(node, IrOp.NegIntChecked, x);
            case IrOp.SubInt:
                return Instead(node, IrOp.AddInt, x, constants.Int(unchecked(-y)));
            case IrOp.SubIntChecked when y != long.MinValue:
                return Instead(node, IrOp.AddIntChecked, x, constants.Int(-y));
            case IrOp.ShlIntChecked when y is < 0 or > 63:
                return FoldResult.Exit;
            case IrOp.LtInt when y == long.MinValue:
                return UseBool(false);
            case IrOp.LeInt when y == long.MaxValue:
                return UseBool(true);
            default:
                return Reassociate(node, x, y);
        }
    }

    /// <summary>Combines two constants: <c>(x + 1) + 2</c> is <c>x + 3</c>.</summary>
    private FoldResult Reassociate(IrNode node, IrNode x, long y)
    {
        if (x.Op != node.Op || x.Inputs is not [{ } inner, { Op: IrOp.ConstInt } constant])
        {
            return FoldResult.Keep;
        }

        return node.Op switch
        {
            IrOp.AddInt => Instead(node, IrOp.AddInt, inner, constants.Int(unchecked(constant.Bits + y))),
            IrOp.MulInt => Instead(node, IrOp.MulInt, inner, constants.Int(unchecked(constant.Bits * y))),
            IrOp.AndInt => Instead(node, IrOp.AndInt, inner, constants.Int(constant.Bits & y)),
            IrOp.OrInt => Instead(node, IrOp.OrInt, inner, constants.Int(constant.Bits | y)),
            IrOp.XorInt => Instead(node, IrOp.XorInt, inner, constants.Int(constant.Bits ^ y)),
            _ => FoldResult.Keep,
        };
    }
}
