using System;
using System.IO;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins that read and write the host's streams.</summary>
internal static class OutputBuiltins
{
    public static void Rows(RowReader rows)
    {
        rows.Row("print(...values)")?.Register(Print, CallsBack);
        rows.Row("write(...values)")?.Register(Write, CallsBack);
        rows.Row("input(prompt?)")?.Register(Input, CallsBack);

    }

    private static Value Print(ScriptContext context, ReadOnlySpan<Value> values)
    {
        WriteAll(context, values, isLine: true);
        return Value.Nil;
    }

    private static Value Write(ScriptContext context, ReadOnlySpan<Value> values)
    {
        WriteAll(context, values, isLine: false);
        return Value.Nil;
    }

    /// <summary>
    /// Formats and writes one value at a time, so that the output of a <c>__str</c> hook precedes the text that the hook returns.
    /// </summary>
    /// <exception cref="ScriptErrorException">
    /// IOError when the stream fails (for example a closed pipe or a closed stream); HostError when the host's writer throws any other
    /// exception; any error that <c>__str</c> throws.
    /// </exception>
    private static void WriteAll(ScriptContext context, ReadOnlySpan<Value> values, bool isLine)
    {
        TextWriter output = context.Host.Output;
        context.HasForeignAllocations = true;
        for (int i = 0; i < values.Length; i++)
        {
            WriteOne(context, output, values[i], isFirst: i == 0);
        }

        if (isLine)
        {
            Put(output, "\n");
        }
    }

    private static void WriteOne(ScriptContext context, TextWriter output, in Value value, bool isFirst)
    {
        string? text = value.Ref is ScriptString ? null : Formatting.ToText(context, value);
        if (!isFirst)
        {
            Put(output, " ");
        }

        ReadOnlySpan<char> written = text is null ? ((ScriptString)value.Ref!).Span : text;
        context.Charge(written.Length >> 4);
        Put(output, written);
    }

    private static void Put(TextWriter output, ReadOnlySpan<char> text)
    {
        try
        {
            output.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken("writing to the output failed", e);
        }
        catch (Exception e)
        {
            // The host supplies the writer, so its exceptions become a HostError.
            throw HostTasks.ErrorFor(e);
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
            WriteAll(context, [prompt], isLine: false);
        }

        return ReadLine(context) is { } line ? Make.Text(context, line) : Value.Nil;
    }

    /// <summary>Flushes the output first, so that the user sees the prompt before the call waits for input.</summary>
    private static string? ReadLine(ScriptContext context)
    {
        try
        {
            context.Host.Output.Flush();
            return InputLine.Read(context);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken("input: the console can't be read", e);
        }
        catch (Exception e) when (e is not ScriptErrorException)
        {
            // As in Put: the host supplies the writer and the reader.
            throw HostTasks.ErrorFor(e);
        }
    }

    /// <summary>
    /// A failed stream is not a fault of the host's code, so the script gets an IOError, as for a failed file. The host also gets the
    /// cause.
    /// </summary>
    private static ScriptErrorException Broken(string message, Exception cause) =>
        new(new ErrorObject(ErrorKinds.IOError, message) { HostException = cause });
}
