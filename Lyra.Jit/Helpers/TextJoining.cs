using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>Joins the texts of values for compiled code, as interpolation and <c>+</c> do, and with the same charges.</summary>
internal static class TextJoining
{
    /// <summary>Joins short texts without the intermediate results, but with their charges.</summary>
    [SkipLocalsInit]
    public static ScriptString? Join(ScriptContext context, ReadOnlySpan<Value> parts)
    {
        Span<char> buffer = stackalloc char[ScriptString.MinBuilderLength - 1];
        int length = 0;
        long bytes = 0;
        bool isJoined = false;
        ScriptString? first = null;
        foreach (ref readonly Value part in parts)
        {
            if (!TryWrite(part, buffer[length..], out int written))
            {
                return JoinOneByOne(context, parts);
            }

            first = length == 0 ? part.Ref as ScriptString : first;
            isJoined |= length > 0 && written > 0;
            bytes += part.Ref is ScriptString ? 0 : ScriptString.BytesFor(written);
            bytes += length > 0 && written > 0 ? ScriptString.BytesFor(length + written) : 0;
            length += written;
        }

        if (!context.TryChargeMemory(bytes))
        {
            return null;
        }

        // A part that is joined with nothing stays the same object: how a str was made decides the cost of appending to it.
        return isJoined ? ScriptString.Joined(buffer[..length]) : first ?? ScriptString.Copy(buffer[..length]);
    }

    /// <summary>Writes the text of a str or a number; false for other values, and when the buffer is full.</summary>
    private static bool TryWrite(in Value value, Span<char> target, out int written)
    {
        if (value.IsInt)
        {
            return value.Bits.TryFormat(target, out written, default, CultureInfo.InvariantCulture);
        }

        written = 0;
        if (value.IsFloat)
        {
            bool fits = target.Length >= NumberText.MaxLength;
            written = fits ? NumberText.Write(value.AsFloat, target) : 0;
            return fits;
        }

        if (value.Ref is not ScriptString part)
        {
            return false;
        }

        written = part.Length;
        return part.Span.TryCopyTo(target);
    }

    /// <summary>As the interpreter joins them, one by one.</summary>
    public static ScriptString? JoinOneByOne(ScriptContext context, ReadOnlySpan<Value> parts)
    {
        GuardedCalls.Account account = new(context);
        int protectedCount = context.ProtectedCount;
        (int First, int Used)[]? uses = UsesOf(context, parts);
        try
        {
            ScriptString result = Formatting.ToStr(context, parts[0]);
            for (int i = 1; i < parts.Length; i++)
            {
                result = ScriptString.Concat(context, result, Formatting.ToStr(context, parts[i]));
            }

            return result;
        }
        catch (Exception e) when (GuardedCalls.MakesExit(e))
        {
            context.UnprotectTo(protectedCount);
            account.TakeBack();

            // What was added in place so far would make the interpreter copy the whole when it begins anew.
            Restore(context, parts, uses);

            return null;
        }
    }

    /// <summary>The use of the buffers of all parts, to which others may be added in place; null when none has one.</summary>
    private static (int First, int Used)[]? UsesOf(ScriptContext context, ReadOnlySpan<Value> parts)
    {
        (int First, int Used)[]? uses = null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Ref is ScriptString text && text.BufferUse(context) is { Used: > 0 } use)
            {
                uses ??= new (int First, int Used)[parts.Length];
                uses[i] = use;
            }
        }

        return uses;
    }

    private static void Restore(ScriptContext context, ReadOnlySpan<Value> parts, (int First, int Used)[]? uses)
    {
        for (int i = 0; i < uses?.Length; i++)
        {
            (parts[i].Ref as ScriptString)?.RestoreBuffer(context, uses[i]);
        }
    }
}
