using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <content>Changes of a value's representation, and the tests that depend on it.</content>
internal sealed partial class IrBuilder
{
    /// <summary>
    /// The value in a representation: exits at the present instruction when it has another one. Null when it certainly has another one.
    /// </summary>
    public IrNode? Convert(IrNode value, Representation expected)
    {
        if (Representation.Of(value) == expected)
        {
            return value;
        }

        if (expected.Type == IrType.Any)
        {
            return Box(value);
        }

        return value.Type == IrType.Any ? Unbox(value, expected) : null;
    }

    public IrNode Unbox(IrNode value, Representation expected)
    {
        IrNode unboxed = EmitGuarded(IrRepresentation.UnboxOf(expected.Type), expected.Type, value);
        unboxed.Payload = expected.Shape ?? unboxed.Payload;
        return unboxed;
    }

    public IrNode Box(IrNode value) =>
        value.Type == IrType.Any ? value : Emit(IrRepresentation.BoxOf(value.Type), IrType.Any, value);

    public IrNode ToFloat(IrNode value) => value.Type switch
    {
        IrType.Float => value,
        IrType.Int => value.Op == IrOp.ConstInt ? Float(value.Bits) : Emit(IrOp.IntToFloat, IrType.Float, value),
        _ => throw new UnreachableException($"A value of type {value.Type} is not a number."),
    };

    /// <summary>The bool in a boxed result; a helper that may exit returns its bool boxed.</summary>
    public IrNode AsBool(IrNode value) => Emit(IrOp.AsBool, IrType.Bool, value);

    /// <summary>Whether a range contains a value. Exits for bounds beyond 64 bits, because only the interpreter charges for them.</summary>
    public IrNode InRange(IrNode value, IrNode range)
    {
        Guard(Emit(IrOp.RangeIsSmall, IrType.Bool, range));
        return Call(RegionHelpers.IsInRange, range, Box(value));
    }

    /// <summary>The code unit of a str at an index that is inside.</summary>
    public IrNode UnitAt(IrNode text, IrNode index) =>
        Emit(IrOp.LoadUnit, IrType.Int, Emit(IrOp.StrUnits, IrType.Units, text), index);

    /// <summary>The length of a container; null when it takes a helper that may exit.</summary>
    public IrNode? LengthOf(IrNode value) => IrTypes.SequenceOf(value.Type) switch
    {
        IrSequence.List => Emit(IrOp.ListCount, IrType.Int, value),
        IrSequence.Tuple => Emit(IrOp.TupleCount, IrType.Int, value),
        IrSequence.Str => Emit(IrOp.StrLength, IrType.Int, value),
        IrSequence.Range => Emit(IrOp.RangeCount, IrType.Int, value),
        IrSequence.Map or IrSequence.Set => Call(RegionHelpers.CountKeys, value),
        IrSequence.Bytes => Call(RegionHelpers.LengthOfBytes, value),
        IrSequence.None or IrSequence.Generator or IrSequence.Channel => null,
    };

    /// <summary>Exits unless a closure runs a proc.</summary>
    public void GuardCode(IrNode closure, LinkedPrototype code)
    {
        if (closure.KnownCode is null)
        {
            Guard(Emit(IrOp.IsCode, IrType.Bool, closure).About(code, 0));
        }
    }

    public IrNode Truth(IrNode value) => IrTypes.GroupOf(value.Type) switch
    {
        IrTypeGroup.Bool => value,
        IrTypeGroup.Any => value.Op is IrOp.ConstNil ? Bool(false) : Emit(IrOp.IsTruthy, IrType.Bool, value),
        IrTypeGroup.None or IrTypeGroup.Int or IrTypeGroup.Float or IrTypeGroup.Decimal or IrTypeGroup.Object
            or IrTypeGroup.Storage or IrTypeGroup.Vector =>
            Bool(true),
    };

    public IrNode Not(IrNode condition) =>
        condition.Op == IrOp.ConstBool ? Bool(condition.Bits == 0) : Emit(IrOp.Not, IrType.Bool, condition);

    public IrNode IsNil(IrNode value) =>
        value.IsUnknown ? Emit(IrOp.IsNil, IrType.Bool, value) : Bool(value.Op == IrOp.ConstNil);

    public IrNode IsUnset(IrNode value) =>
        value.IsUnknown ? Emit(IrOp.IsUnset, IrType.Bool, value) : Bool(value.Op == IrOp.ConstUnset);
}
