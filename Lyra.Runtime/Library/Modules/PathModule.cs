using System;
using System.Collections.Generic;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>path</c>: paths as text, with <c>/</c> on every system. Nothing looks at files, so no capability is needed. The parts are
/// those of Python's <c>posixpath</c>: <c>dir</c> is what precedes the last slash, and <c>base</c> what follows it.
/// </summary>
internal static class PathModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("join(...parts)")?.Register(Join, Restartable);
        rows.Row("base(path)")?.Register(Base, Restartable);
        rows.Row("ext(path)")?.Register(Ext, Restartable);
        rows.Row("dir(path)")?.Register(Dir, Restartable);
        rows.Row("normalize(path)")?.Register(Normalize, Restartable);
    }

    /// <summary>Joins parts by single slashes. Empty parts are left out; an absolute part replaces what precedes it.</summary>
    private static Value Join(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        StringBuilder result = FreeText.Take();
        foreach (ref readonly Value part in arguments)
        {
            ReadOnlySpan<char> text = Argument.Units(part, "path.join", "parts");
            context.Charge(1 + (text.Length >> 5));
            context.ChargeMemory(2L * text.Length);
            if (text is ['/', ..])
            {
                result.Clear();
            }
            else if (text.Length > 0 && result.Length > 0 && result[^1] != '/')
            {
                result.Append('/');
            }

            _ = Make.TextLength(context, (long)result.Length + text.Length, "path.join");
            result.Append(text);
        }

        return Make.Text(context, FreeText.Finish(context, result));
    }

    private static Value Base(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> path = Argument.Units(arguments[0], "path.base", "path");
        return Part(context, BaseOf(path));
    }

    /// <summary>The last dot of the base and what follows it; empty if there is none but at the start of the base.</summary>
    private static Value Ext(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> name = BaseOf(Argument.Units(arguments[0], "path.ext", "path"));
        context.Charge(name.Length >> 5);
        ReadOnlySpan<char> stem = name.TrimStart('.');
        int dot = stem.LastIndexOf('.');
        return Part(context, dot < 0 ? [] : stem[dot..]);
    }

    private static Value Dir(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> path = Argument.Units(arguments[0], "path.dir", "path");
        ReadOnlySpan<char> head = path[..(path.LastIndexOf('/') + 1)];
        ReadOnlySpan<char> trimmed = head.TrimEnd('/');
        return Part(context, trimmed.Length == 0 ? head : trimmed);
    }

    /// <summary>Resolves <c>.</c> and <c>..</c> and double slashes. An empty path is <c>.</c>, as nothing is left of <c>a/..</c>.</summary>
    private static Value Normalize(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string path = Argument.Text(arguments[0], "path.normalize", "path");
        bool isAbsolute = path is ['/', ..];
        context.ChargeMemory(2L * path.Length);
        List<Range> kept = [];
        int at = 0;
        foreach (Range range in path.AsSpan().Split('/'))
        {
            context.Charge(1);
            context.ChargeMemory(8);
            Pieces.Look(context, at++);
            ReadOnlySpan<char> part = path.AsSpan(range);
            bool isUp = part is "..";
            if (part is "" or "." || (isUp && kept.Count == 0 && isAbsolute))
            {
                continue;
            }

            if (isUp && kept.Count > 0 && path.AsSpan(kept[^1]) is not "..")
            {
                kept.RemoveAt(kept.Count - 1);
                continue;
            }

            kept.Add(range);
        }

        return Joined(context, path, kept, isAbsolute);
    }

    private static Value Joined(ScriptContext context, string path, List<Range> parts, bool isAbsolute)
    {
        StringBuilder result = FreeText.Take();
        result.Append(isAbsolute ? "/" : "");
        for (int i = 0; i < parts.Count; i++)
        {
            Pieces.Look(context, i);
            result.Append(i > 0 ? "/" : "").Append(path.AsSpan(parts[i]));
        }

        return Make.Text(context, FreeText.Finish(context, result.Length == 0 ? result.Append('.') : result));
    }

    private static ReadOnlySpan<char> BaseOf(ReadOnlySpan<char> path) => path[(path.LastIndexOf('/') + 1)..];

    private static Value Part(ScriptContext context, ReadOnlySpan<char> part)
    {
        context.Charge(part.Length >> 5);
        return Make.Text(context, part);
    }
}
