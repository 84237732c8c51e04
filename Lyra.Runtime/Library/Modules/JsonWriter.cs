using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Writes a value as JSON without recursion. The writer's output is appended to the text in pieces, and each piece is charged beforehand.
/// </summary>
internal sealed class JsonWriter : IDisposable
{
    /// <summary>
    /// The number of bytes at which a piece is appended to the text, and the number of code units of a long str that are written at once.
    /// </summary>
    private const int PieceLength = 4096;

    /// <summary>The largest buffer in bytes that is kept for the next writer.</summary>
    private const int LargestKept = 4 * PieceLength;

    /// <summary>The longest key in code units: the writer accepts names of at most 166,666,666 bytes.</summary>
    private const int MaxKeyLength = 50_000_000;

    /// <summary>
    /// The depth at which the check for cycles begins. A cycle soon reaches it, and values of ordinary depth need no check.
    /// </summary>
    private const int CycleCheckDepth = 64;

    private readonly ScriptContext _context;
    private readonly char _indentCharacter;
    private readonly int _indent;
    private readonly ArrayBufferWriter<byte> _piece;
    private readonly Utf8JsonWriter _writer;
    private readonly StringBuilder _text = FreeText.Take();
    private readonly List<Level> _open = [];
    private HashSet<object>? _path;
    private byte[] _units = [];

    /// <summary>The bytes that are charged; the array may be longer.</summary>
    private int _unitBytes;

    /// <summary>The buffer of the last writer of the thread, for the next one. A writer that throws drops its buffer.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _freePiece;

    /// <param name="context">The run that is charged.</param>
    /// <param name="indentCharacter">Space or tab.</param>
    /// <param name="indent">The number of indent characters per level; 0 writes everything on one line.</param>
    public JsonWriter(ScriptContext context, char indentCharacter, int indent)
    {
        _context = context;
        _indentCharacter = indentCharacter;
        _indent = indent;
        _piece = _freePiece ?? new ArrayBufferWriter<byte>(PieceLength);
        _freePiece = null;
        _writer = new Utf8JsonWriter(_piece, new JsonWriterOptions
        {
            Encoder = JsonEscaper.Instance,
            Indented = indent > 0,
            IndentCharacter = indentCharacter,
            IndentSize = indent,
            NewLine = "\n",
            MaxDepth = context.MaxFrames + 1,
            SkipValidation = true,
        });
    }

    /// <summary>A container that is being written, and the position in it.</summary>
    private struct Level
    {
        public ScriptObject Container;
        public int Next;

        /// <summary>Whether the name of a case was written.</summary>
        public bool IsNamed;
    }

    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that JSON can't represent, ValueError for NaN, infinities and cycles, StackOverflow when nested deeper than
    /// the frame limit.
    /// </exception>
    public string Write(in Value value)
    {
        _context.Protect(new TextUnderConstruction(_text));
        WriteAll(value);
        _context.Unprotect();
        GiveBack();
        return FreeText.Finish(_context, _text);
    }

    private void GiveBack()
    {
        if (_piece.Capacity <= LargestKept)
        {
            _freePiece = _piece;
        }

        if (_units.Length is > 0 and <= LargestKept)
        {
            ArrayPool<byte>.Shared.Return(_units);
        }
    }

    private void WriteAll(in Value value)
    {
        Begin(value);
        while (_open.Count > 0)
        {
            Step();
        }

        MovePiece();
    }

    public void Dispose() => _writer.Dispose();

    private void Step()
    {
        Level level = _open[^1];
        if (TryNext(ref level, out Value key, out Value item))
        {
            _open[^1] = level;
            if (IsObject(level.Container))
            {
                WriteKey(key);
            }

            Begin(item);
            return;
        }

        _open.RemoveAt(_open.Count - 1);
        _path?.Remove(level.Container);
        if (IsObject(level.Container))
        {
            _writer.WriteEndObject();
        }
        else
        {
            _writer.WriteEndArray();
        }
    }

    /// <summary>Whether a container is written as an object; all others are arrays.</summary>
    private static bool IsObject(ScriptObject container) => container is MapObject or StructObject;

