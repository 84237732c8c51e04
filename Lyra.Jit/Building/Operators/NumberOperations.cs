using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Operations on ints and floats. Two ints give an int as long as no recording saw an overflow: an overflow exits.
/// </summary>
internal sealed class NumberOperations(BuildParts parts) : Lowering(parts)
{
    /// <summary>True for two numbers of which one or both are floats.</summary>
    public static bool IsFloatPair(IrNode x, IrNode y) =>
        (x.Type == IrType.Float && y.Type is IrType.Float or IrType.Int) || (x.Type == IrType.Int && y.Type == IrType.Float);

    /// <summary>An operation on two ints; null when it has no operation of the IR.</summary>
    public IrNode? OnInts(Opcode op, IrNode x, IrNode y)
    {
        switch (op)
        {
            case Opcode.Add:
                return Ir.AddChecked(x, y);
            case Opcode.Div or Opcode.Mod:
                GuardDivisor(x, y);
                break;
            case Opcode.Shr:
                GuardShift(y);
                break;
        }

        return OperatorForm.Of(op).OnInts is not { } operation ? null
            : (IrOpInfo.Of(operation).Effects & IrEffects.Exits) != 0 ? Ir.EmitGuarded(operation, IrType.Int, x, y)
            : Ir.Emit(operation, IrType.Int, x, y);
    }

    /// <summary>An operation on two numbers of which one is a float; null when it has no operation of the IR.</summary>
    public IrNode? OnFloats(Opcode op, IrNode x, IrNode y) =>
        OperatorForm.Of(op).OnFloats is { } known ? Ir.Emit(known, IrType.Float, Ir.ToFloat(x), Ir.ToFloat(y)) : null;

    /// <summary>An operation on values that were always ints or floats; null when there is no helper for it.</summary>
    public IrNode? OnNumbers(Opcode op, IrNode x, IrNode y)
    {
        OperatorForm form = OperatorForm.Of(op);
        return (x.Type == IrType.Float || y.Type == IrType.Float) && form.OnFloats is { } operation
            ? Ir.Emit(operation, IrType.Float, ToFloat(x), ToFloat(y))
            : form.OnNumbers is { } helper ? Ir.Call(helper, Ir.Box(x), Ir.Box(y)) : null;
    }

    /// <summary>An int or float as a float; exits when the value is something else.</summary>
    public IrNode ToFloat(IrNode value)
    {
        if (value.Type != IrType.Any)
        {
            return Ir.ToFloat(value);
        }

        GuardNumber(value);
        return Ir.Call(RegionHelpers.FloatOfNumber, value);
    }

    /// <summary>Exits unless a value is an int or float.</summary>
    public void GuardNumber(IrNode value)
    {
        if (value.Type == IrType.Any)
        {
            Ir.Guard(Ir.Call(RegionHelpers.IsIntOrFloat, value));
        }
    }

    /// <summary>Exits unless a count of bits is from 0 to 63.</summary>
    public void GuardShift(IrNode count)
    {
        if (count.Op != IrOp.ConstInt || count.Bits is < 0 or > 63)
        {
            Ir.EmitGuarded(IrOp.GuardShift, IrType.None, count);
        }
    }

    /// <summary>Exits when a divisor is 0 or the quotient does not fit 64 bits.</summary>
    private void GuardDivisor(IrNode dividend, IrNode divisor)
    {
        if (divisor.Op != IrOp.ConstInt || divisor.Bits is 0 or -1)
        {
            Ir.EmitGuarded(IrOp.GuardDivisor, IrType.None, dividend, divisor);
        }
    }
}
