using System;
using System.IO;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Library.IntrinsicTraits;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Builtins that talk to the host's streams.</summary>
internal static class OutputBuiltins
{
    public static void Rows(RowReader rows)
    {
        if (rows.Matches("print(...values)")) rows.Register(Print, CallsBack);
        if (rows.Matches("write(...values)")) rows.Register(Write, CallsBack);
        if (rows.Matches("input(prompt?)")) rows.Register(Input, CallsBack);
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

    /// <summary>One value at a time: a hook that prints while it makes a text comes out before that text.</summary>
    /// <exception cref="ScriptErrorException">IOError when the stream fails (a closed pipe), HostError when the host's writer throws
    /// anything else; whatever <c>__str</c> throws.</exception>
    private static void WriteAll(ScriptContext context, ReadOnlySpan<Value> values, bool isLine)
    {
        TextWriter output = context.Host.Output;
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
        catch (IOException e)
        {
            throw Broken("the output can't be written to any more", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The writer is the host's, and so is whatever it throws. That there is no memory left is a limit, which no script catches.
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

        return ReadLine(host) is { } line ? Make.Text(context, line) : Value.Nil;
    }

    /// <summary>What was written before a question must be seen before the answer is waited for.</summary>
    private static string? ReadLine(HostServices host)
    {
        try
        {
            host.Output.Flush();
            return host.Input.ReadLine();
        }
        catch (IOException e)
        {
            throw Broken("input: the console can't be read", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // As in Put: writer and reader are the host's.
            throw HostTasks.ErrorFor(e);
        }
    }

    /// <summary>
    /// A stream of the host that fails is no fault of its code: the script gets the error of a file that fails, the host the reason, too.
    /// </summary>
    private static ScriptErrorException Broken(string message, IOException cause) =>
        new(new ErrorObject(ErrorKinds.IOError, message) { HostException = cause });
}
