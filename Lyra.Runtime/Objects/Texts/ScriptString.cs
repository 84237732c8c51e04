using System;
using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A str: an immutable sequence of UTF-16 code units, in one of three forms.
/// <list type="bullet">
/// <item>short form: up to <see cref="ShortText.MaxLength"/> code units, which are part of the object. Every str of such a length has it;
/// a constant keeps its .NET string as well.</item>
/// <item>text form: a .NET string. Every longer str from outside, and every longer constant, has this form.</item>
/// <item>builder form: a part of a shared <see cref="TextBuffer"/>. The result of <c>a + b</c> has this form when the longer of them is
/// long and itself the result of a <c>+</c>, so that loops of <c>s += x</c>, <c>s = x + s</c> and <c>s = x + s + y</c> cost amortised
/// O(length of what is added) per iteration. So has a very long result of a builtin.</item>
/// </list>
/// Reading characters, comparing and hashing work on every form. <see cref="Text"/> makes a new .NET string for the short form, and
/// turns builder form into text form; the buffer is kept, so that appends stay cheap afterwards. A str in builder form belongs to one
/// engine; in the other forms threads may share it, and only the buffer's owner adds to it in place.
/// </summary>
internal sealed class ScriptString : ScriptObject
{
    /// <summary>The most code units that a str can have: the limit of a .NET string.</summary>
    public const int MaxLength = 0x3FFFFFDF;

    /// <summary>Strs of one code unit up to this one (Latin-1) exist before they are needed, and are not charged.</summary>
    public const char MaxShared = '\u00FF';

    /// <summary>Results of <c>+</c> below this length are plain text: copying them costs less than keeping a buffer.</summary>
    public const int MinBuilderLength = 256;

    /// <summary>The most code units of a 64-bit int: its sign and 19 digits.</summary>
    public const int MaxDigits = 20;

    /// <summary>Results of builtins from this length on, 16 MB, are in builder form.</summary>
    private const int MinUncleared = 8 << 20;

    private const int HeaderBytes = 56;

    private const int PageSize = 256;

    private static readonly ScriptString[] Latin1 = CreateLatin1();

    /// <summary>
    /// The strs of one code unit beyond Latin-1 that were needed so far, by the high byte and then the low byte: 4 MB at most.
    /// </summary>
    private static readonly ScriptString?[]?[] Pages = new ScriptString?[PageSize][];

    /// <summary>The str without characters.</summary>
    public static readonly ScriptString Empty = new(default(ShortText), 0) { _content = string.Empty };

    private readonly int _length;
    private readonly Form _form;
    private readonly bool _isJoined;
    private readonly ShortText _units;
    private int _hash;

    /// <summary>A string, a <see cref="TextBuffer"/> or a <see cref="FlattenedText"/>; null for most strs in short form.</summary>
    private object? _content;

    /// <summary>The forms of a str, see <see cref="ScriptString"/>.</summary>
    private enum Form : byte
    {
        Short,
        Text,
        Builder,
    }

    private ScriptString(in ShortText units, int length)
        : base(ValueKind.Str)
    {
        _units = units;
        _length = length;
    }

    private ScriptString(string text, bool isJoined)
        : base(ValueKind.Str)
    {
        _content = text;
        _length = text.Length;
        _form = Form.Text;
        _isJoined = isJoined;
    }

    private ScriptString(TextBuffer buffer, int start, int length, bool isJoined)
        : base(ValueKind.Str)
    {
        _content = buffer;
        _units = new ShortText((ulong)start, 0);
        _length = length;
        _form = Form.Builder;
        _isJoined = isJoined;
    }

    public int Length => _length;

    /// <summary>The text as a .NET string: a new one for the short form. Flattens the builder form, whose memory is charged.</summary>
    public string Text => _content as string ?? MakeText();

    /// <summary>Whether it shares its code units with no other str.</summary>
    public bool IsAlone => _content is null or string;

    /// <summary>The text as a .NET string, if the str has one; otherwise null.</summary>
    public string? KnownText => _content as string;