    /// <summary>
    /// The next element of a container, with its key. A case of an enum is an object whose first member is the name of the case.
    /// </summary>
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
                int position = map.NextPosition(level.Next);
                level.Next = position + 1;
                return map.TryEntryAt(position, out key, out item);
            case StructObject { Shape.Enum: { } owner } value when level.Next == 0 && !level.IsNamed:
                level.IsNamed = true;
                key = Value.FromText("case");
                item = Value.FromText(owner.CaseOf(value).Name);
                return true;
            case StructObject instance when level.Next < instance.Shape.Fields.Length:
                key = Value.FromText(instance.Shape.Fields[level.Next].Name);
                item = instance.Slot(level.Next++);
                return true;
            default:
                return false;
        }
    }

    private void Begin(in Value value)
    {
        Charge();
        switch (value.Ref)
        {
            case HostObject<decimal> exact:
                WriteNumber(exact.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return;
            case HostObject host when DateText.Of(host) is { } date:
                WriteText(date);
                return;
            case HostCollection collection:
                Begin(collection.Copy(_context));
                return;
            case null:
                _writer.WriteNullValue();
                return;
            case ScriptString text:
                WriteText(text.Span);
                return;
            case StructObject { Shape: { IsPlain: true, Enum: { } owner } } plain:
                WriteText(owner.CaseOf(plain).Name);
                return;
            case ListObject or TupleObject or MapObject or StructObject { Shape.Constructor.Code.Prototype.IsHidden: false }:
                Open((ScriptObject)value.Ref);
                return;
            case BigInt:
                WriteNumber(Formatting.ToText(_context, value));
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
            _writer.WriteNumberValue(value.AsInt);
        }
        else if (value.IsBool)
        {
            _writer.WriteBooleanValue(value.AsBool);
        }
        else if (value.IsFloat)
        {
            string number = Formatting.FloatText(value.AsFloat);
            WriteNumber(double.IsFinite(value.AsFloat) ? number : throw Throw.ValueError($"json.stringify: JSON has no {number}"));
        }
        else
        {
            throw Throw.TypeError(
                $"json.stringify: JSON has no {Throw.TypeName(value)}; write nil, bool, int, float, str, list, tuple, map or struct");
        }
    }

    /// <summary>
    /// Writes a number's text as it is. The writer puts no line break before a raw value in an array, so this method adds it.
    /// </summary>
    private void WriteNumber(string number)
    {
        if (_indent > 0 && _open.Count > 0 && !IsObject(_open[^1].Container))
        {
            int blanks = _indent * _open.Count;
            _context.ChargeMemory(2L * (blanks + number.Length));
            number = string.Concat("\n", new string(_indentCharacter, blanks), number);
        }

        _writer.WriteRawValue(number, skipInputValidation: true);
    }

    private void Open(ScriptObject container)
    {
        if (_open.Count >= _context.MaxFrames)
        {
            throw Throw.StackOverflow(_context.MaxFrames);
        }

        if (_open.Count >= CycleCheckDepth)
        {
            CheckCycle(container);
        }

        _context.ChargeMemory(24);
        _open.Add(new Level { Container = container });
        if (IsObject(container))
        {
            _writer.WriteStartObject();
        }
        else
        {
            _writer.WriteStartArray();
        }
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
            throw Throw.ValueError($"json.stringify: a {container.TypeName} that contains itself can't be written");
        }
    }

    private void WriteKey(in Value key)
    {
        string? name = key.Ref is StructObject { Shape: { IsPlain: true, Enum: { } owner } } plain ? owner.CaseOf(plain).Name : null;
        if ((name is null ? key.Ref : ScriptString.From(name)) is not ScriptString text)
        {
            throw Throw.TypeError($"json.stringify: the keys of a map must be str, not {Throw.TypeName(key)}");
        }

        if (text.Length > MaxKeyLength)
        {
            throw Throw.ValueError($"json.stringify: a key of {text.Length} code units can't be written; the maximum is {MaxKeyLength}");
        }

        _writer.WritePropertyName(Encode(text.Span, true, out _));
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        if (text.Length <= PieceLength)
        {
            _writer.WriteStringValue(Encode(text, true, out _));
            return;
        }

        while (text.Length > PieceLength)
        {
            _writer.WriteStringValueSegment(Encode(text[..PieceLength], false, out int taken), false);
            text = text[taken..];
            Charge();
        }

        _writer.WriteStringValueSegment(Encode(text, true, out _), true);
    }

    /// <summary>
    /// Encodes a text; the bytes are valid until the next call. Unless <paramref name="isLast"/> is true, a high surrogate at the end is
    /// not taken.
    /// </summary>
    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text, bool isLast, out int taken)
    {
        int most = text.Length * JsonText.MaxBytesPerUnit;
        _context.Charge(text.Length >> 4);
        if (_unitBytes < most)
        {
            // The writer also reserves space for the longest escapes.
            _context.ChargeMemory(most + (text.Length > PieceLength ? 6L * most : 0));
            _unitBytes = most;
            if (_units.Length < most)
            {
                _units = most <= LargestKept ? ArrayPool<byte>.Shared.Rent(most) : new byte[most];
            }
        }

        JsonText.Encode(text, _units, isLast, out taken, out int written);
        return _units.AsSpan(0, written);
    }

    /// <summary>
    /// Charges the steps of one value or piece and of its indentation, and appends the pending bytes to the text when they fill a piece.
    /// </summary>
    private void Charge()
    {
        _context.Charge(1 + ((_open.Count * (long)_indent) >> 5));
        if (_writer.BytesPending + _piece.WrittenCount >= PieceLength)
        {
            MovePiece();
        }
    }

    private void MovePiece()
    {
        _context.CheckClock();
        _writer.Flush();
        ReadOnlySpan<byte> bytes = _piece.WrittenSpan;
        int units = Encoding.UTF8.GetCharCount(bytes);
        _context.ChargeMemory(2L * units);
        if ((long)_text.Length + units > ScriptString.MaxLength)
        {
            Make.TextLength(_context, (long)_text.Length + units, "json.stringify");
        }

        char[] decoded = ArrayPool<char>.Shared.Rent(units);
        _text.Append(decoded, 0, Encoding.UTF8.GetChars(bytes, decoded));
        ArrayPool<char>.Shared.Return(decoded);
        _piece.ResetWrittenCount();
    }
}
