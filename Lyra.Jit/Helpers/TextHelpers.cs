using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Strs, and the texts of values. The charges are those of the interpreter, to the byte.</summary>
internal static class TextHelpers
{
    /// <summary>The helper for a Concat of a number of values; null when there is none.</summary>
    public static RegionHelper? ConcatTexts(int count) => count switch
    {
        1 => RegionHelpers.TextOfValue,
        2 => RegionHelpers.JoinTwo,
        3 => RegionHelpers.JoinThree,
        4 => RegionHelpers.JoinFour,
        <= NativeArguments.Capacity => RegionHelpers.JoinMany,
        _ => null,
    };

    [RegionHelper(IrType.Str, Computes)]
    internal static ScriptString? ConcatStrs(ScriptContext context, ScriptString left, ScriptString right)
    {
        Account account = new(context);
        try
        {
            return ScriptString.Concat(context, left, right);
        }
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }

    /// <summary>The steps of the longest comparison in compiled code. The interpreter looks at the clock during longer ones.</summary>
    private const long MostComparisonSteps = 1 << 12;

    /// <summary>Charges a comparison of two strs, or the lookup of one as a key; both cost the same. False for very long ones.</summary>
    [RegionHelper(IrType.None, Charges)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ChargeTexts(ScriptContext context, ScriptString left, ScriptString right) =>
        Equality.ComparisonSteps(left, right) is <= MostComparisonSteps and var steps && context.TryCharge(steps);

    /// <summary>Whether looking through a str charges nothing.</summary>
    [RegionHelper(IrType.Bool, Pure, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsShort(ScriptString text) => Equality.ComparisonSteps(text, text) == 0;

    /// <summary>The code unit of a str that has exactly one; otherwise -1.</summary>
    [RegionHelper(IrType.Int, Pure, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long OnlyUnit(ScriptString text) => text.Length == 1 ? text[0] : -1;

    /// <summary>Whether two strs have the same content; <see cref="ChargeTexts"/> has charged it.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool AreEqualStrs(ScriptString left, ScriptString right) => left.ContentEquals(right);

    /// <summary>Whether a value is a str with the same content as one so short that comparing it charges nothing.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    internal static bool IsStr(object? reference, long bits, ScriptString text) =>
        reference is ScriptString other && other.ContentEquals(text);

    /// <summary>Less, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value IsLessStr(ScriptContext context, ScriptString left, ScriptString right) =>
        Comparison.TryCompareTexts<FailingCharge>(context, left, right, out int order) ? Value.FromBool(order < 0) : Exit;

    /// <summary>Less or equal, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value IsLessOrEqualStr(ScriptContext context, ScriptString left, ScriptString right) =>
        Comparison.TryCompareTexts<FailingCharge>(context, left, right, out int order) ? Value.FromBool(order <= 0) : Exit;

    /// <summary>Whether the first str contains the second, as a value that is a bool.</summary>
    /// <remarks>A search in a short str charges nothing, so it can't fail.</remarks>
    [RegionHelper(IrType.Any, Charges)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe Value ContainsText(ScriptContext context, ScriptString text, ScriptString part) =>
        text.Length < TextSearch.FirstCharge
            ? Value.FromBool(text.Span.IndexOf(part.Span) >= 0)
            : Guarded(context, &Indexing.Contains, Value.FromObject(text), Value.FromObject(part));

    /// <summary>The index of the second str in the first, from an index on, as a value that is an int; -1 if it is not there.</summary>
    [RegionHelper(IrType.Any, Charges)]
    internal static Value IndexOfText(ScriptContext context, ScriptString text, ScriptString part, long start)
    {
        if (start < 0)
        {
            return Exit;
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
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>Whether the first str begins with the second, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges)]
    internal static Value StartsWithText(ScriptContext context, ScriptString text, ScriptString part) =>
        TextSearch.TryStartsWith<FailingCharge>(context, text.Span, part.Span, out bool starts) ? Value.FromBool(starts) : Exit;

    /// <summary>Whether the first str ends with the second, as a value that is a bool.</summary>
    [RegionHelper(IrType.Any, Charges)]
    internal static Value EndsWithText(ScriptContext context, ScriptString text, ScriptString part) =>
        TextSearch.TryEndsWith<FailingCharge>(context, text.Span, part.Span, out bool ends) ? Value.FromBool(ends) : Exit;

    /// <summary>The code units from the first index up to the second.</summary>
    [RegionHelper(IrType.Str, Computes)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe ScriptString? CutStr(ScriptContext context, ScriptString text, long from, long to) =>
        Cut(context, &Sequences.Slice, text, text.Length, from, to);

    /// <summary>What <c>tostring</c> gives for an int.</summary>
    [RegionHelper(IrType.Str, IrEffects.Exits | IrEffects.Allocates)]
    internal static ScriptString? TextOfInt(ScriptContext context, long value) => Charged(context, ScriptString.Of(value));

    /// <summary>What <c>tostring</c> gives for a float.</summary>
    [RegionHelper(IrType.Str, IrEffects.Exits | IrEffects.Allocates)]
    internal static ScriptString? TextOfFloat(ScriptContext context, double value) => Charged(context, Formatting.FloatStr(value));

    /// <summary>What <c>tostring</c> gives for a bool.</summary>
    [RegionHelper(IrType.Str, IrEffects.Exits | IrEffects.Allocates)]
    internal static ScriptString? TextOfBool(ScriptContext context, bool value) =>
        Charged(context, ScriptString.From(value ? "true" : "false"));

    private static ScriptString? Charged(ScriptContext context, ScriptString text) =>
        context.TryChargeMemory(ScriptString.BytesFor(text.Length)) ? text : null;

    /// <summary>The name of a value's type; exits where a method replaces it.</summary>
    [RegionHelper(IrType.Str, IrEffects.Exits)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? NameOfType(object? reference, long bits) =>
        TypeNames.OfUnlessReplaced(new Value(reference, bits));

    /// <summary>The text of one value that is not a str, as interpolation makes it.</summary>
    [RegionHelper(IrType.Str, Computes, Reads = Contents | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? TextOfValue(ScriptContext context, object? reference, long bits) =>
        reference as ScriptString ?? TextJoining.JoinOneByOne(context, [new Value(reference, bits)]);

    /// <summary>Joins the texts of two values. It is one operation, because the charges of a part of it cannot be taken back.</summary>
    [RegionHelper(IrType.Str, Computes, Reads = Contents | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinTwo(ScriptContext context, object? a, long aBits, object? b, long bBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits)]);

    /// <inheritdoc cref="JoinTwo"/>
    [RegionHelper(IrType.Str, Computes, Reads = Contents | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinThree(ScriptContext context, object? a, long aBits, object? b, long bBits, object? c, long cBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits), new Value(c, cBits)]);

    /// <inheritdoc cref="JoinTwo"/>
    [RegionHelper(IrType.Str, Computes, Reads = Contents | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinFour(
        ScriptContext context, object? a, long aBits, object? b, long bBits, object? c, long cBits, object? d, long dBits) =>
        TextJoining.Join(context, [new Value(a, aBits), new Value(b, bBits), new Value(c, cBits), new Value(d, dBits)]);

    /// <inheritdoc cref="JoinTwo"/>
    [RegionHelper(IrType.Str, Computes, Reads = Contents | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ScriptString? JoinMany(ScriptContext context, ref Value parts, int count) =>
        TextJoining.Join(context, NativeArguments.Span(ref parts, count));
}
