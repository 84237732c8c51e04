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
        Ir.Guard(Ir.Call(RegionHelpers.FitsWhole, value));
        return Ir.Call(RegionHelpers.TruncatedFloat, value);
    }

    private IrNode FlooredRemainder(IrNode x, IrNode divisor)
    {
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), divisor));
        return Ir.Call(RegionHelpers.FloorMod, x, divisor);
    }

    /// <summary>The helper of a proc that makes an int of a float; null for all others.</summary>
    private static RegionHelper? Rounding(IntrinsicId id) => id switch
    {
        IntrinsicId.MathFloor => RegionHelpers.Floor,
        IntrinsicId.MathCeil => RegionHelpers.Ceiling,
        IntrinsicId.MathRound => RegionHelpers.Round,
        IntrinsicId.MathTrunc => RegionHelpers.Truncate,
        _ => null,
    };

    /// <summary>The helper of a proc of one float; null for all others.</summary>
    private static RegionHelper? OnFloat(IntrinsicId id) => id switch
    {
        IntrinsicId.MathSqrt => RegionHelpers.Sqrt,
        IntrinsicId.MathCbrt => RegionHelpers.Cbrt,
        IntrinsicId.MathSin => RegionHelpers.Sin,
        IntrinsicId.MathCos => RegionHelpers.Cos,
        IntrinsicId.MathTan => RegionHelpers.Tan,
        IntrinsicId.MathAsin => RegionHelpers.Asin,
        IntrinsicId.MathAcos => RegionHelpers.Acos,
        IntrinsicId.MathAtan => RegionHelpers.Atan,
        IntrinsicId.MathExp => RegionHelpers.Exp,
        IntrinsicId.MathLog => RegionHelpers.Log,
        IntrinsicId.MathLog2 => RegionHelpers.Log2,
        IntrinsicId.MathLog10 => RegionHelpers.Log10,
        IntrinsicId.MathDegrees => RegionHelpers.Degrees,
        IntrinsicId.MathRadians => RegionHelpers.Radians,
        IntrinsicId.MathIsNan => RegionHelpers.IsNan,
        _ => null,
    };

    /// <summary>The helper of a proc of two floats; null for all others.</summary>
    private static RegionHelper? OnFloats(IntrinsicId id) => id switch
    {
        IntrinsicId.MathAtan2 => RegionHelpers.Atan2,
        IntrinsicId.MathPow => RegionHelpers.Pow,
        IntrinsicId.MathHypot => RegionHelpers.Hypot,
        _ => null,
    };
}
