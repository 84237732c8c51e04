using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Texts that are built in place of chains of <c>+</c>; the pass <see cref="Passes.Texts.TextBuilding"/> puts them into the graph.
/// </summary>
internal static class TextBuilderHelpers
{
    /// <summary>A builder whose text is that of a str.</summary>
    [RegionHelper(IrType.Builder, IrEffects.Allocates)]
    internal static TextBuilder BeginText(ScriptContext context, ScriptString text) => TextBuilder.Begin(context, text);

    /// <summary>The builder, after it has appended a str. What <see cref="TextHelpers.ConcatStrs"/> charges is charged.</summary>
    [RegionHelper(IrType.Builder, Computes, Writes = IrMemory.Builders)]
    internal static TextBuilder? AppendText(ScriptContext context, TextBuilder builder, ScriptString text) =>
        builder.TryAppend(context, text) ? builder : AppendAny(context, builder, text);

    /// <summary>The builder, after it has appended what <see cref="TextHelpers.TextOfInt"/> gives for an int.</summary>
    [RegionHelper(IrType.Builder, Computes, Writes = IrMemory.Builders)]
    internal static TextBuilder? AppendDigits(ScriptContext context, TextBuilder builder, long value) =>
        builder.TryAppend(context, value) ? builder : AppendNew(context, builder, value);

    /// <summary>The code units in a builder.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.Builders, IsTotal = true)]
    internal static long LengthOfText(TextBuilder builder) => builder.Length;

    /// <summary>The text of a builder, which is free for other texts then.</summary>
    [RegionHelper(IrType.Str, IrEffects.Allocates, Reads = IrMemory.Builders)]
    internal static ScriptString EndText(ScriptContext context, TextBuilder builder) => builder.End(context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextBuilder? AppendNew(ScriptContext context, TextBuilder builder, long value)
    {
        Account account = new(context);
        if (TextHelpers.TextOfInt(context, value) is { } digits && AppendAny(context, builder, digits) is not null)
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
        catch (Exception e) when (MakesExit(e))
        {
            account.TakeBack();
            return null;
        }
    }
}
