using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>
/// Comparisons of strs. Looking through a long str is charged. A str of one code unit is compared as an int, and so is the name of an
/// enum's value.
/// </summary>
internal sealed class TextComparisons(BuildParts parts) : Lowering(parts)
{
    /// <summary>A comparison of strs that are known as ints, as far as it needs no str; null for all other strs.</summary>
    public IrNode? CompareAsInts(Opcode op, IrNode x, IrNode y) =>
        x.Type != IrType.Str || y.Type != IrType.Str ? null
            : IsUnit(x) || IsUnit(y) ? CompareUnits(op, x, y)
            : op == Opcode.Eq ? CompareNames(x, y) ?? CompareNames(y, x)
            : null;

    private IrNode? CompareUnits(Opcode op, IrNode x, IrNode y)
    {

        if (op == Opcode.Eq && (LengthOfConstant(x) is not (null or 1) || LengthOfConstant(y) is not (null or 1)))
        {
            return Ir.Bool(false);
        }

        if (op == Opcode.Eq)
        {
            return Ir.Emit(IrOp.EqInt, IrType.Bool, OnlyUnitOf(x), OnlyUnitOf(y));
        }

        return UnitOf(x) is { } left && UnitOf(y) is { } right
            ? Ir.Emit(op == Opcode.Lt ? IrOp.LtInt : IrOp.LeInt, IrType.Bool, left, right)
            : null;
    }

    /// <summary>
    /// Whether a value of an enum has a name, or the same number as another value; null where the texts have to be compared.
    /// </summary>
    private IrNode? CompareNames(IrNode x, IrNode y)
    {
        IrNode? number = x.Op != IrOp.StrOfEnum ? null
            : y.Op == IrOp.StrOfEnum && y.Payload == x.Payload && IsShort(x) ? y.Inputs[0]
            : IsShort(y) && y.Payload is ScriptString name && ((HostEnum)x.Payload!).NumberOf(name.Text) is { } known ? Ir.Int(known)
            : null;
        return number is null ? null : Ir.Emit(IrOp.EqInt, IrType.Bool, x.Inputs[0], number);
    }

    /// <summary>The equality of two strs, which is charged for.</summary>
    public IrNode Equal(IrNode x, IrNode y)
    {
        if (IsShort(x) && IsShort(y) && x.Payload is ScriptString left && y.Payload is ScriptString right)
        {
            return Ir.Bool(left.ContentEquals(right));
        }

        if (LengthOfConstant(x) == 0 || LengthOfConstant(y) == 0)
        {
            IrNode other = LengthOfConstant(x) == 0 ? y : x;
            return Ir.Emit(IrOp.EqInt, IrType.Bool, Ir.Emit(IrOp.StrLength, IrType.Int, other), Ir.Int(0));
        }

        ChargeComparison(x, y);
        return EqualTypeName(x, y) ?? EqualTypeName(y, x) ?? Ir.Call(RegionHelpers.AreEqualStrs, x, y);
    }

    /// <summary>
    /// Whether the result of <c>type</c> is the name of a kind, by comparison of references; null for other comparisons
    /// (<see cref="TypeNames"/>).
    /// </summary>
    public IrNode? EqualTypeName(IrNode name, IrNode constant) =>
        name is { Op: IrOp.Call } && ReferenceEquals(name.Payload, RegionHelpers.NameOfType) && constant.Payload is ScriptString text
            && TypeNames.FindKind(text.Span) is { } kind
            ? Ir.Emit(IrOp.SameObject, IrType.Bool, name, Ir.Object(kind))
            : null;

    /// <summary>
    /// Charges for looking through two strs, or for hashing one. Short strs cost nothing: where only such were recorded, a guard replaces
    /// the charge, and can be hoisted.
    /// </summary>
    public void ChargeComparison(IrNode x, IrNode y)
    {
        if (IsShort(x) || IsShort(y))
        {
            return;
        }

        if (Profile.HasLongText)
        {
            Ir.Call(RegionHelpers.ChargeTexts, x, y);
            return;
        }

        GuardShort(x);
    }

    /// <summary>Exits unless looking through a str costs nothing.</summary>
    public void GuardShort(IrNode text) => Ir.Guard(Ir.Call(RegionHelpers.IsShort, text));

    /// <summary>True for a str that is known to be so short that looking through it costs nothing.</summary>
    public static bool IsShort(IrNode text) => text switch
    {
        { Op: IrOp.StrOfUnit } => true,
        { Op: IrOp.StrOfEnum, Payload: HostEnum names } => names.IsShort,
        { Op: IrOp.ConstObject, Payload: ScriptString known } => Equality.ComparisonSteps(known, known) == 0,
        _ => false,
    };

    /// <summary>The code unit of a str that is known to have exactly one; null for any other.</summary>
    public IrNode? UnitOf(IrNode text) => text switch
    {
        { Op: IrOp.StrOfUnit } => text.Inputs[0],
        { Op: IrOp.ConstObject, Payload: ScriptString { Length: 1 } known } => Ir.Int(known[0]),
        _ => null,
    };

    /// <summary>The code unit of a str that has exactly one; for any other a number that is none.</summary>
    public IrNode OnlyUnitOf(IrNode text) => UnitOf(text) ?? Ir.Call(RegionHelpers.OnlyUnit, text);

    private static bool IsUnit(IrNode text) => text.Op == IrOp.StrOfUnit || LengthOfConstant(text) == 1;

    private static int? LengthOfConstant(IrNode text) =>
        text.Op == IrOp.ConstObject ? ((ScriptString)text.Payload!).Length : null;
}
