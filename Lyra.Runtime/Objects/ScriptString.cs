using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A str: an immutable sequence of UTF-16 code units, in one of two forms.
/// <list type="bullet">
/// <item>text form: a .NET string. Every str from outside, every short one and every constant has this form.</item>
/// <item>builder form: a prefix of a shared <see cref="TextBuffer"/>. The result of <c>a + b</c> has this form when a is long and is
/// itself the result of a <c>+</c>, so that a loop of <c>s += x</c> costs amortised O(length of x) per iteration.</item>
/// </list>
/// Reading characters, comparing and hashing work on either form. <see cref="Text"/> turns builder form into text form and keeps the
/// buffer, so that appends stay cheap afterwards. A str in builder form belongs to one engine; in text form threads may share it, and only
/// the buffer's owner appends in place.
/// </summary>
internal sealed class ScriptString : ScriptObject
{
    /// <summary>The most code units that a str can have: the limit of a .NET string.</summary>
    public const int MaxLength = 0x3FFFFFDF;

    /// <summary>Strs of one code unit up to this one (Latin-1) are shared and never allocated.</summary>
    public const char MaxShared = '\u00FF';

    /// <summary>Results of <c>+</c> below this length are plain text: copying them costs less than keeping a buffer.</summary>
    public const int MinBuilderLength = 256;

    private const int HeaderBytes = 72;

    private static readonly ScriptString[] Latin1 = CreateLatin1();

    /// <summary>The str without characters.</summary>
    public static readonly ScriptString Empty = new(string.Empty, false);

    private readonly TextBuffer? _buffer;
    private readonly int _length;
    private readonly bool _isJoined;
    private string? _text;
    private int _hash;

    private ScriptString(string text, bool isJoined)
        : base(ValueKind.Str)
    {
        _text = text;
        _length = text.Length;
        _isJoined = isJoined;
    }

    private ScriptString(TextBuffer buffer, int length)
        : base(ValueKind.Str)
    {
        _buffer = buffer;
        _length = length;
        _isJoined = true;
    }

    public int Length => _length;

    /// <summary>The text as a .NET string. Flattens the builder form, whose memory is charged.</summary>
    public string Text => _text ?? Flatten();

    /// <summary>The code units, without flattening. Valid as long as the str is.</summary>
    public ReadOnlySpan<char> Span => _text is { } text ? text.AsSpan() : _buffer!.Chars.AsSpan(0, _length);

    /// <summary>A hash of the content, seeded per process (that of the .NET string). The script's builtin <c>hash</c> differs.</summary>
    public int HashCode => _hash != 0 ? _hash : ComputeHash();

    public override ValueKind Kind => ValueKind.Str;

    public override string TypeName => "str";

    public override long OwnBytes => HeaderBytes + (_text is null ? 0 : 2L * _length);

    /// <summary>The code units in use of the shared buffer to which an engine appends; 0 when there is none.</summary>
    public int BufferUsed(ScriptContext context) => BufferOf(context)?.Used ?? 0;

    /// <summary>Drops what an engine has appended in place since it read <see cref="BufferUsed"/>.</summary>
    public void RestoreBuffer(ScriptContext context, int used)
    {
        if (BufferOf(context) is { } buffer)
        {
            buffer.Used = used;
        }
    }

    /// <summary>The code unit at an index from 0 to <see cref="Length"/> - 1.</summary>
    public char this[int index] => _text is { } text ? text[index] : _buffer!.Chars[index];

    /// <summary>The bytes of a str in text form of this length.</summary>
    public static long BytesFor(long length) => HeaderBytes + (2L * length);

    /// <summary>A str with the given text. The caller has charged <see cref="BytesFor"/> where the length is not bounded.</summary>
    public static ScriptString From(string text) => text.Length switch
    {
        0 => Empty,
        1 => FromChar(text[0]),
        _ => new ScriptString(text, false),
    };

    /// <summary>
    /// A result of <c>+</c> of at least two code units and shorter than <see cref="MinBuilderLength"/>. The caller has charged it.
    /// </summary>
    public static ScriptString Joined(ReadOnlySpan<char> text) => new(new string(text), true);

    /// <summary>The str of one code unit; from a table for Latin-1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScriptString FromChar(char unit)
    {
        ScriptString[] table = Latin1;
        return unit < table.Length ? table[unit] : new ScriptString(unit.ToString(), false);
    }

