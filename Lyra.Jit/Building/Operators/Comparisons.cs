using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>Comparisons with a bool as their result.</summary>
internal sealed class Comparisons(
    BuildParts parts, NumberOperations numbers, TextComparisons texts, HookLowering hooks, HostMemberLowering hosts) : Lowering(parts)
{
    /// <summary>Ints up to this size are floats exactly.</summary>
    private const long MaxExactInt = 1L << 53;

    /// <summary>A comparison as a bool; null when only the interpreter can make it.</summary>
    /// <param name="op">Eq, Lt or Le.</param>
    /// <param name="x">The left operand.</param>
    /// <param name="y">The right operand.</param>
    /// <param name="seenX">The recording of the left operand.</param>
    /// <param name="seenY">The recording of the right operand.</param>
    public IrNode? Compare(Opcode op, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        if (x.Type == IrType.Int && y.Type == IrType.Int)
        {
            return Ir.Emit(OperatorForm.Of(op).OnInts!.Value, IrType.Bool, x, y);
        }

        if (NumberOperations.IsFloatPair(x, y) && IsExact(x) && IsExact(y))
        {
            return Ir.Emit(OperatorForm.Of(op).OnFloats!.Value, IrType.Bool, Ir.ToFloat(x), Ir.ToFloat(y));
        }

        bool isHost = HostMemberLowering.IsHost(x, seenX) || HostMemberLowering.IsHost(y, seenY);
        return (op == Opcode.Eq ? Equality(x, y) : null)
            ?? (isHost ? hosts.Comparison(op, x, y, seenX, seenY)
                : texts.CompareAsInts(op, x, y) ?? GeneralComparison(op, x, y, seenX, seenY))
            ?? hooks.Comparison(op, x, y);
    }

    /// <summary>True when comparing the value as a float is exact.</summary>
    private static bool IsExact(IrNode value) =>
        value.Type == IrType.Float || (value.Op == IrOp.ConstInt && value.Bits is >= -MaxExactInt and <= MaxExactInt);

    private IrNode? Equality(IrNode x, IrNode y)
    {
        if (x.Op == IrOp.ConstNil || y.Op == IrOp.ConstNil)
        {
            return EqualsNil(x.Op == IrOp.ConstNil ? y : x);
        }

        if (x.Type == IrType.Bool && y.Type == IrType.Bool)
        {
            return Ir.Emit(IrOp.EqBool, IrType.Bool, x, y);
        }

        return AreOfDifferentKinds(x.Type, y.Type) ? Ir.Bool(false) : null;
    }

    /// <summary>True when values of these representations are never equal, whatever hooks there are.</summary>
    private static bool AreOfDifferentKinds(IrType x, IrType y) => x != y && IsPlain(x) && IsPlain(y) && !(IsNumber(x) && IsNumber(y));

    private static bool IsPlain(IrType type) => type is not (IrType.Any or IrType.Object or IrType.Struct);

    private static bool IsNumber(IrType type) => type is IrType.Int or IrType.Float or IrType.BigInt;

    /// <summary>
    /// The equality with nil. Only an instance whose struct has an <c>__eq</c> may be equal to nil without being it: then the region exits.
    /// </summary>
    private IrNode? EqualsNil(IrNode value)
    {
        if (value.Type == IrType.Any)
        {
            Ir.GuardNot(Ir.Call(RegionHelpers.HasEqualsHookOf, value));
            return Ir.IsNil(value);
        }

        bool mayHaveHook = value.Type == IrType.Object || (value.Type == IrType.Struct && value.Shape!.Hooks.Equals is not null);
        return mayHaveHook ? null : Ir.Bool(false);
    }

    /// <summary>
    /// A comparison by a helper, for the recorded kinds; null when a hook may be involved, or when a recording saw an error.
    /// </summary>
    private IrNode? GeneralComparison(Opcode op, IrNode x, IrNode y, ObservedType? seenX, ObservedType? seenY)
    {
        ObservedKinds kindsOfX = RecordedKinds.Of(x, seenX);
        ObservedKinds kindsOfY = RecordedKinds.Of(y, seenY);
        if (RecordedKinds.AreOnly(kindsOfX | kindsOfY, RecordedKinds.SmallNumbers))
        {
            return NumberComparison(op, x, y);
        }

        if (op == Opcode.Eq && x.Type == IrType.Str && y.Type == IrType.Str)
        {
            return texts.Equal(x, y);
        }

        if (op == Opcode.Eq && IsComparedWithoutHook(x, seenX) && IsComparedWithoutHook(y, seenY))
        {
            // The helper exits at an instance that has a hook after all.
            kindsOfX &= ~ObservedKinds.Struct;
            kindsOfY &= ~ObservedKinds.Struct;
        }

        if (!RecordedKinds.AreOnly(kindsOfX | kindsOfY, RecordedKinds.Plain) || Profile.Raised)
        {
            return null;
        }

        return ComparisonWithShortText(op, x, y) ?? ComparisonByHelper(op, x, y);
    }

    /// <summary>The equality with a short str; null when neither operand is one.</summary>
    private IrNode? ComparisonWithShortText(Opcode op, IrNode x, IrNode y)
    {
        bool isLeft = TextComparisons.IsShort(x);
        if (op != Opcode.Eq || !(isLeft || TextComparisons.IsShort(y)))
        {
            return null;
        }

        // The left operand's hook decides: a str has none, any other value may have one.
        GuardNoEqualsHook(x);
        return Ir.Call(RegionHelpers.IsStr, Ir.Box(isLeft ? y : x), isLeft ? x : y);
    }

    private IrNode ComparisonByHelper(Opcode op, IrNode x, IrNode y)
    {
        OperatorForm form = OperatorForm.Of(op);
        RegionHelper? helper = (x.Type, y.Type) switch
        {
            (IrType.Tuple, IrType.Tuple) => form.OnTuples,
            (IrType.Str, IrType.Str) => form.OnStrs,
            _ => null,
        };
        return Ir.AsBool(helper is null ? Ir.Call(form.OnAny, Ir.Box(x), Ir.Box(y)) : Ir.Call(helper, x, y));
    }

    /// <summary>True when no instance that was recorded here has an <c>__eq</c>.</summary>
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

    private void GuardNoEqualsHook(IrNode value)
    {
        if (value.Type == IrType.Any)
        {
            Ir.GuardNot(Ir.Call(RegionHelpers.HasEqualsHookOf, value));
        }
    }

    private IrNode NumberComparison(Opcode op, IrNode x, IrNode y)
    {
        numbers.GuardNumber(x);
        numbers.GuardNumber(y);
        return Ir.Call(OperatorForm.Of(op).OnNumbers!, Ir.Box(x), Ir.Box(y));
    }
}
