using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>Library procs that have a form of their own for some representations of their arguments.</summary>
internal sealed class IntrinsicLowering(BuildParts parts, NumberOperations numbers, TextComparisons texts, ListAccess lists, MapAccess maps)
    : Lowering(parts)
{
    private readonly MathIntrinsics _math = new(parts);
    private readonly BitsIntrinsics _bits = new(parts, numbers);
    private readonly TextIntrinsics _texts = new(parts);

    /// <summary>The result of a library proc; null when its handler has to be called.</summary>
    /// <param name="id">The proc.</param>
    /// <param name="arguments">Its arguments, of a number that the proc accepts.</param>
    /// <param name="seen">The recording of the first argument.</param>
    public IrNode? Lower(IntrinsicId id, IrNode[] arguments, ObservedType? seen) => id switch
    {
        IntrinsicId.None => null,

        // Builtins
        IntrinsicId.Length => Length(arguments[0]),
        IntrinsicId.Push => Push(arguments, seen),
        IntrinsicId.Insert => InsertAt(arguments) ?? Push(arguments, seen),
        IntrinsicId.Pop => arguments is [{ Type: IrType.List } list] ? lists.Pop(list, seen) : null,
        IntrinsicId.Abs => Absolute(arguments[0]),
        IntrinsicId.Min => Extreme(isMax: false, arguments),
        IntrinsicId.Max => Extreme(isMax: true, arguments),
        IntrinsicId.Range => NewRange(arguments),
        IntrinsicId.ToInt => arguments is [{ } x] ? ToInt(x) : null,
        IntrinsicId.ToFloat => arguments is [{ } x] ? ToFloat(x) : null,
        IntrinsicId.ToText => arguments is [{ } x] ? ToText(x) : null,
        IntrinsicId.ToBool => arguments is [{ } x] ? Ir.Truth(x) : null,
        IntrinsicId.TypeName => arguments is [{ } x] ? TypeName(x) : null,
        IntrinsicId.Ord => arguments is [{ Type: IrType.Str } text] ? Ord(text) : null,
        IntrinsicId.Chr => arguments is [{ Type: IrType.Int } unit] ? Chr(unit) : null,

        // Methods
        IntrinsicId.MapGet => MapGet(arguments),
        IntrinsicId.MapHas => Has(IrType.Map, arguments),
        IntrinsicId.SetHas => Has(IrType.Set, arguments),
        IntrinsicId.SetAdd => SetAdd(arguments),
        IntrinsicId.ListFirst => EndOfList(arguments[0], isFirst: true, seen),
        IntrinsicId.ListLast => EndOfList(arguments[0], isFirst: false, seen),
        IntrinsicId.ListRemoveAt =>
            arguments is [{ Type: IrType.List } list, { Type: IrType.Int } index] ? Ir.Call(RegionHelpers.TakeAt, list, index) : null,
        IntrinsicId.RangeContains => RangeContains(arguments),
        IntrinsicId.IsEmpty => Ir.LengthOf(arguments[0]) is { } length ? Ir.Emit(IrOp.EqInt, IrType.Bool, length, Ir.Int(0)) : null,
        IntrinsicId.StrFind or IntrinsicId.StrIndex => _texts.Find(arguments),
        IntrinsicId.StrContains => _texts.Test(arguments, RegionHelpers.ContainsText),
        IntrinsicId.StrStartsWith => _texts.Test(arguments, RegionHelpers.StartsWithText),
        IntrinsicId.StrEndsWith => _texts.Test(arguments, RegionHelpers.EndsWithText),
        IntrinsicId.ChannelSend or IntrinsicId.ChannelReceive => arguments[0].Type == IrType.Channel ? OnChannel(arguments) : null,

        // Module math
        IntrinsicId.MathSqrt => _math.OfFloat(arguments, RegionHelpers.SqrtOf),
        IntrinsicId.MathCbrt => _math.OfFloat(arguments, RegionHelpers.CbrtOf),
        IntrinsicId.MathSin => _math.OfFloat(arguments, RegionHelpers.SinOf),
        IntrinsicId.MathCos => _math.OfFloat(arguments, RegionHelpers.CosOf),
        IntrinsicId.MathTan => _math.OfFloat(arguments, RegionHelpers.TanOf),
        IntrinsicId.MathAsin => _math.OfFloat(arguments, RegionHelpers.AsinOf),
        IntrinsicId.MathAcos => _math.OfFloat(arguments, RegionHelpers.AcosOf),
        IntrinsicId.MathAtan => _math.OfFloat(arguments, RegionHelpers.AtanOf),
        IntrinsicId.MathExp => _math.OfFloat(arguments, RegionHelpers.ExpOf),
        IntrinsicId.MathLog => _math.OfFloat(arguments, RegionHelpers.LogOf),
        IntrinsicId.MathLog2 => _math.OfFloat(arguments, RegionHelpers.Log2Of),
        IntrinsicId.MathLog10 => _math.OfFloat(arguments, RegionHelpers.Log10Of),
        IntrinsicId.MathDegrees => _math.OfFloat(arguments, RegionHelpers.DegreesOf),
        IntrinsicId.MathRadians => _math.OfFloat(arguments, RegionHelpers.RadiansOf),
        IntrinsicId.MathIsNan => _math.OfFloat(arguments, RegionHelpers.IsNanOf),
        IntrinsicId.MathAtan2 => _math.OfFloats(arguments, RegionHelpers.Atan2Of),
        IntrinsicId.MathPow => _math.OfFloats(arguments, RegionHelpers.PowOf),
        IntrinsicId.MathHypot => _math.OfFloats(arguments, RegionHelpers.HypotOf),
        IntrinsicId.MathFloor => _math.Rounded(arguments, RegionHelpers.FloorOf),
        IntrinsicId.MathCeil => _math.Rounded(arguments, RegionHelpers.CeilingOf),
        IntrinsicId.MathRound => _math.Rounded(arguments, RegionHelpers.RoundOf),
        IntrinsicId.MathTrunc => _math.Rounded(arguments, RegionHelpers.TruncateOf),
        IntrinsicId.MathMod => _math.Floored(arguments, RegionHelpers.FloorModOf),
        IntrinsicId.MathIdiv => _math.Floored(arguments, RegionHelpers.FloorDivOf),

        // Module bits
        IntrinsicId.BitsPopCount => _bits.Count(arguments, RegionHelpers.PopCountOf),
        IntrinsicId.BitsClz => _bits.Count(arguments, RegionHelpers.LeadingZerosOf),
        IntrinsicId.BitsCtz => _bits.Count(arguments, RegionHelpers.TrailingZerosOf),
        IntrinsicId.BitsAdd32 => _bits.Signed32(arguments, IrOp.AddInt),
        IntrinsicId.BitsSub32 => _bits.Signed32(arguments, IrOp.SubInt),
        IntrinsicId.BitsMul32 => _bits.Signed32(arguments, IrOp.MulInt),
        IntrinsicId.BitsAddu32 => _bits.Unsigned32(arguments, IrOp.AddInt),
        IntrinsicId.BitsSubu32 => _bits.Unsigned32(arguments, IrOp.SubInt),
        IntrinsicId.BitsMulu32 => _bits.Unsigned32(arguments, IrOp.MulInt),
        IntrinsicId.BitsShl32 => _bits.ShiftLeft(arguments, isSigned: true),
        IntrinsicId.BitsShlu32 => _bits.ShiftLeft(arguments, isSigned: false),
        IntrinsicId.BitsShr32 => _bits.ShiftRight(arguments, isSigned: true),
        IntrinsicId.BitsShru32 => _bits.ShiftRight(arguments, isSigned: false),
        IntrinsicId.BitsRotl32 => _bits.Rotate(arguments, RegionHelpers.RotatedLeft, isSigned: true),
        IntrinsicId.BitsRotlu32 => _bits.Rotate(arguments, RegionHelpers.RotatedLeft, isSigned: false),
        IntrinsicId.BitsRotr32 => _bits.Rotate(arguments, RegionHelpers.RotatedRight, isSigned: true),
        IntrinsicId.BitsRotru32 => _bits.Rotate(arguments, RegionHelpers.RotatedRight, isSigned: false),
        IntrinsicId.BitsAddu64 => _bits.Unsigned64(arguments, IrOp.AddInt),
        IntrinsicId.BitsSubu64 => _bits.Unsigned64(arguments, IrOp.SubInt),
        IntrinsicId.BitsMulu64 => _bits.Unsigned64(arguments, IrOp.MulInt),

        // Module prelude: see Inspect
        IntrinsicId.CheckProc or IntrinsicId.IsGiven or IntrinsicId.Done or IntrinsicId.AsList => null,
    };

    /// <summary>
    /// The result of an intrinsic that only looks at its argument: the prelude's check of a callback, whether an iterator has ended, or the
    /// list that an iterable is. Null for other intrinsics and where the call is needed.
    /// </summary>
    public IrNode? Inspect(IntrinsicId id, IrNode[] arguments) => id switch
    {
        IntrinsicId.CheckProc when arguments[0].Type == IrType.Closure => Ir.Nil(),
        IntrinsicId.IsGiven when arguments[0].Type == IrType.Closure => Ir.Bool(true),
        IntrinsicId.IsGiven when arguments[0].Op == IrOp.ConstNil => Ir.Bool(false),
        IntrinsicId.AsList when arguments is [{ Type: IrType.List } list] => list,
        IntrinsicId.Done when arguments is [{ Type: IrType.Generator } generator] => Ir.Call(RegionHelpers.HasEnded, generator),
        _ => null,
    };

    private IrNode Length(IrNode value)
    {
        if (value.Type == IrType.Range)
        {
            // The count of a range saturates; only the interpreter can return a length that is a big int.
            IrNode isExact = Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Emit(IrOp.RangeCount, IrType.Int, value), Ir.Int(long.MaxValue));
            Ir.Guard(isExact);
        }

        return Ir.LengthOf(value) ?? Ir.Emit(IrOp.AsInt, IrType.Int, Ir.Call(RegionHelpers.LengthOf, Ir.Box(value)));
    }

    /// <summary>Appends to a list; an insertion with two arguments is one as well.</summary>
    private IrNode? Push(IrNode[] arguments, ObservedType? seen)
    {
        if (arguments is not [{ Type: IrType.List } list, { } item])
        {
            return null;
        }

        lists.Push(list, item, seen);
        return Ir.Nil();
    }

    private IrNode? InsertAt(IrNode[] arguments)
    {
        if (arguments is not [{ Type: IrType.List } list, { Type: IrType.Int } index, { } item])
        {
            return null;
        }

        Ir.Call(RegionHelpers.InsertAt, list, index, Ir.Box(item));
        return Ir.Nil();
    }

    private IrNode? Absolute(IrNode x)
    {
        if (x.Type == IrType.Int)
        {
            Ir.GuardNot(Ir.Emit(IrOp.EqInt, IrType.Bool, x, Ir.Int(long.MinValue)));
            return Ir.Call(RegionHelpers.AbsoluteOfInt, x);
        }

        return x.Type == IrType.Float ? Ir.Call(RegionHelpers.AbsoluteOfFloat, x) : null;
    }

    /// <summary>The least or greatest of several ints or several floats; of equal ones the first.</summary>
    private IrNode? Extreme(bool isMax, IrNode[] arguments)
    {
        IrType type = arguments.Length > 1 ? arguments[0].Type : IrType.None;
        if (type is not (IrType.Int or IrType.Float) || !Array.TrueForAll(arguments, argument => argument.Type == type))
        {
            return null;
        }

        RegionHelper helper = type == IrType.Int
            ? isMax ? RegionHelpers.GreaterOfInts : RegionHelpers.LesserOfInts
            : isMax ? RegionHelpers.GreaterOfFloats : RegionHelpers.LesserOfFloats;
        IrNode best = arguments[0];
        for (int n = 1; n < arguments.Length; n++)
        {
            best = Ir.Call(helper, best, arguments[n]);
        }

        return best;
    }

    private IrNode? NewRange(IrNode[] arguments)
    {
        if (!Array.TrueForAll(arguments, static argument => argument.Type == IrType.Int))
        {
            return null;
        }

        return arguments switch
        {
            [{ } end] => Ir.Range(Ir.Int(0), end, Ir.Int(1), isInclusive: false),
            [{ } start, { } end] => Ir.Range(start, end, Ir.Int(1), isInclusive: false),
            [{ } start, { } end, { } step] => Ir.Range(start, end, step, isInclusive: false),
            _ => null,
        };
    }

    private IrNode? ToInt(IrNode x)
    {
        if (x.Type != IrType.Float)
        {
            return x.Type == IrType.Int ? x : null;
        }

        Ir.Guard(Ir.Call(RegionHelpers.FitsIntOf, x));
        return Ir.Call(RegionHelpers.TruncatedOf, x);
    }

    private IrNode? ToFloat(IrNode x) => x.Type is IrType.Int or IrType.Float ? Ir.ToFloat(x) : null;

    private IrNode? ToText(IrNode x) => IrTypes.GroupOf(x.Type) switch
    {
        IrTypeGroup.Int => Ir.Call(RegionHelpers.TextOfInt, x),
        IrTypeGroup.Float => Ir.Call(RegionHelpers.TextOfFloat, x),
        IrTypeGroup.Bool => Ir.Call(RegionHelpers.TextOfBool, x),
        IrTypeGroup.Object => x.Type == IrType.Str ? x : null,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage or IrTypeGroup.Vector => null,
    };

    private IrNode TypeName(IrNode x) => x.Type == IrType.Struct ? Ir.Object(x.Shape!.NameText)
        : KindTypes.KindOf(x.Type) is { } kind ? Ir.Object(TypeNames.OfKind(kind))
        : Ir.Call(RegionHelpers.NameOfType, Ir.Box(x));

    private IrNode Chr(IrNode unit)
    {
        Ir.CheckIndex(unit, Ir.Int(char.MaxValue + 1));
        return Ir.Emit(IrOp.StrOfUnit, IrType.Str, unit);
    }

    /// <summary>The code unit of a str that has one; exits at a longer str, which may be a surrogate pair.</summary>
    private IrNode Ord(IrNode text)
    {
        if (texts.UnitOf(text) is { } unit)
        {
            return unit;
        }

        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, Ir.Emit(IrOp.StrLength, IrType.Int, text), Ir.Int(1)));
        return Ir.UnitAt(text, Ir.Int(0));
    }

    private IrNode? MapGet(IrNode[] arguments) => arguments[0].Type == IrType.Map && MapAccess.IsPlainKey(arguments[1])
        ? maps.GetOr(arguments[0], arguments[1], arguments.Length > 2 ? Ir.Box(arguments[2]) : Ir.Nil())
        : null;

    private IrNode? Has(IrType table, IrNode[] arguments) =>
        arguments[0].Type == table && MapAccess.IsPlainKey(arguments[1]) ? maps.Has(arguments[0], arguments[1]) : null;

    private IrNode? SetAdd(IrNode[] arguments) =>
        arguments[0].Type == IrType.Set ? Ir.AsBool(Ir.Call(RegionHelpers.AddElement, arguments[0], Ir.Box(arguments[1]))) : null;

    /// <summary>The first or last element of a list; exits when it is empty.</summary>
    private IrNode? EndOfList(IrNode list, bool isFirst, ObservedType? seen)
    {
        if (list.Type != IrType.List || ListAccess.OnlyStrategy(seen) is not { } strategy)
        {
            return null;
        }

        IrNode count = Ir.Emit(IrOp.ListCount, IrType.Int, list);
        lists.GuardStrategy(list, strategy, mayBeEmpty: false);
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), count));
        return lists.Load(list, strategy, isFirst ? Ir.Int(0) : Ir.Emit(IrOp.SubInt, IrType.Int, count, Ir.Int(1)));
    }

    /// <summary>Sends to a channel, or receives from it. If the task is only awaited, none is made for what is done at once.</summary>
    private IrNode OnChannel(IrNode[] arguments)
    {
        bool isAwaited = IsAwaitedNext;
        return arguments is [{ } channel, { } value]
            ? Ir.Call(isAwaited ? RegionHelpers.SendAwaited : RegionHelpers.Send, channel, Ir.Box(value))
            : Ir.Call(isAwaited ? RegionHelpers.ReceiveAwaited : RegionHelpers.Receive, arguments[0]);
    }

    private IrNode? RangeContains(IrNode[] arguments) =>
        arguments[0].Type == IrType.Range ? Ir.InRange(arguments[1], arguments[0]) : null;
}
