using System;
using System.Globalization;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The text that compiled code builds in place of the results of a chain of <c>+</c>, of which only the last is wanted. It charges what
/// <see cref="ScriptString.Concat"/> charges, to the byte, and its <see cref="Text"/> has the form that the chain would have given it.
/// A text of <see cref="ScriptString.MinBuilderLength"/> code units or more is appended to by <see cref="ScriptString.Concat"/> itself.
/// </summary>
internal sealed class TextBuilder
{
    /// <summary>The code units that a builder has room for at first; they grow with the text, as do the charges for it.</summary>
    private const int InitialCapacity = 32;

    /// <summary>The most builders that a context keeps for later texts.</summary>
    private const int MaxFree = 64;

    /// <summary>The text as a str; null while <see cref="_units"/> has it.</summary>
    private ScriptString? _whole;

    private char[] _units = [];
    private int _length;

    /// <summary>The next builder that is not in use, and how many follow it.</summary>
    private TextBuilder? _nextFree;
    private int _freeBehind;

    private TextBuilder()
    {
    }

    /// <summary>The code units so far.</summary>
    public int Length => _length;

    /// <summary>The text so far, as a str.</summary>
    public ScriptString Text => _whole ??= ScriptString.Joined(_units.AsSpan(0, _length));

    /// <summary>A builder whose text is that of a str: one that is not in use, or a new one.</summary>
    public static TextBuilder Begin(ScriptContext context, ScriptString text)
    {
        context.Pools.Count(context.FreeBuilder is not null);
        TextBuilder builder = context.FreeBuilder ?? new TextBuilder();
        context.FreeBuilder = builder._nextFree;
        builder._nextFree = null;
        builder.Set(text);
        return builder;
    }

    /// <summary>The text as a str. The builder is free for another text.</summary>
    public ScriptString End(ScriptContext context)
    {
        ScriptString text = Text;
        Set(ScriptString.Empty);
        _nextFree = context.FreeBuilder;
        _freeBehind = _nextFree is null ? 0 : _nextFree._freeBehind + 1;
        context.FreeBuilder = _freeBehind < MaxFree ? this : _nextFree;
        return text;
    }

    /// <summary>
    /// Appends a short str to a short text. False, and nothing has happened, in all other cases and when the memory limit might be reached:
    /// <see cref="Append"/> has to append it then.
    /// </summary>
    public bool TryAppend(ScriptContext context, ScriptString text)
    {
        int length = _length + text.Length;
        if (_length == 0 || text.Length == 0 || (uint)length >= ScriptString.MinBuilderLength
            || !context.TryChargeMemory(ScriptString.BytesFor(length)))
        {
            return false;
        }

        text.Span.CopyTo(Reserve(text.Length));
        Extend(text.Length);
        return true;
    }

    /// <summary>As <see cref="TryAppend(ScriptContext, ScriptString)"/>: the digits of an int, whose str is charged, too.</summary>
    public bool TryAppend(ScriptContext context, long value)
    {
        if (_length == 0 || _length + ScriptString.MaxDigits >= ScriptString.MinBuilderLength)
        {
            return false;
        }

        value.TryFormat(Reserve(ScriptString.MaxDigits), out int digits, default, CultureInfo.InvariantCulture);
        if (!context.TryChargeMemory(ScriptString.BytesFor(digits) + ScriptString.BytesFor(_length + digits)))
        {
            return false;
        }

        Extend(digits);
        return true;
    }

    /// <summary>Appends any str.</summary>
    /// <exception cref="Errors.ScriptErrorException">As <see cref="ScriptString.Concat"/>; the text is unchanged then.</exception>
    public void Append(ScriptContext context, ScriptString text) => Set(ScriptString.Concat(context, Text, text));

    private void Set(ScriptString text)
    {
        _whole = text;
        _length = text.Length;
    }

    /// <summary>Where the next code units belong.</summary>
    private Span<char> Reserve(int count)
    {
        if (_length + count > _units.Length)
        {
            Array.Resize(ref _units, Math.Max(InitialCapacity, Math.Max(_length + count, 2 * _units.Length)));
        }

        return _units.AsSpan(_length);
    }

    /// <summary>Makes code units behind the text a part of it.</summary>
    private void Extend(int count)
    {
        if (_whole is { } whole)
        {
            whole.Span.CopyTo(_units);
            _whole = null;
        }

        _length += count;
    }
}
