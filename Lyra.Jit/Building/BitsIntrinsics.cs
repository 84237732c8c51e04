using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>The procs of module <c>bits</c> on unboxed ints.</summary>
internal sealed class BitsIntrinsics(BuildParts parts, NumberOperations numbers) : Lowering(parts)
{
    /// <summary>The result of a proc; null when the proc is of another module, or its handler has to be called.</summary>
    public IrNode? Lower(IntrinsicId id, IrNode[] arguments) => arguments switch
    {
        [{ Type: IrType.Int } x] => OfOne(id, x),
        [{ Type: IrType.Int } x, { Type: IrType.Int } y] => OfTwo(id, x, y),
        _ => null,
    };

    private IrNode? OfOne(IntrinsicId id, IrNode x) => id switch
    {
        IntrinsicId.BitsPopCount => Ir.Call(RegionHelpers.PopCountOf, x),
        IntrinsicId.BitsClz => Ir.Call(RegionHelpers.LeadingZerosOf, x),
        IntrinsicId.BitsCtz => Ir.Call(RegionHelpers.TrailingZerosOf, x),
        _ => null,
    };

    private IrNode? OfTwo(IntrinsicId id, IrNode x, IrNode y) => id switch
    {
        IntrinsicId.BitsAdd32 => Signed32(Ir.Emit(IrOp.AddInt, IrType.Int, x, y)),
        IntrinsicId.BitsSub32 => Signed32(Ir.Emit(IrOp.SubInt, IrType.Int, x, y)),
        IntrinsicId.BitsMul32 => Signed32(Ir.Emit(IrOp.MulInt, IrType.Int, x, y)),
        IntrinsicId.BitsAddu32 => Unsigned32(Ir.Emit(IrOp.AddInt, IrType.Int, x, y)),
        IntrinsicId.BitsSubu32 => Unsigned32(Ir.Emit(IrOp.SubInt, IrType.Int, x, y)),
        IntrinsicId.BitsMulu32 => Unsigned32(Ir.Emit(IrOp.MulInt, IrType.Int, x, y)),
        IntrinsicId.BitsShl32 => Signed32(ShiftLeft(x, y)),
        IntrinsicId.BitsShlu32 => Unsigned32(ShiftLeft(x, y)),
        IntrinsicId.BitsShr32 => ShiftRight(x, y, isSigned: true),
        IntrinsicId.BitsShru32 => ShiftRight(x, y, isSigned: false),
        IntrinsicId.BitsRotl32 => Signed32(Ir.Call(RegionHelpers.RotatedLeft, x, y)),
        IntrinsicId.BitsRotlu32 => Ir.Call(RegionHelpers.RotatedLeft, x, y),
        IntrinsicId.BitsRotr32 => Signed32(Ir.Call(RegionHelpers.RotatedRight, x, y)),
        IntrinsicId.BitsRotru32 => Ir.Call(RegionHelpers.RotatedRight, x, y),
        IntrinsicId.BitsAddu64 => Unsigned64(IrOp.AddInt, x, y),
        IntrinsicId.BitsSubu64 => Unsigned64(IrOp.SubInt, x, y),
        IntrinsicId.BitsMulu64 => Unsigned64(IrOp.MulInt, x, y),
        _ => null,
    };

    private IrNode ShiftLeft(IrNode x, IrNode count)
    {
        numbers.GuardShift(count);
        return Ir.Emit(IrOp.ShlInt, IrType.Int, x, count);
    }

    private IrNode ShiftRight(IrNode x, IrNode count, bool isSigned)
    {
        numbers.GuardShift(count);
        return Ir.Emit(IrOp.ShrInt, IrType.Int, isSigned ? Signed32(x) : Unsigned32(x), count);
    }

    /// <summary>
    /// Exits when the result does not fit a signed int of 64 bits. When a recording saw that, the handler is called: null.
    /// </summary>
    private IrNode? Unsigned64(IrOp op, IrNode x, IrNode y)
    {
        if (RecordedKinds.SawBigInt(Profile.Result))
        {
            return null;
        }

        IrNode result = Ir.Emit(op, IrType.Int, x, y);
        Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), result));
        return result;
    }

    private IrNode Signed32(IrNode x) => Ir.Emit(IrOp.ShrInt, IrType.Int, Ir.Emit(IrOp.ShlInt, IrType.Int, x, Ir.Int(32)), Ir.Int(32));

    private IrNode Unsigned32(IrNode x) => Ir.Emit(IrOp.AndInt, IrType.Int, x, Ir.Int(uint.MaxValue));
}
