using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <summary>The procs of module <c>math</c> on unboxed numbers. A result is null where the proc's handler has to be called.</summary>
internal sealed class MathIntrinsics(BuildParts parts) : Lowering(parts)
{
    /// <summary>A proc of one float.</summary>
    public IrNode? OfFloat(IrNode[] arguments, RegionHelper helper) =>
        arguments is [{ } x] && IsNumber(x) ? Ir.Call(helper, Ir.ToFloat(x)) : null;

    /// <summary>A proc of two floats.</summary>
    public IrNode? OfFloats(IrNode[] arguments, RegionHelper helper) =>
        arguments is [{ } x, { } y] && IsNumber(x) && IsNumber(y) ? Ir.Call(helper, Ir.ToFloat(x), Ir.ToFloat(y)) : null;

    /// <summary>A proc that makes an int of a float. Exits when the int is too large.</summary>
    public IrNode? Rounded(IrNode[] arguments, RegionHelper helper)
    {
        if (arguments is not [{ Type: IrType.Float } x])
        {
            return arguments is [{ Type: IrType.Int } whole] ? whole : null;
        }

        IrNode rounded = Ir.Call(helper, x);
        Ir.Guard(Ir.Call(RegionHelpers.FitsWholeOf, rounded));
        return Ir.Call(RegionHelpers.TruncatedOf, rounded);
    }

    /// <summary>The quotient or remainder of a floored division. Exits unless the divisor is above 0.</summary>
    public IrNode? Floored(IrNode[] arguments, RegionHelper helper)
    {
        if (arguments is not [{ Type: IrType.Int } x, { Type: IrType.Int } divisor])
        {
            return null;
        }

        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), divisor));
        return Ir.Call(helper, x, divisor);
    }

    private static bool IsNumber(IrNode x) => x.Type is IrType.Int or IrType.Float;
}
