using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <content>Modules <c>math</c> and <c>bits</c> on unboxed numbers.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Procs of one float.</summary>
    private static readonly Dictionary<string, RegionHelper> OfFloat = new()
    {
        ["sqrt"] = RegionHelpers.Sqrt,
        ["cbrt"] = RegionHelpers.Cbrt,
        ["sin"] = RegionHelpers.Sin,
        ["cos"] = RegionHelpers.Cos,
        ["tan"] = RegionHelpers.Tan,
        ["asin"] = RegionHelpers.Asin,
        ["acos"] = RegionHelpers.Acos,
        ["atan"] = RegionHelpers.Atan,
        ["exp"] = RegionHelpers.Exp,
        ["log"] = RegionHelpers.Log,
        ["log2"] = RegionHelpers.Log2,
        ["log10"] = RegionHelpers.Log10,
        ["degrees"] = RegionHelpers.Degrees,
        ["radians"] = RegionHelpers.Radians,
        ["isNan"] = RegionHelpers.IsNan,
    };

    /// <summary>Procs of two floats.</summary>
    private static readonly Dictionary<string, RegionHelper> OfFloats = new()
    {
        ["atan2"] = RegionHelpers.Atan2,
        ["pow"] = RegionHelpers.Pow,
        ["hypot"] = RegionHelpers.Hypot,
    };

    /// <summary>Procs that make a whole number of a float.</summary>
    private static readonly Dictionary<string, RegionHelper> ToWhole = new()
    {
        ["floor"] = RegionHelpers.Floor,
        ["ceil"] = RegionHelpers.Ceiling,
        ["round"] = RegionHelpers.Round,
        ["trunc"] = RegionHelpers.Truncate,
    };

    private IrNode? UnboxedMath(string name, IrNode[] arguments)
    {
        if (!System.Array.TrueForAll(arguments, argument => argument.Type is IrType.Int or IrType.Float))
        {
            return null;
        }

        if (arguments.Length == 2)
        {
            return OfFloats.TryGetValue(name, out RegionHelper? binary) ? Call(binary, ToFloat(arguments[0]), ToFloat(arguments[1]))
                : name == "mod" && arguments[0].Type == IrType.Int && arguments[1].Type == IrType.Int ? FlooredRemainder(arguments[0], arguments[1])
                : null;
        }

        if (arguments.Length != 1)
        {
            return null;
        }

        IrNode x = arguments[0];
        if (ToWhole.TryGetValue(name, out RegionHelper? rounding))
        {
            return x.Type == IrType.Int ? x : Whole(Call(rounding, x));
        }

        return OfFloat.TryGetValue(name, out RegionHelper? unary) ? Call(unary, ToFloat(x)) : null;
    }

    /// <summary>A float without fraction as an int; one that is too large leaves the region.</summary>
    private IrNode Whole(IrNode value)
    {
        Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.FitsWhole, value));
        return Call(RegionHelpers.TruncatedFloat, value);
    }

    private IrNode FlooredRemainder(IrNode x, IrNode divisor)
    {
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LtInt, IrType.Bool, Int(0), divisor));
        return Call(RegionHelpers.FloorMod, x, divisor);
    }

    private IrNode? UnboxedBits(string name, IrNode[] arguments)
    {
        if (!System.Array.TrueForAll(arguments, argument => argument.Type == IrType.Int))
        {
            return null;
        }

        return arguments.Length == 1 ? BitCount(name, arguments[0]) : FixedWidth(name, arguments[0], arguments[1]);
    }

    private IrNode? BitCount(string name, IrNode x) => name switch
    {
        "popcount" => Call(RegionHelpers.PopCount, x),
        "clz" => Call(RegionHelpers.LeadingZeros, x),
        "ctz" => Call(RegionHelpers.TrailingZeros, x),
        _ => null,
    };

    private IrNode? FixedWidth(string name, IrNode x, IrNode y)
    {
        switch (name)
        {
            case "add32" or "sub32" or "mul32":
                return Signed32(Emit(OfWidth(name), IrType.Int, x, y));
            case "addu32" or "subu32" or "mulu32":
                return Unsigned32(Emit(OfWidth(name), IrType.Int, x, y));
            case "shl32":
                GuardShift(y);
                return Signed32(Emit(IrOp.ShlInt, IrType.Int, x, y));
            case "shlu32":
                GuardShift(y);
                return Unsigned32(Emit(IrOp.ShlInt, IrType.Int, x, y));
            case "shr32":
                GuardShift(y);
                return Emit(IrOp.ShrInt, IrType.Int, Signed32(x), y);
            case "shru32":
                GuardShift(y);
                return Emit(IrOp.ShrInt, IrType.Int, Unsigned32(x), y);
            case "rotl32":
                return Signed32(Call(RegionHelpers.RotateLeft, x, y));
            case "rotlu32":
                return Call(RegionHelpers.RotateLeft, x, y);
            case "rotr32":
                return Signed32(Call(RegionHelpers.RotateRight, x, y));
            case "rotru32":
                return Call(RegionHelpers.RotateRight, x, y);
            default:
                return Unsigned64(name, x, y);
        }
    }

    /// <summary>What does not fit a signed int of 64 bits leaves the region, unless that was seen: then the handler is called.</summary>
    private IrNode? Unsigned64(string name, IrNode x, IrNode y)
    {
        if (name is not ("addu64" or "subu64" or "mulu64") || SawBigInt(Profile.Result))
        {
            return null;
        }

        IrNode result = Emit(OfWidth(name), IrType.Int, x, y);
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LeInt, IrType.Bool, Int(0), result));
        return result;
    }

    private static IrOp OfWidth(string name) => name[0] == 'a' ? IrOp.AddInt : name[0] == 's' ? IrOp.SubInt : IrOp.MulInt;

    private IrNode Signed32(IrNode x) => Emit(IrOp.ShrInt, IrType.Int, Emit(IrOp.ShlInt, IrType.Int, x, Int(32)), Int(32));

    private IrNode Unsigned32(IrNode x) => Emit(IrOp.AndInt, IrType.Int, x, Int(uint.MaxValue));
}
