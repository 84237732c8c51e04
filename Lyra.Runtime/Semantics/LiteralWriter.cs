using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Writes one value as a literal. It walks containers with an explicit stack, because a script may nest values to any depth. A <c>__str</c>
/// may change them in between, so each step checks its bounds again.
/// </summary>
internal sealed class LiteralWriter(ScriptContext context)
{
    /// <summary>Output is charged whenever this many code units have been added.</summary>
    private const int ChargeUnit = 256;

    /// <summary>Code units that are written between two looks at the clock: about a millisecond.</summary>
    private const int UnitsBetweenLooks = 1 << 15;

    /// <summary>The bytes of an element of <see cref="_open"/>.</summary>
    private const int OpenBytes = 40;

    private readonly StringBuilder _text = FreeText.Take();
    private LevelStack<Level> _levels = new(context, OpenBytes);

    /// <summary>The containers on the path to the present one. If one of them occurs again, there is a cycle.</summary>
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);

    private int _charged;

    private struct Level
    {
        public ScriptObject Container;

        /// <summary>The object of which an occurrence in the container is a cycle.</summary>
        public object Identity;

        /// <summary>The index or position of the next element.</summary>
        public int Next;

        /// <summary>The number of elements written.</summary>
        public int Written;

        /// <summary>Whether a map's key was written and <see cref="Pending"/> is its value.</summary>
        public bool IsAfterKey;

        public Value Pending;
    }

    /// <summary>The literal of the value.</summary>
    public string Write(in Value value)
    {
        context.Protect(new TextUnderConstruction(_text));
        try
        {
            AppendAll(value);
        }
        finally
        {
            _levels.End();
        }

        context.ChargeMemory(2L * _text.Length);
        context.Unprotect();
        return FreeText.Finish(context, _text);
    }

    private void AppendAll(in Value value)
    {
        Append(value);
        while (_levels.TryPop(out Level level))
        {
            if (TryNext(ref level, out Value item))
            {
                _levels.Push(level);
                Append(item);
                continue;
            }

            Close(level);
        }
    }

    /// <summary>An object of the host: the text that its type defines, or the type's name.</summary>
    private void AppendHost(HostObject host, in Value value)
    {
        if (host.TypeIn(context.HostTypes)?.FindInherited(static type => type.Text) is not { } text)
        {
            _text.Append(Formatting.OpaqueText(host));
            return;
        }

        Value self = value;
        Value made = text.Intrinsic.Handler(context, new ReadOnlySpan<Value>(in self));
        if (made.Ref is ScriptString shown)
        {
            context.Charge(shown.Length >> 4);
            _text.Append(shown.Span);
        }
    }

    private static (string Open, string Close) BracketsOf(ScriptObject container) => container switch
    {
        ListObject => ("[", "]"),
        MapObject => ("{", "}"),
        SetObject => ("set([", "])"),
        TupleObject => ("(", ")"),
        StructObject { Shape.Enum: { } owner } value => ($"{owner.Name}.{owner.CaseOf(value).Name}(", ")"),
        _ => (container.TypeName + "{", "}"),
    };

    private static string CycleText(ScriptObject container) => container switch
    {
        ListObject => "[...]",
        MapObject => "{...}",
        SetObject => "set([...])",
        TupleObject => "(...)",
        StructObject { Shape.Enum: { } owner } value => $"{owner.Name}.{owner.CaseOf(value).Name}(...)",
        _ => container.TypeName + "{...}",
    };

    private void Append(in Value value)
    {
        switch (value.Ref)
        {
            case ScriptString text:
                context.Charge(text.Length >> 4);
                context.ChargeMemory(2L * text.Length);
                Formatting.AppendQuoted(_text, text.Span);
                break;
            case BigInt big:
                _text.Append(BigText.ToDecimal(context, big.Value));
                break;
            case ListObject or MapObject or SetObject or TupleObject:
                Open((ScriptObject)value.Ref, value.Ref);
                break;
            case StructObject instance:
                AppendStruct(instance);
                break;
            case HostCollection collection:
                Open((ScriptObject)collection.Copy(context).Ref!, collection.Source);
                break;
            case HostObject host:
                AppendHost(host, value);
                break;
            case RangeObject range:
                AppendRange(range);
                break;
            case BytesObject bytes:
                AppendBytes(bytes);
                break;
            case ErrorObject error:
                AppendText(error.ErrorKind);
                _text.Append(": ");
                AppendText(error.Message);
                break;
            case ScriptObject other:
                _text.Append(Formatting.OpaqueText(other));
                break;
            default:
                _text.Append(Formatting.ToLiteral(context, value));
                break;
        }

        ChargeOutput();
    }

    private void AppendStruct(StructObject instance)
    {
        if (instance.Shape.Hooks.Text is not { } hook)
        {
            if (instance.Shape is { IsPlain: true, Enum: { } owner })
            {
                _text.Append(owner.Name).Append('.').Append(owner.CaseOf(instance).Name);
                return;
            }

            Open(instance, instance);
            return;
        }

        Value result = context.InvokeMethod(hook, Value.FromObject(instance), []);
        if (result.Ref is not ScriptString text)
        {
            throw Throw.TypeError($"__str of {instance.TypeName} must return a str, not {Throw.TypeName(result)}");
        }

        AppendText(text.Span);
    }

    /// <summary>Appends a text without quotes. It is charged before.</summary>
    private void AppendText(ReadOnlySpan<char> text)
    {
        context.Charge(text.Length >> 4);
        context.ChargeMemory(2L * text.Length);
        _text.Append(text);
        _charged += text.Length;
    }

    private void AppendRange(RangeObject range)
    {
        (Value start, Value stop, Value step) = range.BigBounds is { } bounds
            ? (Value.FromBig(bounds.Start), Value.FromBig(bounds.Stop), Value.FromBig(bounds.Step))
            : (Value.FromInt(range.Start), Value.FromInt(range.Stop), Value.FromInt(range.Step));
        if (step.IsInt && step.AsInt == 1)
        {
            _text.Append(Formatting.ToLiteral(context, start)).Append(range.IsInclusive ? "..=" : "..")
                .Append(Formatting.ToLiteral(context, stop));
            return;
        }

        _text.Append("range(").Append(Formatting.ToLiteral(context, start)).Append(", ").Append(Formatting.ToLiteral(context, stop));
        _text.Append(", ").Append(Formatting.ToLiteral(context, step)).Append(')');
    }

    private void AppendBytes(BytesObject bytes)
    {
        _text.Append("bytes([");
        for (int i = 0; i < bytes.Items.Length; i++)
        {
            _text.Append(i == 0 ? string.Empty : ", ").Append(bytes.Items[i]);
            ChargeOutput();
        }

        _text.Append("])");
    }

    private void Open(ScriptObject container, object identity)
    {
        if (!_open.Add(identity))
        {
            _text.Append(CycleText(container));
            return;
        }

        if (_levels.Count >= context.MaxFrames)
        {
            throw Throw.StackOverflow(context.MaxFrames);
        }

        _levels.Push(new Level { Container = container, Identity = identity });
        _text.Append(BracketsOf(container).Open);
    }

    private void Close(in Level level)
    {
        _open.Remove(level.Identity);
        bool isSingleTuple = level.Container is TupleObject && level.Written == 1;
        _text.Append(isSingleTuple ? ",)" : BracketsOf(level.Container).Close);
    }

    /// <summary>The next element, with its separator, key or field name written; false at the end.</summary>
    private bool TryNext(ref Level level, out Value item)
    {
        context.Charge(1);
        int next = level.Next++;
        switch (level.Container)
        {
            case ListObject list:
                item = next < list.Count ? list.Get(next) : default;
                return next < list.Count && Separate(ref level);

            case TupleObject tuple:
                item = next < tuple.Count ? tuple.Items[next] : default;
                return next < tuple.Count && Separate(ref level);

            case SetObject set:
                next = set.NextPosition(next);
                level.Next = next + 1;
                return set.TryEntryAt(next, out item) && Separate(ref level);

            case MapObject map:
                return TryNextOfMap(ref level, map, next, out item);

            default:
                return TryNextField(ref level, next, out item);
        }
    }

    private bool TryNextField(ref Level level, int next, out Value item)
    {
        StructObject instance = (StructObject)level.Container;
        if (next >= instance.Shape.Fields.Length)
        {
            item = default;
            return false;
        }

        Separate(ref level);
        _text.Append(instance.Shape.Fields[next].Name).Append(": ");
        item = instance.Slot(next);
        return true;
    }

    /// <summary>Keys and values in turn.</summary>
    private bool TryNextOfMap(ref Level level, MapObject map, int next, out Value item)
    {
        if (level.IsAfterKey)
        {
            level.IsAfterKey = false;
            level.Next = next;
            item = level.Pending;
            _text.Append(": ");
            return true;
        }

        next = map.NextPosition(next);
        level.Next = next + 1;
        level.IsAfterKey = map.TryEntryAt(next, out item, out level.Pending);
        return level.IsAfterKey && Separate(ref level);
    }

    private bool Separate(ref Level level)
    {
        if (level.Written++ > 0)
        {
            _text.Append(", ");
        }

        return true;
    }

    private void ChargeOutput()
    {
        int added = _text.Length - _charged;
        if (added < ChargeUnit)
        {
            return;
        }

        if (_charged / UnitsBetweenLooks != _text.Length / UnitsBetweenLooks)
        {
            context.CheckClock();
        }

        _charged = _text.Length;
        context.ChargeMemory(2L * added);
        context.Charge(added >> 4);
        if (_text.Length > ScriptString.MaxLength / 2)
        {
            throw Throw.ValueError(string.Create(
                CultureInfo.InvariantCulture, $"the text of a value can't be longer than {ScriptString.MaxLength / 2} code units"));
        }
    }
}
