using System;
using System.IO;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins that talk to the host's streams.</summary>
internal static class OutputBuiltins
{
    public static void Rows(RowReader rows)
    {
        if (rows.Wants("print(...values)")) rows.Give(Print, IntrinsicTraits.CallsBack);
        if (rows.Wants("write(...values)")) rows.Give(Write, IntrinsicTraits.CallsBack);
        if (rows.Wants("input(prompt?)")) rows.Give(Input, IntrinsicTraits.CallsBack);
    }

    private static Value Print(ScriptContext context, ReadOnlySpan<Value> values)
    {
        WriteAll(context, values);
        context.Host.Output.Write('\n');
        return Value.Nil;
    }

    private static Value Write(ScriptContext context, ReadOnlySpan<Value> values)
    {
        WriteAll(context, values);
        return Value.Nil;
    }

    /// <summary>One value at a time: a hook that prints while it makes a text comes out before that text.</summary>
    private static void WriteAll(ScriptContext context, ReadOnlySpan<Value> values)
    {
        TextWriter output = context.Host.Output;
        for (int i = 0; i < values.Length; i++)
        {
            string? text = values[i].Ref is ScriptString ? null : Formatting.ToText(context, values[i]);
            if (i > 0)
            {
                output.Write(' ');
            }

            ReadOnlySpan<char> written = text is null ? ((ScriptString)values[i].Ref!).Span : text;
            context.Charge(written.Length >> 4);
            output.Write(written);
        }
    }

    private static Value Input(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        HostServices host = context.Host;
        if (!host.Capabilities.HasFlag(LyraCapabilities.Console))
        {
            throw Throw.Error(ErrorKinds.IOError, "input: reading the console is denied; the host must grant it");
        }

        if (Argument.TryGetNonNil(arguments, 0, out Value prompt))
        {
            host.Output.Write(Formatting.ToText(context, prompt));
            host.Output.Flush();
        }

        return host.Input.ReadLine() is { } line ? Make.Text(context, line) : Value.Nil;
    }
}
