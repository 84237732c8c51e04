using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Operators on kinds that have no operation of their own, and on mixtures of kinds.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>A binary operation; null when a hook may be involved, or when it was seen to raise.</summary>
    private IrNode? GeneralOperation(Opcode op, IrNode x, IrNode y)
    {
        ObservedKinds kindsOfX = KindsOf(x, Profile.B);
        ObservedKinds kindsOfY = KindsOf(y, Profile.C);
        if (!AreOnly(kindsOfX | kindsOfY, PlainKinds) || Profile.Raised)
        {
            return null;
        }

        if (AreOnly(kindsOfX | kindsOfY, SmallNumbers) && !SawBigInt(Profile.Result) && NumberOperation(op, x, y) is { } number)
        {
            return number;
        }

        return op == Opcode.Add && x.Type == IrType.Str && y.Type == IrType.Str
            ? Call(RegionHelpers.StrConcat, x, y)
            : Call(RegionHelpers.BinaryAny(op)!, Box(x), Box(y));
    }

    /// <summary>An operation on values that were ints or floats each time; null when there is no short form of it.</summary>
    private IrNode? NumberOperation(Opcode op, IrNode x, IrNode y)
    {
        if ((x.Type == IrType.Float || y.Type == IrType.Float) && IsArithmetic(op))
        {
            return FloatOperation(op, NumberToFloat(x), NumberToFloat(y));
        }

        RegionHelper? helper = op switch
        {
            Opcode.Add => RegionHelpers.NumberSum,
            Opcode.Sub => RegionHelpers.NumberDifference,
            Opcode.Mul => RegionHelpers.NumberProduct,
            Opcode.Div => RegionHelpers.NumberQuotient,
            Opcode.Mod => RegionHelpers.NumberRemainder,
            _ => null,
        };
        return helper is null ? null : Call(helper, Box(x), Box(y));
    }

    private static bool IsArithmetic(Opcode op) => op is Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod;

    /// <summary>A value that is an int or float as a float; exits when it is something else.</summary>
    private IrNode NumberToFloat(IrNode value)
    {
        if (value.Type != IrType.Any)
        {
            return ToFloat(value);
        }

        GuardNumber(value);
        return Call(RegionHelpers.NumberAsFloat, value);
    }

    private void GuardNumber(IrNode value)
    {
        if (value.Type == IrType.Any)
        {
            Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.IsNumber, value));
        }
    }

    /// <summary>Unary minus and complement of kinds that have no operation of their own; null when a hook may be involved.</summary>
    private IrNode? GeneralNegation(Opcode op, IrNode x) => MayHaveHooks(x, Profile.B) || Profile.Raised
        ? null
        : Call(op == Opcode.Neg ? RegionHelpers.NegAny : RegionHelpers.BitNotAny, Box(x));

    /// <summary>Whether no instance that was seen in this place has an <c>__eq</c>.</summary>
    private static bool IsComparedWithoutHook(IrNode value, ObservedType? seen)
    {
        if (value.Type == IrType.Struct || seen is null)
        {
            return value.Type != IrType.Struct || value.Shape is { Hooks.Equals: null };
        }

        foreach (Shape shape in seen.Shapes)
        {
            if (shape.Hooks.Equals is not null)
            {
                return false;
            }
        }

        return !seen.IsMegamorphic;
    }

    /// <summary>A comparison as a bool; null when only the interpreter can make it.</summary>
    /// <param name="op">Eq, Lt or Le.</param>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <param name="seenX">What was seen of the left one.</param>
    /// <param name="seenY">What was seen of the right one.</param>
    private IrNode? GeneralComparison(Opcode op, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        ObservedKinds kindsOfX = KindsOf(x, seenX);
        ObservedKinds kindsOfY = KindsOf(y, seenY);
        if (UnitComparison(op, x, y) is { } ofUnits)
        {
            return ofUnits;
        }

        if (AreOnly(kindsOfX | kindsOfY, SmallNumbers))
        {
            return NumberComparison(op, x, y);
        }

        if (op == Opcode.Eq && x.Type == IrType.Str && y.Type == IrType.Str)
        {
            return EqualTexts(x, y);
        }

        if (op == Opcode.Eq && IsComparedWithoutHook(x, seenX) && IsComparedWithoutHook(y, seenY))
        {
            // The helper leaves at an instance that has a hook after all.
            kindsOfX &= ~ObservedKinds.Struct;
            kindsOfY &= ~ObservedKinds.Struct;
        }

        if (!AreOnly(kindsOfX | kindsOfY, PlainKinds) || Profile.Raised)
        {
            return null;
        }

        if (op == Opcode.Eq && (IsShortText(x) || IsShortText(y)))
        {
            // The left operand's hook decides: a str has none, anything else is looked at.
            GuardNoEqualsHook(x);
            return Call(RegionHelpers.EqualsStr, Box(IsShortText(x) ? y : x), IsShortText(x) ? x : y);
        }

        if (op == Opcode.Eq && x.Type == IrType.Tuple && y.Type == IrType.Tuple)
        {
            return Answer(Call(RegionHelpers.TupleEquals, x, y));
        }

        if (x.Type == IrType.Str && y.Type == IrType.Str)
        {
            return Answer(Call(op == Opcode.Lt ? RegionHelpers.StrLess : RegionHelpers.StrLessOrEqual, x, y));
        }

        RegionHelper helper = op switch
        {
            Opcode.Eq => RegionHelpers.EqualAny,
            Opcode.Lt => RegionHelpers.LessAny,
            _ => RegionHelpers.LessOrEqualAny,
        };
        return Answer(Call(helper, Box(x), Box(y)));
    }

    private void GuardNoEqualsHook(IrNode value)
    {
        if (value.Type == IrType.Any)
        {
            Guarded(IrOp.GuardNot, IrType.None, Call(RegionHelpers.HasEqualsHook, value));
        }
    }

    private IrNode NumberComparison(Opcode op, IrNode x, IrNode y)
    {
        GuardNumber(x);
        GuardNumber(y);
        RegionHelper helper = op switch
        {
            Opcode.Eq => RegionHelpers.EqualNumbers,
            Opcode.Lt => RegionHelpers.LessNumbers,
            _ => RegionHelpers.LessOrEqualNumbers,
        };
        return Call(helper, Box(x), Box(y));
    }

    /// <summary>A comparison of strs of which one is a single code unit and the other one too, or a constant; null for all others.</summary>
    private IrNode? UnitComparison(Opcode op, IrNode x, IrNode y)
    {
        if (x.Type != IrType.Str || y.Type != IrType.Str || (x.Op != IrOp.StrOfUnit && y.Op != IrOp.StrOfUnit))
        {
            return null;
        }

        if (op == Opcode.Eq && (LengthOfConstant(x) is not (null or 1) || LengthOfConstant(y) is not (null or 1)))
        {
            return Bool(false);
        }

        return UnitOf(x) is { } left && UnitOf(y) is { } right
            ? Emit(op == Opcode.Eq ? IrOp.EqInt : op == Opcode.Lt ? IrOp.LtInt : IrOp.LeInt, IrType.Bool, left, right)
            : null;
    }

    private IrNode EqualTexts(IrNode x, IrNode y)
    {
        if (IsShortText(x) && IsShortText(y) && x.Payload is Runtime.Values.ScriptString left && y.Payload is Runtime.Values.ScriptString right)
        {
            return Bool(left.ContentEquals(right));
        }

        ChargeLook(x, y);
        return Call(RegionHelpers.StrEquals, x, y);
    }

    /// <summary>
    /// Charges for looking through two strs, or through one to find it. Short ones are charged nothing: where only such were seen, a guard is enough,
    /// which can stand in front of a loop.
    /// </summary>
    private void ChargeLook(IrNode x, IrNode y)
    {
        if (IsShortText(x) || IsShortText(y))
        {
            return;
        }

        if (Profile.HasLongText)
        {
            Call(RegionHelpers.ChargeStrs, x, y);
            return;
        }

        GuardShortText(x);
    }

    private void GuardShortText(IrNode text) => Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.StrIsShort, text));

    /// <summary>Whether it is a str that is known to be so short that looking through it charges nothing.</summary>
    private static bool IsShortText(IrNode text) => text.Op == IrOp.StrOfUnit
        || (text.Op == IrOp.ConstObject && text.Payload is Runtime.Values.ScriptString known && Runtime.Semantics.Equality.StepsToLook(known, known) == 0);

    private static int? LengthOfConstant(IrNode text) => text.Op == IrOp.ConstObject ? ((Runtime.Values.ScriptString)text.Payload!).Length : null;

    /// <summary>The code unit of a str that has one; null when that is not known.</summary>
    private IrNode? UnitOf(IrNode text) => text.Op switch
    {
        IrOp.StrOfUnit => text.Inputs[0],
        IrOp.ConstObject when text.Payload is Runtime.Values.ScriptString { Length: 1 } known => Int(known[0]),
        _ => null,
    };

    /// <summary>The bool that a helper gave as a value, because it may leave the region.</summary>
    private IrNode Answer(IrNode value) => Emit(IrOp.AsBool, IrType.Bool, value);
}
