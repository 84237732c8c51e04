using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <summary>The procs of module <c>bits</c> on unboxed ints. A result is null where the proc's handler has to be called.</summary>
internal sealed class BitsIntrinsics(BuildParts parts, NumberOperations numbers) : Lowering(parts)
{
    /// <summary>A number of bits.</summary>
    public IrNode? Count(IrNode[] arguments, RegionHelper helper) =>
        arguments is [{ Type: IrType.Int } x] ? Ir.Call(helper, x) : null;

    /// <summary>An operation modulo 2^32, as a signed int.</summary>
    public IrNode? Signed32(IrNode[] arguments, IrOp op) =>
        AreInts(arguments) ? Signed32(Ir.Emit(op, IrType.Int, arguments[0], arguments[1])) : null;

    /// <summary>An operation modulo 2^32, as an int without sign.</summary>
    public IrNode? Unsigned32(IrNode[] arguments, IrOp op) =>
        AreInts(arguments) ? Unsigned32(Ir.Emit(op, IrType.Int, arguments[0], arguments[1])) : null;

    public IrNode? ShiftLeft(IrNode[] arguments, bool isSigned)
    {
        if (!AreInts(arguments))
        {
            return null;
        }

        numbers.GuardShift(arguments[1]);
        return Wrap(Ir.Emit(IrOp.ShlInt, IrType.Int, arguments[0], arguments[1]), isSigned);
    }

    public IrNode? ShiftRight(IrNode[] arguments, bool isSigned)
    {
        if (!AreInts(arguments))
        {
            return null;
        }

        numbers.GuardShift(arguments[1]);
        return Ir.Emit(IrOp.ShrInt, IrType.Int, Wrap(arguments[0], isSigned), arguments[1]);
    }

    /// <summary>A rotation, whose helper gives an int without sign.</summary>
    public IrNode? Rotate(IrNode[] arguments, RegionHelper helper, bool isSigned)
    {
        if (!AreInts(arguments))
        {
            return null;
        }

        IrNode rotated = Ir.Call(helper, arguments[0], arguments[1]);
        return isSigned ? Signed32(rotated) : rotated;
    }

    /// <summary>
    /// An operation modulo 2^64. Exits when the result does not fit a signed int of 64 bits; null if a recording saw that.
    /// </summary>
    public IrNode? Unsigned64(IrNode[] arguments, IrOp op)
    {
        if (!AreInts(arguments) || RecordedKinds.SawBigInt(Profile.Result))
        {
            return null;
        }

        IrNode result = Ir.Emit(op, IrType.Int, arguments[0], arguments[1]);
        Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), result));
        return result;
    }

    private static bool AreInts(IrNode[] arguments) => arguments is [{ Type: IrType.Int }, { Type: IrType.Int }];

    private IrNode Wrap(IrNode x, bool isSigned) => isSigned ? Signed32(x) : Unsigned32(x);

    private IrNode Signed32(IrNode x) => Ir.Emit(IrOp.ShrInt, IrType.Int, Ir.Emit(IrOp.ShlInt, IrType.Int, x, Ir.Int(32)), Ir.Int(32));

    private IrNode Unsigned32(IrNode x) => Ir.Emit(IrOp.AndInt, IrType.Int, x, Ir.Int(uint.MaxValue));
}
