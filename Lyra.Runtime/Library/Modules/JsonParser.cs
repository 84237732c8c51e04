using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Parses one JSON text without recursion: a list holds the open containers. Each container is attached to its parent when it opens, so
/// that heap walks find everything read so far. The text passes through the reader in pieces, so that limits and cancellation are checked
/// between them.
/// </summary>
internal sealed class JsonParser(ScriptContext context, string text)
{
    /// <summary>The bytes of a piece. A piece is larger only if one token is longer.</summary>
    private const int PieceBytes = 16 * 1024;

    /// <summary>The most bytes of a str that is looked for among those which exist. Longer ones seldom repeat, except as keys.</summary>
    private const int MostOfRepeated = 16;

    private readonly List<ScriptObject> _open = [];
    private byte[] _bytes = [];

    /// <summary>The bytes that are charged; the array may be longer.</summary>
    private int _capacity;
    private int _filled;
    private int _encoded;
    private long _readBefore;
    private bool _hasLoneSurrogates;
    private Value _root;

    /// <summary>The key of the next value of the innermost map; not used where <see cref="_next"/> is not null.</summary>
    private Value _key;

    /// <summary>The shape that the innermost map gets with its next value, if it was foreseen.</summary>
    private MapShape? _next;

    private JsonTokenType _last;
    private long _lastEnd;

    /// <exception cref="ScriptErrorException">
    /// ValueError, with line and column, when the text is not JSON; StackOverflow when it is nested deeper than the frame limit.
    /// </exception>
    public Value Parse()
    {
        try
        {
            ReadPieces();
        }
        catch (JsonException e)
        {
            context.Charge(text.Length >> 2);
            throw new JsonFault(text, _last, _open.Count == 0 ? null : _open[^1] is MapObject).Explain(_lastEnd, e);
        }

        GiveBack(_bytes);
        if (_root.Ref is MapObject or ListObject)
        {
            context.Unprotect();
        }

        return _root;
    }

    private void ReadPieces()
    {
        // The reader's own limit is one deeper than ours, which is checked first.
        JsonReaderState state = new(new JsonReaderOptions { MaxDepth = context.MaxFrames + 1 });
        bool isLast;
        do
        {
            isLast = Fill();
            Utf8JsonReader reader = new(_bytes.AsSpan(0, _filled), isLast, state);
            while (reader.Read())
            {
                Take(ref reader);
                _last = reader.TokenType;
                _lastEnd = _readBefore + reader.BytesConsumed;
            }

            state = reader.CurrentState;
            int done = (int)reader.BytesConsumed;
            _readBefore += done;
            _filled -= done;
            _bytes.AsSpan(done, _filled).CopyTo(_bytes);
        }
        while (!isLast);
    }

    /// <summary>
    /// Appends the next part of the text to the bytes that the reader has not consumed; returns whether it was the last part.
    /// </summary>
    private bool Fill()
    {
        if (_capacity - _filled < PieceBytes / 2)
        {
            long most = _filled + (JsonText.MaxBytesPerUnit * (text.Length - _encoded + 1L));
            GrowTo((int)Math.Min(most, Math.Max(PieceBytes, Math.Min(2L * _capacity, Array.MaxLength))));
        }

        int free = _capacity - _filled;
        ReadOnlySpan<char> rest = text.AsSpan(_encoded, Math.Min(text.Length - _encoded, free));
        bool isLast = rest.Length == text.Length - _encoded;
        _hasLoneSurrogates |= JsonText.Encode(rest, _bytes.AsSpan(_filled, free), isLast, out int read, out int written);
        _encoded += read;
        _filled += written;
        context.Charge(_filled >> 5);
        return read > 0 || isLast
            ? _encoded == text.Length
            : throw Throw.ValueError($"json.parse: a str or number of more than {Array.MaxLength} bytes can't be read");
    }

    private void GrowTo(int size)
    {
        if (size <= _capacity)
        {
            return;
        }

        context.ChargeMemory(size);
        byte[] former = _bytes;
        _bytes = size <= PieceBytes ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        _capacity = size;
        former.AsSpan(0, _filled).CopyTo(_bytes);
        GiveBack(former);
    }

    /// <summary>Gives an array to the next parser of the thread. A parser that throws leaves its array to the garbage collector.</summary>
    private static void GiveBack(byte[] bytes)
    {
        if (bytes.Length is > 0 and <= PieceBytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        context.Charge(1);
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _next = Foresee(ref reader);
                _key = _next is null ? ReadKey(ref reader) : default;
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.RemoveAt(_open.Count - 1);
                return;
            case JsonTokenType.StartObject:
                MapObject map = new();
                int count = CountOfLast();
                Open(map);
                map.BeginRecord(context, count);
                return;
            case JsonTokenType.StartArray:
                Open(new ListObject());
                return;
            default:
                Attach(ReadScalar(ref reader));
                return;
        }
    }

