using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Helpers;

/// <content>
/// Texts that are built in place of chains of <c>+</c>; the pass <see cref="Passes.Texts.TextBuilding"/> puts them into the graph.
/// </content>
internal static partial class RegionHelpers
{
    /// <summary>A builder whose text is that of a str.</summary>
    public static readonly RegionHelper BuilderOf = Row(nameof(BeginText), IrType.Builder, IrEffects.Allocates);

    /// <summary>The builder, after it has appended a str. What <see cref="StrConcat"/> charges is charged.</summary>
    public static readonly RegionHelper BuilderAppend = Row(nameof(AppendText), IrType.Builder, Computes, writes: IrMemory.Builders);

    /// <summary>The builder, after it has appended what <see cref="IntToText"/> gives for an int.</summary>
    public static readonly RegionHelper BuilderAppendInt = Row(nameof(AppendDigits), IrType.Builder, Computes, writes: IrMemory.Builders);

    /// <summary>The code units in a builder.</summary>
    public static readonly RegionHelper BuilderLength =
        Row(nameof(LengthOfText), IrType.Int, Pure, reads: IrMemory.Builders, isTotal: true);

    /// <summary>The text of a builder, which is free for other texts then.</summary>
    public static readonly RegionHelper BuilderEnd = Row(nameof(EndText), IrType.Str, IrEffects.Allocates, reads: IrMemory.Builders);

    internal static TextBuilder BeginText(ScriptContext context, ScriptString text) => TextBuilder.Begin(context, text);

    internal static TextBuilder? AppendText(ScriptContext context, TextBuilder builder, ScriptString text) =>
        builder.TryAppend(context, text) ? builder : AppendAny(context, builder, text);

    internal static TextBuilder? AppendDigits(ScriptContext context, TextBuilder builder, long value) =>
        builder.TryAppend(context, value) ? builder : AppendNew(context, builder, value);

    internal static long LengthOfText(TextBuilder builder) => builder.Length;

    internal static ScriptString EndText(ScriptContext context, TextBuilder builder) => builder.End(context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextBuilder? AppendNew(ScriptContext context, TextBuilder builder, long value)
    {
        Account account = new(context);
        if (TextOfInt(context, value) is { } digits && AppendAny(context, builder, digits) is not null)
        {
            return builder;
        }

        account.TakeBack();
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextBuilder? AppendAny(ScriptContext context, TextBuilder builder, ScriptString text)
    {
        Account account = new(context);
        try
        {
            builder.Append(context, text);
            return builder;
        }
        catch (Exception e) when (IsLeaving(e))
        {
            account.TakeBack();
            return null;
        }
    }
}
