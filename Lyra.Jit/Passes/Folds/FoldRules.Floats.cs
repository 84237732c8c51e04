using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Folds;

/// <summary>
/// Rules for floats: only those that hold for NaN, both zeros and infinities. So <c>x - 0.0</c> and <c>x + -0.0</c> fold to x, but <c>x +
/// 0.0</c> stays (it turns -0.0 into 0.0), as do <c>x * 0.0</c>, <c>x - x</c> and <c>x == x</c>.
/// </summary>
internal sealed partial class FoldRules
{
    private const long Zero = 0;
    private const long NegativeZero = long.MinValue;
    private const long One = 0x3FF0_0000_0000_0000;

    private FoldResult FoldFloat(IrNode node)
    {
        IrNode x = node.Inputs[0];
        if (node.Op == IrOp.NegFloat)
        {
            return x.IsConstant ? UseFloat(-FloatOf(x)) : x.Op == IrOp.NegFloat ? FoldResult.Use(x.Inputs[0]) : FoldResult.Keep;
        }

        IrNode y = node.Inputs[1];
        if (x.IsConstant && y.IsConstant)
        {
            return FoldConstantFloats(node.Op, FloatOf(x), FloatOf(y));
        }

        return node.Op switch
        {
            IrOp.AddFloat when y.IsConstant && y.Bits == NegativeZero => FoldResult.Use(x),
            IrOp.AddFloat when x.IsConstant && x.Bits == NegativeZero => FoldResult.Use(y),
            IrOp.SubFloat when y.IsConstant && y.Bits == Zero => FoldResult.Use(x),
            IrOp.MulFloat or IrOp.DivFloat when y.IsConstant && y.Bits == One => FoldResult.Use(x),
            IrOp.MulFloat when x.IsConstant && x.Bits == One => FoldResult.Use(y),
            IrOp.LtFloat when ReferenceEquals(x, y) => UseBool(false),
            _ => FoldResult.Keep,
        };
    }

    private FoldResult FoldConstantFloats(IrOp op, double x, double y) => op switch
    {
        IrOp.AddFloat => UseFloat(x + y),
        IrOp.SubFloat => UseFloat(x - y),
        IrOp.MulFloat => UseFloat(x * y),
        IrOp.DivFloat => UseFloat(x / y),
        IrOp.ModFloat => UseFloat(x % y),
        IrOp.EqFloat => UseBool(x == y),
        IrOp.LtFloat => UseBool(x < y),
        IrOp.LeFloat => UseBool(x <= y),
        _ => FoldResult.Keep,
    };
}
