using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Methods;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Module <c>text</c>: the layout of text, and the distance of two texts. Widths are in code units.</summary>
internal static class TextModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("wrap(s, width)")?.Register(Wrap, Restartable);
        rows.Row("dedent(s)")?.Register(Dedent, Restartable);
        rows.Row("table(rows)")?.Register(TextTables.Table, CallsBack | Restartable);
        rows.Row("levenshtein(a, b)")?.Register(Levenshtein, Restartable);
    }

    /// <summary>The words of a text in lines of at most a width, as a list. A longer word is divided.</summary>
    private static Value Wrap(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "text.wrap", "s");
        long width = Argument.Integer(arguments[1], "text.wrap", "width");
        if (width < 1)
        {
            throw Throw.ValueError($"text.wrap: 'width' must be at least 1, but is {width}");
        }

        ListObject lines = new();
        context.Protect(lines);
        StringBuilder line = new();
        foreach (Range range in text.SplitAny(" \t\r\n\f\v"))
        {
            ReadOnlySpan<char> word = text[range];
            context.Charge(1 + (word.Length >> 3));
            if (line.Length > 0 && word.Length > 0 && line.Length + 1L + word.Length > width)
            {
                EndLine(context, lines, line);
            }

            for (; word.Length > width; word = word[(int)width..])
            {
                line.Append(word[..(int)width]);
                EndLine(context, lines, line);
            }

            if (word.Length > 0)
            {
                line.Append(line.Length > 0 ? " " : "").Append(word);
            }
        }

        if (line.Length > 0)
        {
            EndLine(context, lines, line);
        }

        context.Unprotect();
        return Value.FromObject(lines);
    }

    private static void EndLine(ScriptContext context, ListObject lines, StringBuilder line)
    {
        context.Charge(1);
        lines.Add(context, Make.Text(context, line.ToString()));
        line.Clear();
        context.CheckClock();
    }

    /// <summary>Without the blanks that all lines but empty ones begin with. Lines of blanks become empty.</summary>
    private static Value Dedent(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "text.dedent", "s");
        context.Charge(text.Length >> 3);
        ReadOnlySpan<char> margin = MarginOf(context, text);
        context.ChargeMemory(2L * text.Length);
        StringBuilder result = FreeText.Take();
        int at = 0;
        foreach (Range range in text.Split('\n'))
        {
            Pieces.Look(context, at);
            ReadOnlySpan<char> line = text[range];
            result.Append(at++ > 0 ? "\n" : "").Append(line.IsWhiteSpace() ? line.EndsWith("\r") ? "\r" : "" : line[margin.Length..]);
        }

        return Make.Text(context, FreeText.Finish(context, result));
    }

    private static ReadOnlySpan<char> MarginOf(ScriptContext context, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> margin = default;
        bool isFirst = true;
        int at = 0;
        foreach (Range range in text.Split('\n'))
        {
            Pieces.Look(context, at++);
            ReadOnlySpan<char> line = text[range];
            if (line.IsWhiteSpace())
            {
                continue;
            }

            ReadOnlySpan<char> blanks = line[..^line.TrimStart(" \t").Length];
            margin = isFirst ? blanks : margin[..margin.CommonPrefixLength(blanks)];
            isFirst = false;
        }

        return margin;
    }

    /// <summary>
    /// The fewest code units to insert, delete or replace to make one text of the other, in a row of Wagner and Fischer's table.
    /// </summary>
    private static Value Levenshtein(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> a = Argument.Units(arguments[0], "text.levenshtein", "a");
        ReadOnlySpan<char> b = Argument.Units(arguments[1], "text.levenshtein", "b");
        context.ChargeMemory(4L * (b.Length + 1));
        context.Charge(b.Length >> 3);
        int[] costs = new int[b.Length + 1];
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = i;
        }

        for (int i = 0; i < a.Length; i++)
        {
            context.Charge(1 + (b.Length >> 2));
            Advance(context, costs, a[i], i, b);
        }

        return Value.FromInt(costs[^1]);
    }

    /// <summary>Replaces the costs of a prefix of <c>a</c> by those of the prefix with one more code unit.</summary>
    private static void Advance(ScriptContext context, int[] costs, char unit, int row, ReadOnlySpan<char> b)
    {
        int diagonal = row;
        costs[0] = row + 1;
        for (int k = 0; k < b.Length; k++)
        {
            int replaced = diagonal + (unit == b[k] ? 0 : 1);
            diagonal = costs[k + 1];
            costs[k + 1] = Math.Min(replaced, Math.Min(diagonal, costs[k]) + 1);
            Pieces.Look(context, k);
        }
    }
}
