using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Writes a value as JSON, without recursion. Charges the text as it grows.</summary>
internal sealed class JsonWriter(ScriptContext context, string indent)
{
    /// <summary>Code units written between two charges.</summary>
    private const int ChargeEvery = 4096;

    /// <summary>Depth from which on containers are looked for on the path: a cycle gets there soon enough.</summary>
    private const int CycleCheckDepth = 64;

    private readonly StringBuilder _text = new();
    private readonly List<Level> _open = [];
    private HashSet<object>? _path;
    private int _charged;

    /// <summary>A container that is being written, and how far.</summary>
    private struct Level
    {
        public ScriptObject Container;
        public int Next;
        public bool HasElements;
    }

    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that JSON does not have, ValueError for nan, infinities and cycles, StackOverflow when nested deeper than the
    /// frame limit.
    /// </exception>
    public string Write(in Value value)
    {
        Begin(value);
        while (_open.Count > 0)
        {
            Step();
        }

        return _text.ToString();
    }

    private void Step()
    {
        Level level = _open[^1];
        if (TryNext(ref level, out Value key, out Value item))
        {
            if (level.HasElements)
            {
                _text.Append(',');
            }

            level.HasElements = true;
            _open[^1] = level;
            NewLine();
            if (level.Container is MapObject)
            {
                WriteKey(key);
            }

            Begin(item);
            return;
        }

        _open.RemoveAt(_open.Count - 1);
        _path?.Remove(level.Container);
        if (level.HasElements)
        {
            NewLine();
        }

        _text.Append(level.Container is MapObject ? '}' : ']');
    }

    private static bool TryNext(ref Level level, out Value key, out Value item)
    {
        key = default;
        item = default;
        switch (level.Container)
        {
            case ListObject list when level.Next < list.Count:
                item = list.Get(level.Next++);
                return true;
            case TupleObject tuple when level.Next < tuple.Count:
                item = tuple.Items[level.Next++];
                return true;
            case MapObject map:
                while (level.Next < map.EntryLimit)
                {
                    if (map.TryEntryAt(level.Next++, out key, out item))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private void Begin(in Value value)
    {
        Charge();
        switch (value.Ref)
        {
            case null:
                _text.Append("null");
                return;
            case ScriptString text:
                WriteText(text.Span);
                return;
            case ListObject or TupleObject or MapObject:
                Open((ScriptObject)value.Ref);
                return;
            case BigInt:
                _text.Append(Formatting.ToText(context, value));
                return;
            default:
                WriteSimple(value);
                return;
        }
    }

    private void WriteSimple(in Value value)
    {
        if (value.IsInt)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{value.AsInt}");
        }
        else if (value.IsBool)
        {
            _text.Append(value.AsBool ? "true" : "false");
        }
        else if (value.IsFloat)
        {
            _text.Append(double.IsFinite(value.AsFloat)
                ? Formatting.FloatText(value.AsFloat)
                : throw Throw.ValueError($"stringify: JSON has no {Formatting.FloatText(value.AsFloat)}"));
        }
        else
        {
            throw Throw.TypeError($"stringify: JSON has no {Throw.TypeName(value)}; write nil, bool, int, float, str, list, tuple or map");
        }
    }

    private void Open(ScriptObject container)
    {
        if (_open.Count >= context.MaxFrames)
        {
            throw Throw.StackOverflow(context.MaxFrames);
        }

        if (_open.Count >= CycleCheckDepth)
        {
            CheckCycle(container);
        }

        context.ChargeMemory(24);
        _open.Add(new Level { Container = container });
        _text.Append(container is MapObject ? '{' : '[');
    }

    private void CheckCycle(ScriptObject container)
    {
        if (_path is null)
        {
            _path = new HashSet<object>(ReferenceEqualityComparer.Instance);
            foreach (Level level in _open)
            {
                _path.Add(level.Container);
            }
        }

        if (!_path.Add(container))
        {
            throw Throw.ValueError($"stringify: a {container.TypeName} that contains itself can't be written");
        }
    }

    private void WriteKey(in Value key)
    {
        if (key.Ref is not ScriptString text)
        {
            throw Throw.TypeError($"stringify: the keys of a map must be str, not {Throw.TypeName(key)}");
        }

        WriteText(text.Span);
        _text.Append(indent.Length > 0 ? ": " : ":");
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        _text.Append('"');
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= ' ' && c != '"' && c != '\\' && !char.IsSurrogate(c))
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            _text.Append(text[start..i]);
            WriteEscape(c);
            start = i + 1;
            Charge();
        }

        _text.Append(text[start..]).Append('"');
        context.Charge(text.Length >> 4);
    }

    private void WriteEscape(char c)
    {
        int simple = "\"\\\b\f\n\r\t".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            _text.Append('\\').Append("\"\\bfnrt"[simple]);
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
    }

    private void NewLine()
    {
        if (indent.Length == 0)
        {
            return;
        }

        _text.Append('\n');
        for (int i = 0; i < _open.Count; i++)
        {
            _text.Append(indent);
            Charge();
        }
    }

    private void Charge()
    {
        context.Charge(1);
        if (_text.Length - _charged < ChargeEvery)
        {
            return;
        }

        context.ChargeMemory(2L * (_text.Length - _charged));
        _charged = _text.Length;
        if (_text.Length > ScriptString.MaxLength)
        {
            Make.TextLength(context, _text.Length, "stringify");
        }
    }
}