    /// <summary>
    /// Joins two strs. Appends to <paramref name="a"/> in place when it is in builder form and ends where its buffer ends. Charges memory,
    /// and steps for copied characters.
    /// </summary>
    /// <exception cref="ScriptErrorException">ValueError for a result over <see cref="MaxLength"/>; a limit is exceeded.</exception>
    public static ScriptString Concat(ScriptContext context, ScriptString a, ScriptString b)
    {
        if (b._length == 0)
        {
            return a;
        }

        if (a._length == 0)
        {
            return b;
        }

        long length = (long)a._length + b._length;
        if (length < MinBuilderLength)
        {
            context.ChargeMemory(BytesFor(length));
            return new ScriptString(string.Concat(a.Span, b.Span), true);
        }

        return a._isJoined ? Append(context, a, b, length) : Join(context, a, b, length);
    }

    /// <summary>
    /// Makes the str usable by an engine that does not own its buffer, perhaps while the owner uses it: it becomes readable without the
    /// buffer, and only the owner appends in place.
    /// </summary>
    /// <param name="context">The engine that gets the str.</param>
    /// <param name="charges">Whether the engine's current run is charged for the text.</param>
    public void ShareOutside(ScriptContext context, bool charges)
    {
        if (_text is null && !ReferenceEquals(_buffer!.Owner, context))
        {
            context.ChargeMemory(charges ? 2L * _length : 0);
            _text = new string(_buffer.Chars, 0, _length);
        }
    }

    public bool ContentEquals(ScriptString other) =>
        ReferenceEquals(this, other)
        || (_length == other._length && (_hash == 0 || other._hash == 0 || _hash == other._hash) && Span.SequenceEqual(other.Span));

    public override void VisitReferences(HeapVisitor visitor)
    {
        if (_buffer is not null)
        {
            visitor.VisitShared(_buffer, TextBuffer.BytesFor(_buffer.Chars.Length));
        }
    }

    public override string ToString() => Text;

    /// <summary>The first join of a long str that is not itself a joined str. Most never grow further, so they get no buffer.</summary>
    private static ScriptString Join(ScriptContext context, ScriptString a, ScriptString b, long length)
    {
        ChargeCopy(context, length, BytesFor(length));
        return new ScriptString(string.Concat(a.Span, b.Span), true);
    }

    private static ScriptString Append(ScriptContext context, ScriptString a, ScriptString b, long length)
    {
        if (a.BufferOf(context) is { } buffer && buffer.Used == a._length && length <= buffer.Chars.Length)
        {
            ChargeCopy(context, b._length, HeaderBytes);
            b.Span.CopyTo(buffer.Chars.AsSpan(a._length));
            buffer.Used = (int)length;
            return new ScriptString(buffer, (int)length);
        }

        int capacity = (int)Math.Min(MaxLength, 2 * length);
        ChargeCopy(context, length, HeaderBytes + TextBuffer.BytesFor(capacity));
        TextBuffer fresh = new(context, GC.AllocateUninitializedArray<char>(capacity));
        a.Span.CopyTo(fresh.Chars);
        b.Span.CopyTo(fresh.Chars.AsSpan(a._length));
        fresh.Used = (int)length;
        return new ScriptString(fresh, (int)length);
    }

    /// <summary>Charges memory before steps, so that the memory limit is reported first. One step pays for 64 copied code units.</summary>
    private static void ChargeCopy(ScriptContext context, long copied, long bytes)
    {
        context.ChargeMemory(bytes);
        context.Charge(copied >> 6);
        if (copied > MaxLength)
        {
            throw Throw.CannotExist("a str", MaxLength, "code units");
        }
    }

    /// <summary>The buffer, if the engine may append to it. That of another engine may change at any time.</summary>
    private TextBuffer? BufferOf(ScriptContext context) =>
        _buffer is { } buffer && ReferenceEquals(buffer.Owner, context) ? buffer : null;

    private string Flatten()
    {
        TextBuffer buffer = _buffer!;
        buffer.Owner.ChargeMemory(2L * _length);
        buffer.Owner.Memory.Kept += 2L * _length;
        return _text = new string(buffer.Chars, 0, _length);
    }

    private int ComputeHash()
    {
        int hash = string.GetHashCode(Span);
        return _hash = hash == 0 ? 1 : hash;
    }

    private static ScriptString[] CreateLatin1()
    {
        ScriptString[] table = new ScriptString[MaxShared + 1];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new ScriptString(((char)i).ToString(), false);
        }

        return table;
    }
}
