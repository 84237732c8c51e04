using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library.Builtins;

/// <summary>Reads a line of a script's input.</summary>
internal static class InputLine
{
    private const int PieceLength = 4_096;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The next line without its end; null at the end of the input. While no text arrives, the clock is checked. A reader of the host
    /// reads the line at once.
    /// </summary>
    public static string? Read(ScriptContext context)
    {
        if (context.Host.Input is not PolledReader input)
        {
            return context.Host.Input.ReadLine();
        }

        StringBuilder text = new();
        context.Protect(new TextUnderConstruction(text));
        int unit = Next(context, input);
        bool hasEnded = unit < 0;
        for (; unit is >= 0 and not '\n' and not '\r'; unit = Next(context, input))
        {
            if (text.Length % PieceLength == 0)
            {
                Charge(context, text.Length);
            }

            text.Append((char)unit);
        }

        if (unit == '\r')
        {
            SkipLineFeed(context, input);
        }

        context.Unprotect();
        return hasEnded ? null : text.ToString();
    }

    private static void Charge(ScriptContext context, int length)
    {
        context.Charge(PieceLength >> 5);
        context.ChargeMemory(2 * PieceLength);
        if (length > ScriptString.MaxLength - PieceLength)
        {
            throw Throw.ValueError("input: the line is longer than a str can be");
        }
    }

    private static int Next(ScriptContext context, PolledReader input)
    {
        Wait(context, input);
        return input.Read();
    }

    private static void SkipLineFeed(ScriptContext context, PolledReader input)
    {
        Wait(context, input);
        if (input.Peek() == '\n')
        {
            input.Read();
        }
    }

    private static void Wait(ScriptContext context, PolledReader input)
    {
        while (!input.IsReadyWithin(PollInterval))
        {
            context.CheckClock();
        }
    }
}
