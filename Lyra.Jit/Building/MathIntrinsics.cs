using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>The procs of module <c>math</c> on unboxed numbers.</summary>
internal sealed class MathIntrinsics(BuildParts parts) : Lowering(parts)
{
    /// <summary>The result of a proc; null when the proc is of another module, or its handler has to be called.</summary>
    public IrNode? Lower(IntrinsicId id, IrNode[] arguments)
    {
        if (!Array.TrueForAll(arguments, static argument => argument.Type is IrType.Int or IrType.Float))
        {
            return null;
        }

        return arguments switch
        {
            [{ } x] => OfOne(id, x),
            [{ } x, { } y] => OfTwo(id, x, y),
            _ => null,
        };
    }

    private IrNode? OfOne(IntrinsicId id, IrNode x)
    {
        if (Rounding(id) is { } rounding)
        {
            return x.Type == IrType.Int ? x : ToInt(Ir.Call(rounding, x));
        }

        return OnFloat(id) is { } helper ? Ir.Call(helper, Ir.ToFloat(x)) : null;
    }

    private IrNode? OfTwo(IntrinsicId id, IrNode x, IrNode y)
    {
        if (id == IntrinsicId.MathMod)
        {
            return x.Type == IrType.Int && y.Type == IrType.Int ? FlooredRemainder(x, y) : null;
        }

        return OnFloats(id) is { } helper ? Ir.Call(helper, Ir.ToFloat(x), Ir.ToFloat(y)) : null;
    }

    /// <summary>A float without fraction as an int; exits when it is too large.</summary>
    private IrNode ToInt(IrNode value)
    {
        Ir.Guard(Ir.Call(RegionHelpers.FitsWholeOf, value));
        return Ir.Call(RegionHelpers.TruncatedOf, value);
    }

    private IrNode FlooredRemainder(IrNode x, IrNode divisor)
    {
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), divisor));
        return Ir.Call(RegionHelpers.FloorModOf, x, divisor);
    }

    /// <summary>The helper of a proc that makes an int of a float; null for all others.</summary>
    private static RegionHelper? Rounding(IntrinsicId id) => id switch
    {
        IntrinsicId.MathFloor => RegionHelpers.FloorOf,
        IntrinsicId.MathCeil => RegionHelpers.CeilingOf,
        IntrinsicId.MathRound => RegionHelpers.RoundOf,
        IntrinsicId.MathTrunc => RegionHelpers.TruncateOf,
        _ => null,
    };

    /// <summary>The helper of a proc of one float; null for all others.</summary>
    private static RegionHelper? OnFloat(IntrinsicId id) => id switch
    {
        IntrinsicId.MathSqrt => RegionHelpers.SqrtOf,
        IntrinsicId.MathCbrt => RegionHelpers.CbrtOf,
        IntrinsicId.MathSin => RegionHelpers.SinOf,
        IntrinsicId.MathCos => RegionHelpers.CosOf,
        IntrinsicId.MathTan => RegionHelpers.TanOf,
        IntrinsicId.MathAsin => RegionHelpers.AsinOf,
        IntrinsicId.MathAcos => RegionHelpers.AcosOf,
        IntrinsicId.MathAtan => RegionHelpers.AtanOf,
        IntrinsicId.MathExp => RegionHelpers.ExpOf,
        IntrinsicId.MathLog => RegionHelpers.LogOf,
        IntrinsicId.MathLog2 => RegionHelpers.Log2Of,
        IntrinsicId.MathLog10 => RegionHelpers.Log10Of,
        IntrinsicId.MathDegrees => RegionHelpers.DegreesOf,
        IntrinsicId.MathRadians => RegionHelpers.RadiansOf,
        IntrinsicId.MathIsNan => RegionHelpers.IsNanOf,
        _ => null,
    };

    /// <summary>The helper of a proc of two floats; null for all others.</summary>
    private static RegionHelper? OnFloats(IntrinsicId id) => id switch
    {
        IntrinsicId.MathAtan2 => RegionHelpers.Atan2Of,
        IntrinsicId.MathPow => RegionHelpers.PowOf,
        IntrinsicId.MathHypot => RegionHelpers.HypotOf,
        _ => null,
    };
}