    private void Open(ScriptObject container)
    {
        if (_open.Count >= context.MaxFrames)
        {
            throw Throw.StackOverflow(context.MaxFrames);
        }

        context.ChargeMemory(container.OwnBytes + 8);
        Attach(Value.FromObject(container));
        if (_open.Count == 0)
        {
            context.Protect(container);
        }

        _open.Add(container);
    }

    private void Attach(in Value value)
    {
        if (_open.Count == 0)
        {
            _root = value;
        }
        else if (_open[^1] is MapObject map)
        {
            AttachTo(map, value);
        }
        else
        {
            ((ListObject)_open[^1]).Add(context, value);
        }
    }

    private void AttachTo(MapObject map, in Value value)
    {
        if (_next is { } next)
        {
            map.Append(context, next, value);
        }
        else
        {
            map.Set(context, _key, value);
        }
    }

    /// <summary>The number of keys of the map before the one that opens, in a list; 0 where there is none.</summary>
    private int CountOfLast() =>
        _open.Count > 0 && _open[^1] is ListObject { Count: > 0 } list && list[list.Count - 1].Ref is MapObject { Shape: { } shape }
            ? shape.Count
            : 0;

    /// <summary>
    /// The shape of the innermost map with the key that the reader is at, if that is the key which followed when a map of its present shape
    /// got one more; otherwise null. Charges the key as <see cref="ReadRepeated"/> does.
    /// </summary>
    /// <remarks>Source: the parser of V8, which follows the transitions of hidden classes in this way.</remarks>
    private MapShape? Foresee(ref Utf8JsonReader reader)
    {
        if (((MapObject)_open[^1]).Shape is not { Last: { } next } || reader.ValueIsEscaped || _hasLoneSurrogates)
        {
            return null;
        }

        ScriptString key = next.KeyAt(next.Count - 1);
        if (key.Length > TextTable.MaxLength || !reader.ValueTextEquals(key.Span))
        {
            return null;
        }

        context.Charge(reader.ValueSpan.Length >> 5);
        context.ChargeMemory(ScriptString.BytesFor(key.Length));
        return next;
    }

    private Value ReadScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => ReadText(ref reader),
        JsonTokenType.Number => ReadNumber(reader.ValueSpan),
        JsonTokenType.Null => Value.Nil,
        _ => Value.FromBool(reader.TokenType == JsonTokenType.True),
    };

    private Value ReadNumber(ReadOnlySpan<byte> number)
    {
        context.Charge(number.Length >> 4);
        if (number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            return Value.FromFloat(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long small)
            ? Value.FromInt(small)
            : ReadBig(number);
    }

    private Value ReadBig(ReadOnlySpan<byte> number)
    {
        context.ChargeMemory(2L * number.Length);
        BigInteger magnitude = BigText.FromDecimal(context, Encoding.ASCII.GetString(number.TrimStart((byte)'-')));
        return Value.FromBig(number[0] == '-' ? -magnitude : magnitude);
    }

    /// <summary>A str. Short ones, such as a status or a country, often repeat.</summary>
    private Value ReadText(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= MostOfRepeated ? ReadRepeated(ref reader) : ReadNew(ref reader);

    /// <summary>A key. The keys of many objects are the same.</summary>
    private Value ReadKey(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= TextTable.MaxLength ? ReadRepeated(ref reader) : ReadNew(ref reader);

    /// <summary>Reads a str of at most <see cref="TextTable.MaxLength"/> bytes, which may exist already.</summary>
    private Value ReadRepeated(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || _hasLoneSurrogates)
        {
            return ReadNew(ref reader);
        }

        Span<char> units = stackalloc char[TextTable.MaxLength];
        int length = reader.CopyString(units);
        context.Charge(reader.ValueSpan.Length >> 5);
        context.ChargeMemory(ScriptString.BytesFor(length));
        return Value.FromObject(Make.Interned(context, units[..length]));
    }

    private Value ReadNew(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> source = reader.ValueSpan;
        context.Charge(source.Length >> 5);
        if (_hasLoneSurrogates || (reader.ValueIsEscaped && MayEscapeSurrogates(source)))
        {
            return ReadSurrogates(source);
        }

        int length = Encoding.UTF8.GetCharCount(source);
        context.ChargeMemory(ScriptString.BytesFor(length));
        return reader.ValueIsEscaped
            ? Value.FromText(reader.GetString())
            : Value.FromObject(ScriptString.Create(length, reader, static (target, from) => from.CopyString(target)));
    }

    /// <summary>Decodes a string that may contain lone surrogates: a str may hold them, but the reader rejects them.</summary>
    private Value ReadSurrogates(ReadOnlySpan<byte> source)
    {
        context.ChargeMemory(2L * source.Length);
        context.Charge(source.Length >> 4);
        char[] units = new char[source.Length];
        return Make.Text(context, new string(units, 0, JsonText.Unescape(source, units)));
    }

    private static bool MayEscapeSurrogates(ReadOnlySpan<byte> source) =>
        source.IndexOf("\\ud"u8) >= 0 || source.IndexOf("\\uD"u8) >= 0;
}
