using System;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// A short text of a value for messages: the beginning of its literal. It never runs script code, and takes the same short time for every
/// value, however large.
/// </summary>
internal static class BriefText
{
    /// <summary>The length at which a text is cut.</summary>
    public const int MaxLength = 80;

    private const char Ellipsis = '…';
    private const int MaxTextLength = 60;
    private const int MaxDepth = 4;
    private const int MaxElements = 16;

    /// <summary>The most positions of removed keys that are skipped in front of an element.</summary>
    private const int MaxHoles = 64;

    /// <summary>The text, of at most <see cref="MaxLength"/> code units.</summary>
    public static string Of(in Value value)
    {
        StringBuilder result = new();
        Append(result, value, 0);
        if (result.Length <= MaxLength)
        {
            return result.ToString();
        }

        int end = MaxLength - 1;
        return result.ToString(0, char.IsHighSurrogate(result[end - 1]) ? end - 1 : end) + Ellipsis;
    }

    private static void Append(StringBuilder result, in Value value, int depth)
    {
        switch (value.Ref)
        {
            case ScriptString text:
                AppendText(result, text.Span);
                break;
            case BigInt:
                result.Append(Throw.IntText(value));
                break;
            case RangeObject or BytesObject:
                result.Append('<').Append(((ScriptObject)value.Ref).TypeName).Append('>');
                break;
            case ListObject or TupleObject or MapObject or SetObject or StructObject:
                AppendContainer(result, (ScriptObject)value.Ref, depth);
                break;
            case ErrorObject error:
                result.Append(Cut(error.ErrorKind)).Append(": ").Append(Cut(error.Message));
                break;
            case ScriptObject other:
                result.Append(Formatting.OpaqueText(other));
                break;
            default:
                result.Append(ScalarText(value));
                break;
        }
    }

    private static string ScalarText(in Value value) =>
        value.IsInt ? value.AsInt.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : value.IsFloat ? Formatting.FloatText(value.AsFloat)
        : value.IsBool ? (value.AsBool ? "true" : "false")
        : "nil";

    private static void AppendText(StringBuilder result, ReadOnlySpan<char> text)
    {
        bool isCut = text.Length > MaxTextLength;
        Formatting.AppendQuoted(result, isCut ? text[..MaxTextLength] : text);
        if (isCut)
        {
            result.Append(Ellipsis);
        }
    }

    private static void AppendContainer(StringBuilder result, ScriptObject container, int depth)
    {
        (string open, string close) = container switch
        {
            ListObject => ("[", "]"),
            MapObject => ("{", "}"),
            SetObject => ("set([", "])"),
            TupleObject => ("(", ")"),
            _ => (Cut(container.TypeName) + "{", "}"),
        };
        result.Append(open);
        int count = CountOf(container);
        int written = 0;
        int position = 0;
        while (depth < MaxDepth && written < MaxElements && result.Length < MaxLength
            && TryPart(container, ref position, out string name, out Value key, out Value item))
        {
            result.Append(written++ == 0 ? string.Empty : ", ").Append(name);
            if (!key.IsUnset)
            {
                Append(result, key, depth + 1);
                result.Append(": ");
            }

            Append(result, item, depth + 1);
        }

        result.Append(written == count ? string.Empty : written == 0 ? "…" : ", …");
        result.Append(container is TupleObject && count == 1 && written == 1 ? "," : string.Empty).Append(close);
    }

    private static int CountOf(ScriptObject container) => container switch
    {
        ListObject list => list.Count,
        TupleObject tuple => tuple.Count,
        StructObject instance => instance.Shape.Fields.Length,
        HashTable table => table.Count,
        _ => 0,
    };

    /// <summary>
    /// The element at a position, with its key in a map or its name in a struct; false at the end, and behind many removed keys.
    /// </summary>
    private static bool TryPart(ScriptObject container, ref int position, out string name, out Value key, out Value item)
    {
        name = string.Empty;
        key = Value.Unset;
        item = default;
        int at = position++;
        switch (container)
        {
            case ListObject list when at < list.Count:
                item = list.Get(at);
                return true;
            case TupleObject tuple when at < tuple.Count:
                item = tuple.Items[at];
                return true;
            case StructObject instance when at < instance.Shape.Fields.Length:
                name = Cut(instance.Shape.Fields[at].Name) + ": ";
                item = instance.Slot(at);
                return true;
            case HashTable table:
                return TryEntry(table, ref position, ref key, ref item);
            default:
                return false;
        }
    }

    private static bool TryEntry(HashTable table, ref int position, ref Value key, ref Value item)
    {
        int end = Math.Min(table.EntryLimit, position + MaxHoles);
        for (int at = position - 1; at < end; at++)
        {
            position = at + 1;
            if (table is MapObject map && map.TryEntryAt(at, out Value found, out item))
            {
                key = found;
                return true;
            }

            if (table is SetObject set && set.TryEntryAt(at, out item))
            {
                return true;
            }
        }

        return false;
    }

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + Ellipsis;
}
