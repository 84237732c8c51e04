using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>Strs, and the texts of values. The charges are those of the interpreter, to the byte.</content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper StrConcat = Row(nameof(ConcatStrs), IrType.Str, Computes);

    /// <summary>Charges a comparison of two strs, or the lookup of one as a key; both cost the same.</summary>
    public static readonly RegionHelper ChargeStrs = Row(nameof(ChargeTexts), IrType.None, Charges);

    /// <summary>Whether looking through a str charges nothing.</summary>
    public static readonly RegionHelper StrIsShort = Row(nameof(IsShort), IrType.Bool, Pure, isTotal: true);

    /// <summary>The code unit of a str that has exactly one; otherwise -1.</summary>
    public static readonly RegionHelper StrOnlyUnit = Row(nameof(OnlyUnit), IrType.Int, Pure, isTotal: true);

    /// <summary>Whether two strs have the same content; <see cref="ChargeStrs"/> has charged it.</summary>
    public static readonly RegionHelper StrEquals = Row(nameof(AreEqualStrs), IrType.Bool, Pure);

    /// <summary>Whether a value is a str with the same content as one so short that comparing it charges nothing.</summary>
    public static readonly RegionHelper EqualsStr = Row(nameof(IsStr), IrType.Bool, Pure);

    /// <summary>Less, as a value that is a bool.</summary>
    public static readonly RegionHelper StrLess = Row(nameof(IsLessStr), IrType.Any, Charges);

    /// <summary>Less or equal, as a value that is a bool.</summary>
    public static readonly RegionHelper StrLessOrEqual = Row(nameof(IsLessOrEqualStr), IrType.Any, Charges);

    /// <summary>Whether the first str contains the second, as a value that is a bool.</summary>
    public static readonly RegionHelper StrContains = Row(nameof(ContainsText), IrType.Any, Charges);

    /// <summary>The index of the second str in the first, from an index on, as a value that is an int; -1 if it is not there.</summary>
    public static readonly RegionHelper StrFind = Row(nameof(IndexOfText), IrType.Any, Charges);

    /// <summary>Whether the first str begins with the second, as a value that is a bool.</summary>
    public static readonly RegionHelper StrStartsWith = Row(nameof(StartsWithText), IrType.Any, Charges);

    /// <summary>Whether the first str ends with the second, as a value that is a bool.</summary>
    public static readonly RegionHelper StrEndsWith = Row(nameof(EndsWithText), IrType.Any, Charges);

    /// <summary>The code units from the first index up to the second.</summary>
    public static readonly RegionHelper StrSlice = Row(nameof(CutStr), IrType.Str, Computes);

    /// <summary>What <c>tostring</c> gives for an int.</summary>
    public static readonly RegionHelper IntToText = Row(nameof(TextOfInt), IrType.Str, IrEffects.Exits | IrEffects.Allocates);

    /// <summary>What <c>tostring</c> gives for a float.</summary>
    public static readonly RegionHelper FloatToText = Row(nameof(TextOfFloat), IrType.Str, IrEffects.Exits | IrEffects.Allocates);

    /// <summary>What <c>tostring</c> gives for a bool.</summary>
    public static readonly RegionHelper BoolToText = Row(nameof(TextOfBool), IrType.Str, IrEffects.Exits | IrEffects.Allocates);

    /// <summary>The name of a value's type; exits where a method replaces it.</summary>
    public static readonly RegionHelper TypeName = Row(nameof(NameOfType), IrType.Str, IrEffects.Exits);

    /// <summary>The text of one value that is not a str, as interpolation makes it.</summary>
    public static readonly RegionHelper ToText = Row(nameof(TextOfValue), IrType.Str, Computes, Contents | IrMemory.Fields);

    /// <summary>Joins the texts of two values. It is one operation, because the charges of a part of it cannot be taken back.</summary>
    public static readonly RegionHelper ConcatTexts2 = Row(nameof(JoinTwo), IrType.Str, Computes, Contents | IrMemory.Fields);

    /// <inheritdoc cref="ConcatTexts2"/>
    public static readonly RegionHelper ConcatTexts3 = Row(nameof(JoinThree), IrType.Str, Computes, Contents | IrMemory.Fields);

    /// <inheritdoc cref="ConcatTexts2"/>
    public static readonly RegionHelper ConcatTexts4 = Row(nameof(JoinFour), IrType.Str, Computes, Contents | IrMemory.Fields);

    /// <inheritdoc cref="ConcatTexts2"/>
    public static readonly RegionHelper ConcatTextsMany = Row(nameof(JoinMany), IrType.Str, Computes, Contents | IrMemory.Fields);

    /// <summary>The helper for a Concat of a number of values; null when there is none.</summary>
    public static RegionHelper? ConcatTexts(int count) => count switch
    {
        1 => ToText,
        2 => ConcatTexts2,
        3 => ConcatTexts3,
        4 => ConcatTexts4,
        <= NativeArguments.Capacity => ConcatTextsMany,
        _ => null,
    };

    internal static ScriptString? ConcatStrs(ScriptContext context, ScriptString left, ScriptString right)
    {
        Account account = new(context);
        try
        {
            return ScriptString.Concat(context, left, right);
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ChargeTexts(ScriptContext context, ScriptString left, ScriptString right) =>
        context.TryCharge(Equality.ComparisonSteps(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsShort(ScriptString text) => Equality.ComparisonSteps(text, text) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long OnlyUnit(ScriptString text) => text.Length == 1 ? text[0] : -1;

    internal static bool AreEqualStrs(ScriptString left, ScriptString right) => left.ContentEquals(right);

    internal static bool IsStr(object? reference, long bits, ScriptString text) =>
        reference is ScriptString other && other.ContentEquals(text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value IsLessStr(ScriptContext context, ScriptString left, ScriptString right) =>
        TryChargeComparison(context, left, right) ? Value.FromBool(left.Span.SequenceCompareTo(right.Span) < 0) : Leave;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value IsLessOrEqualStr(ScriptContext context, ScriptString left, ScriptString right) =>
        TryChargeComparison(context, left, right) ? Value.FromBool(left.Span.SequenceCompareTo(right.Span) <= 0) : Leave;

    /// <summary>A search in a short str charges nothing, so it can't fail.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value ContainsText(ScriptContext context, ScriptString text, ScriptString part) =>
        text.Length < TextSearch.FirstCharge
            ? Value.FromBool(text.Span.IndexOf(part.Span) >= 0)
            : Guarded(context, &Indexing.Contains, Value.FromObject(text), Value.FromObject(part));

    internal static Value IndexOfText(ScriptContext context, ScriptString text, ScriptString part, long start)
    {
        if (start < 0)
        {
            return Leave;
        }

        int from = (int)Math.Min(start, text.Length);
        return TextSearch.TryFindInWindow(context, text.Span, part.Span, from, out int position)
            ? Value.FromInt(position)
            : IndexOfLongText(context, text, part, from);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value IndexOfLongText(ScriptContext context, ScriptString text, ScriptString part, int start)
    {
        Account account = new(context);
        try
        {
            return Value.FromInt(TextSearch.IndexOf(context, text.Span, part.Span, start));
        }
        catch (Exception e) when (IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static Value StartsWithText(ScriptContext context, ScriptString text, ScriptString part) =>
        context.TryCharge(TextSearch.EndSteps(part.Length)) ? Value.FromBool(text.Span.StartsWith(part.Span)) : Leave;

    internal static Value EndsWithText(ScriptContext context, ScriptString text, ScriptString part) =>
        context.TryCharge(TextSearch.EndSteps(part.Length)) ? Value.FromBool(text.Span.EndsWith(part.Span)) : Leave;

    private static bool TryChargeComparison(ScriptContext context, ScriptString left, ScriptString right) =>
        context.TryCharge(Math.Min(left.Length, right.Length) >> 6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe ScriptString? CutStr(ScriptContext context, ScriptString text, long from, long to) =>
        Cut(context, &Sequences.Slice, text, text.Length, from, to);

    internal static ScriptString? TextOfInt(ScriptContext context, long value)
    {
        ScriptString digits = ScriptString.Of(value);
        return context.TryChargeMemory(ScriptString.BytesFor(digits.Length)) ? digits : null;
    }

    internal static ScriptString? TextOfFloat(ScriptContext context, double value) => NewText(context, Formatting.FloatText(value));

    internal static ScriptString? TextOfBool(ScriptContext context, bool value) => NewText(context, value ? "true" : "false");

    private static ScriptString? NewText(ScriptContext context, string text) =>
        context.TryChargeMemory(ScriptString.BytesFor(text.Length)) ? ScriptString.From(text) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? NameOfType(object? reference, long bits) =>
        reference is StructObject { Shape.ReplacesType: true } ? null : TypeNames.Of(new Value(reference, bits));

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? TextOfValue(ScriptContext context, object? reference, long bits) =>
        reference as ScriptString ?? TextJoining.JoinOneByOne(context, [new Value(reference, bits)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinTwo(ScriptContext context, object? a, long aBits, object? b, long bBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinThree(ScriptContext context, object? a, long aBits, object? b, long bBits, object? c, long cBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits), new Value(c, cBits)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinFour(
        ScriptContext context, object? a, long aBits, object? b, long bBits, object? c, long cBits, object? d, long dBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits), new Value(c, cBits), new Value(d, dBits)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinMany(ScriptContext context, ref NativeArguments parts, int count) =>
        TextJoining.Join(context, NativeArguments.Span(ref parts, count));
}