    /// <summary>The code units, without flattening. Valid as long as the str is.</summary>
    public ReadOnlySpan<char> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _form == Form.Short ? _units.AsSpan(_length) : _form == Form.Text ? TextForm : BufferedSpan();
    }

    /// <summary>The code units, for compiled code.</summary>
    public TextUnits Units
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Span);
    }

    /// <summary>A hash of the content, seeded per process. The script's builtin <c>hash</c> differs.</summary>
    public int HashCode => _hash != 0 ? _hash : ComputeHash();

    /// <summary>As <see cref="HashCode"/>, with looks at the clock while that of a long str is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int HashCodeIn(ScriptContext context) => _hash != 0 ? _hash : ComputeHash(context);

    public override ValueKind Kind => ValueKind.Str;

    public override long OwnBytes => HeaderBytes + _content switch
    {
        string text => TextBytes(text),
        FlattenedText => FlattenedText.BytesFor(_length),
        _ => 0,
    };

    /// <summary>Where the code units in use begin and end in the shared buffer to which an engine adds; 0 when there is none.</summary>
    public (int First, int Used) BufferUse(ScriptContext context) =>
        BufferOf(context) is { } buffer ? (buffer.First, buffer.Used) : default;

    /// <summary>Drops what an engine has added in place since it read <see cref="BufferUse"/>.</summary>
    public void RestoreBuffer(ScriptContext context, (int First, int Used) use)
    {
        if (BufferOf(context) is { } buffer)
        {
            (buffer.First, buffer.Used) = use;
        }
    }

    /// <summary>The code unit at an index from 0 to <see cref="Length"/> - 1.</summary>
    public char this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _form == Form.Text ? TextForm[index] : Span[index];
    }

    /// <summary>The bytes of a new str of this length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long BytesFor(long length) => length <= ShortText.MaxLength ? HeaderBytes : HeaderBytes + 24 + (2L * length);

    /// <summary>A str with the given text. The caller has charged <see cref="BytesFor"/> where the length is not bounded.</summary>
    public static ScriptString From(string text) => text.Length <= ShortText.MaxLength ? FromShort(text) : new ScriptString(text, false);

    /// <summary>A copy of the given text. The caller has charged <see cref="BytesFor"/> where the length is not bounded.</summary>
    public static ScriptString Copy(ReadOnlySpan<char> text) =>
        text.Length <= ShortText.MaxLength ? FromShort(text) : new ScriptString(new string(text), false);

    /// <summary>As the other overload, with looks at the clock while a long text is copied.</summary>
    public static ScriptString Copy(ScriptContext context, ReadOnlySpan<char> text) => text.Length <= Pieces.Length<char>()
        ? Copy(text)
        : LongText(context, text, [], text.Length, false);

    /// <summary>As the other overload, for a text of at least two code units whose <see cref="HashOf"/> is known.</summary>
    public static ScriptString Copy(ReadOnlySpan<char> text, int hash)
    {
        ScriptString copy = Copy(text);
        copy._hash = hash;
        return copy;
    }

    /// <summary>
    /// Copies a short str to the start of a target with as much space as the longest of these has: behind the str it has any content then.
    /// False, with nothing copied, for another str or target.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCopyShort(Span<char> target) => _length <= ShortText.MaxLength && _units.TryCopyTo(target);

    /// <summary>The hash code of a str with this text.</summary>
    public static int HashOf(ReadOnlySpan<char> text) =>
        NonZero(text.Length <= ShortText.MaxLength ? ShortText.Of(text).KeyHash(text.Length) : LongHash(null, text));

    /// <summary>The decimal text of an int. The caller charges it.</summary>
    public static ScriptString Of(long value)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        return Copy(digits[..length]);
    }

    /// <summary>A str that a delegate fills. The caller has charged <see cref="BytesFor"/>.</summary>
    public static ScriptString Create<TState>(int length, TState state, SpanAction<char, TState> fill)
        where TState : allows ref struct
    {
        if (length > ShortText.MaxLength)
        {
            return new ScriptString(string.Create(length, state, fill), false);
        }

        Span<char> units = stackalloc char[ShortText.MaxLength];
        units = units[..length];
        fill(units, state);
        return FromShort(units);
    }

    /// <summary>
    /// As the other overload. A very long str has builder form, because the CLR clears the memory of a .NET string in one operation.
    /// </summary>
    public static ScriptString Create<TState>(ScriptContext context, int length, TState state, SpanAction<char, TState> fill)
        where TState : allows ref struct =>
        length < MinUncleared ? Create(length, state, fill) : new ScriptString(Filled(context, length, state, fill), 0, length, false);

    private static TextBuffer Filled<TState>(ScriptContext context, int length, TState state, SpanAction<char, TState> fill)
        where TState : allows ref struct
    {
        context.ChargeMemory(TextBuffer.BytesFor(0));
        TextBuffer buffer = new(context, Pieces.NewArray<char>(length)) { Used = length };
        fill(buffer.Chars, state);
        return buffer;
    }

    /// <summary>A str that keeps the .NET string, whatever its length: for constants, which exist once and are read often.</summary>
    public static ScriptString Constant(string text) => text.Length switch
    {
        0 => Empty,
        1 when text[0] <= MaxShared => Latin1[text[0]],
        <= ShortText.MaxLength => new ScriptString(ShortText.Of(text), text.Length) { _content = text },
        _ => new ScriptString(text, false),
    };

    /// <summary>
    /// A result of <c>+</c> of at least two code units and shorter than <see cref="MinBuilderLength"/>. The caller has charged it.
    /// </summary>
    public static ScriptString Joined(ReadOnlySpan<char> text) =>
        text.Length <= ShortText.MaxLength ? FromShort(text) : new ScriptString(new string(text), true);

    /// <summary>The str of one code unit, which exists once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScriptString FromChar(char unit)
    {
        ScriptString[] table = Latin1;
        return unit < table.Length ? table[unit] : FromPage(unit);
    }

    /// <summary>
    /// Joins two strs. Adds to the longer one in place when it is in builder form and nothing else was added to its buffer on that side.
    /// Charges memory, and steps for copied characters.
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
        if (length <= ShortText.MaxLength)
        {
            context.ChargeMemory(HeaderBytes);
            return new ScriptString(a._units.Join(a._length, b._units), (int)length);
        }

        if (length < MinBuilderLength)
        {
            context.ChargeMemory(BytesFor(length));
            return new ScriptString(string.Concat(a.Span, b.Span), true);
        }

        return b._isJoined && a._length < b._length ? Prepend(context, a, b, length)
            : a._isJoined ? Append(context, a, b, length)
            : Join(context, a, b, length);
    }

    /// <summary>
    /// Makes the str usable by an engine that does not own its buffer, perhaps while the owner uses it: it becomes readable without the
    /// buffer, and only the owner appends in place.
    /// </summary>
    /// <param name="context">The engine that gets the str.</param>
    /// <param name="charges">Whether the engine's current run is charged for the text.</param>
    public void ShareOutside(ScriptContext context, bool charges)
    {
        if (_content is TextBuffer buffer && !ReferenceEquals(buffer.Owner, context))
        {
            context.ChargeMemory(charges ? FlattenedText.BytesFor(_length) : 0);
            _content = new FlattenedText(buffer, new string(buffer.Chars, Start, _length));
        }
    }

    public bool ContentEquals(ScriptString other) =>
        ReferenceEquals(this, other)
        || (_length == other._length && (_length <= ShortText.MaxLength ? _units.Equals(other._units) : LongEquals(other)));

    /// <summary>As <see cref="ContentEquals(ScriptString)"/>, with looks at the clock for long strs.</summary>
    public bool ContentEquals(ScriptContext context, ScriptString other) => _length <= Pieces.Length<char>() || IsDecidedWithoutUnits(other)
        ? ContentEquals(other)
        : Pieces.AreEqual(context, Span, other.Span);

    /// <summary>
    /// The first four code units, the first in the highest bits, as a number that orders strs as they do; 0 for each that is missing.
    /// </summary>
    public ulong Prefix => _length <= ShortText.MaxLength ? _units.Prefix : ShortText.Of(Span[..ShortText.MaxLength]).Prefix;

    /// <summary>The order of two short strs by their code units; false for longer ones.</summary>
    public bool TryCompareShort(ScriptString other, out int order)
    {
        order = 0;
        if (_length > ShortText.MaxLength || other._length > ShortText.MaxLength)
        {
            return false;
        }

        order = _units.CompareTo(other._units);
        order = order != 0 ? order : _length - other._length;
        return true;
    }

    /// <summary>Whether the content is a text whose <see cref="HashOf"/> is given.</summary>
    public bool Is(ReadOnlySpan<char> text, int hash) => HashCode == hash && Span.SequenceEqual(text);

    public override void VisitReferences(HeapVisitor visitor)
    {
        if (Buffer is { } buffer)
        {
            visitor.VisitShared(buffer, TextBuffer.BytesFor(buffer.Chars.Length));
        }
    }

    public override string ToString() => Text;

    /// <summary>The first join of a long str that is not itself a joined str. Most never grow further, so they get no buffer.</summary>
    private static ScriptString Join(ScriptContext context, ScriptString a, ScriptString b, long length)
    {
        ChargeCopy(context, length, BytesFor(length));
        return length <= Pieces.Length<char>()
            ? new ScriptString(string.Concat(a.Span, b.Span), true)
            : LongText(context, a.Span, b.Span, (int)length, true);
    }

    /// <summary>The concatenation of two texts, with looks at the clock.</summary>
    private static ScriptString LongText(
        ScriptContext context, ReadOnlySpan<char> a, ReadOnlySpan<char> b, int length, bool isJoined)
    {
        Halves halves = new(context, a, b);
        return length < MinUncleared
            ? new ScriptString(string.Create(length, halves, FillHalves), isJoined)
            : new ScriptString(Filled(context, length, halves, FillHalves), 0, length, isJoined);
    }

    private static void FillHalves(Span<char> target, Halves halves)
    {
        Pieces.Copy(halves.Context, halves.First, target);
        Pieces.Copy(halves.Context, halves.Second, target[halves.First.Length..]);
    }

    private static ScriptString Append(ScriptContext context, ScriptString a, ScriptString b, long length)
    {
        TextBuffer? buffer = a.BufferOf(context);
        if (buffer is not null && buffer.Used == a.Start + a._length && a.Start + length <= buffer.Chars.Length)
        {
            ChargeCopy(context, b._length, HeaderBytes);
            Pieces.Copy(context, b.Span, buffer.Chars.AsSpan(buffer.Used));
            buffer.Used += b._length;
            return new ScriptString(buffer, a.Start, (int)length, true);
        }

        return NewBuffer(context, a, b, length, isTwoSided: buffer?.IsTwoSided == true);
    }

    private static ScriptString Prepend(ScriptContext context, ScriptString a, ScriptString b, long length)
    {
        if (b.BufferOf(context) is { } buffer && buffer.First == b.Start && a._length <= b.Start)
        {
            ChargeCopy(context, a._length, HeaderBytes);
            Pieces.Copy(context, a.Span, buffer.Chars.AsSpan(b.Start - a._length));
            buffer.First -= a._length;
            return new ScriptString(buffer, buffer.First, (int)length, true);
        }

        return NewBuffer(context, a, b, length, isTwoSided: true);
    }

    /// <summary>Joins two strs in a buffer of twice the length; the free half is behind the text, or on both sides of it.</summary>
    private static ScriptString NewBuffer(ScriptContext context, ScriptString a, ScriptString b, long length, bool isTwoSided)
    {
        int capacity = (int)Math.Min(MaxLength, 2 * length);
        ChargeCopy(context, length, HeaderBytes + TextBuffer.BytesFor(capacity));
        int start = isTwoSided ? (capacity - (int)length) / 2 : 0;
        TextBuffer buffer = new(context, GC.AllocateUninitializedArray<char>(capacity))
        {
            IsTwoSided = isTwoSided,
            First = start,
            Used = start + (int)length,
        };
        Pieces.Copy(context, a.Span, buffer.Chars.AsSpan(start));
        Pieces.Copy(context, b.Span, buffer.Chars.AsSpan(start + a._length));
        return new ScriptString(buffer, start, (int)length, true);
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

    private readonly ref struct Halves(ScriptContext context, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        public readonly ScriptContext Context = context;

        public readonly ReadOnlySpan<char> First = first;

        public readonly ReadOnlySpan<char> Second = second;
    }

    private static ScriptString FromShort(ReadOnlySpan<char> text) => text.Length switch
    {
        0 => Empty,
        1 => FromChar(text[0]),
        _ => new ScriptString(ShortText.Of(text), text.Length),
    };

    /// <summary>In builder form: where it begins in the buffer. Only short form uses its own code units.</summary>
    private int Start => (int)_units.Low;

    /// <summary>The buffer, if the engine may add to it. That of another engine may change at any time.</summary>
    private TextBuffer? BufferOf(ScriptContext context) =>
        Buffer is { } buffer && ReferenceEquals(buffer.Owner, context) ? buffer : null;

    /// <summary>The .NET string of a str in text form.</summary>
    private string TextForm => Unsafe.As<string>(_content)!;

    private TextBuffer? Buffer => _content as TextBuffer ?? (_content as FlattenedText)?.Buffer;

    /// <summary>Whether <see cref="ContentEquals(ScriptString)"/> does not have to look at all code units.</summary>
    private bool IsDecidedWithoutUnits(ScriptString other) => ReferenceEquals(this, other)
        || _length != other._length
        || (_hash != 0 && other._hash != 0 && _hash != other._hash);

    private bool LongEquals(ScriptString other) =>
        (_hash == 0 || other._hash == 0 || _hash == other._hash) && Span.SequenceEqual(other.Span);

    /// <summary>The code units of a long str that is not in text form.</summary>
    private ReadOnlySpan<char> BufferedSpan() =>
        _content is TextBuffer buffer ? buffer.Chars.AsSpan(Start, _length) : ((FlattenedText)_content!).Text;

    private string MakeText() =>
        _length <= ShortText.MaxLength ? new string(_units.AsSpan(_length))
        : _content is TextBuffer buffer ? Flatten(buffer) : ((FlattenedText)_content!).Text;

    private string Flatten(TextBuffer buffer)
    {
        long bytes = FlattenedText.BytesFor(_length);
        buffer.Owner.ChargeMemory(bytes);
        buffer.Owner.Memory.Kept += bytes;
        FlattenedText flat = new(buffer, new string(buffer.Chars, Start, _length));
        _content = flat;
        return flat.Text;
    }

    /// <summary>A hash code is not 0, which says that it is not computed yet.</summary>
    private static int NonZero(int hash) => hash == 0 ? 1 : hash;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ComputeHash(ScriptContext? context = null)
    {
        int hash = _length <= ShortText.MaxLength ? _units.KeyHash(_length) : LongHash(context, Span);
        return _hash = NonZero(hash);
    }

    /// <summary>The hash of the text, or of the hashes of its pieces.</summary>
    private static int LongHash(ScriptContext? context, ReadOnlySpan<char> text)
    {
        int piece = Pieces.Length<char>();
        int former = 0;
        for (; text.Length > piece; text = text[piece..])
        {
            former = System.HashCode.Combine(former, string.GetHashCode(text[..piece]));
            context?.CheckClock();
        }

        int last = string.GetHashCode(text);
        return former == 0 ? last : System.HashCode.Combine(former, last);
    }

    /// <summary>The str of a code unit beyond Latin-1. Threads may race to make it; all of them get the same one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ScriptString FromPage(char unit)
    {
        ref ScriptString?[]? page = ref Pages[unit >> 8];
        ScriptString?[] units = page ?? Interlocked.CompareExchange(ref page, new ScriptString?[PageSize], null) ?? page;
        ref ScriptString? slot = ref units[unit & (PageSize - 1)];
        return slot ?? Interlocked.CompareExchange(ref slot, new ScriptString(ShortText.Of(unit), 1), null) ?? slot;
    }

    private static ScriptString[] CreateLatin1()
    {
        ScriptString[] table = new ScriptString[MaxShared + 1];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new ScriptString(ShortText.Of((char)i), 1) { _content = ((char)i).ToString() };
        }

        return table;
    }
}
