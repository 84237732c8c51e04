using System;
using System.Collections.Generic;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Lays rows out in columns: two blanks between them, numbers at the right and all else at the left. Rows are lists or tuples, or maps,
/// whose keys are then the first line, with hyphens below it.
/// </summary>
internal static class TextTables
{
    private const string ProcName = "text.table";
    private const string Gap = "  ";

    /// <summary><c>text.table(rows)</c>: a line for each row.</summary>
    public static Value Table(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject cells = new();
        context.Protect(cells);
        List<int> widths = [];
        ListObject? names = null;
        using SequenceReader reader = Iteration.Read(context, arguments[0]);
        while (reader.MoveNext(out Value row))
        {
            if (names is null && TableRow.ColumnsOf(context, row) is { } columns)
            {
                names = columns;
                cells.Add(context, Value.FromObject(names));
                Measure(context, widths, names);
            }

            ListObject texts = CellsOf(context, row, names);
            cells.Add(context, Value.FromObject(texts));
            Measure(context, widths, texts);
        }

        Value result = Lay(context, cells, widths, names is not null);
        context.Unprotect();
        return result;
    }

    /// <summary>The values of a row. Those that are not numbers are replaced by their text.</summary>
    private static ListObject CellsOf(ScriptContext context, in Value row, ListObject? names)
    {
        ListObject cells = new();
        context.Protect(cells);
        TableRow items = new(context, row, names, ProcName);
        for (int i = 0; i < items.Count; i++)
        {
            cells.Add(context, CellOf(context, items.Get(i)));
        }

        context.Unprotect();
        return cells;
    }

    private static Value CellOf(ScriptContext context, in Value cell)
    {
        context.Charge(1);
        return cell.IsNil ? Value.FromObject(ScriptString.Empty)
            : IsNumber(cell) ? cell
            : Value.FromObject(Formatting.ToStr(context, cell));
    }

    private static bool IsNumber(in Value cell) => cell.IsNumber || cell.Ref is HostObject<decimal>;

    private static void Measure(ScriptContext context, List<int> widths, ListObject cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            int width = Formatting.ToStr(context, cells.Get(i)).Length;
            if (i == widths.Count)
            {
                context.ChargeMemory(8);
                widths.Add(width);
            }
            else
            {
                widths[i] = Math.Max(widths[i], width);
            }
        }
    }

    private static Value Lay(ScriptContext context, ListObject rows, List<int> widths, bool hasHeader)
    {
        StringBuilder result = FreeText.Take();
        context.Protect(new TextUnderConstruction(result));
        for (int i = 0; i < rows.Count; i++)
        {
            ListObject cells = (ListObject)rows.Get(i).Ref!;
            Begin(context, result, widths, i > 0);
            for (int k = 0; k < cells.Count; k++)
            {
                Value cell = cells.Get(k);
                string text = Formatting.ToText(context, cell);
                bool isLast = k == cells.Count - 1;
                result.Append(k > 0 ? Gap : "")
                    .Append(IsNumber(cell) ? text.PadLeft(widths[k]) : isLast ? text : text.PadRight(widths[k]));
            }

            TrimEnd(result);
            if (i == 0 && hasHeader)
            {
                Begin(context, result, widths, hasLines: true);
                for (int k = 0; k < widths.Count; k++)
                {
                    result.Append(k > 0 ? Gap : "").Append('-', widths[k]);
                }
            }
        }

        context.Unprotect();
        return Make.Text(context, FreeText.Finish(context, result));
    }

    /// <summary>Charges a line before it is appended.</summary>
    private static void Begin(ScriptContext context, StringBuilder result, List<int> widths, bool hasLines)
    {
        long length = 1;
        foreach (int width in widths)
        {
            length += width + Gap.Length;
        }

        context.Charge(widths.Count + (length >> 3));
        context.ChargeMemory(2 * length);
        if (result.Length + length > ScriptString.MaxLength)
        {
            throw Throw.CannotExist($"{ProcName}: a str", ScriptString.MaxLength, "code units");
        }

        result.Append(hasLines ? "\n" : "");
        context.CheckClock();
    }

    private static void TrimEnd(StringBuilder result)
    {
        int length = result.Length;
        while (length > 0 && result[length - 1] == ' ')
        {
            length--;
        }

        result.Length = length;
    }
}
