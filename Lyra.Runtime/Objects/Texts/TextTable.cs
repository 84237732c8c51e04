using System;
using System.Numerics;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The short strs that an engine made last, so that builtins which make the same ones again and again (the parts of a split, the keys of
/// JSON objects) return the str that exists. Equal strs from it are the same object in most cases, which comparisons look at first.
/// <para>
/// The table has sets of two strs. The hash of a text chooses its set; the str that was used last is the first of its set, and a new one
/// evicts the second. An insertion into a full hash inline cache would take much longer, because that evicts in bulk, and texts would
/// evict members.
/// </para>
/// <para>
/// Texts that hardly repeat only cost time here: the hash, and the garbage collections that find the kept strs alive. So the table judges
/// itself and pauses.
/// </para>
/// </summary>
/// <remarks>
/// Memory is charged as if every str were new, so that charges do not depend on the table. Heap walks count a str once, as any object.
/// The table is part of no walk: its strs are at most 64 code units long, and their number is bounded. Each engine has its own.
/// </remarks>
internal sealed class TextTable
{
    /// <summary>The most code units of a text in the table.</summary>
    public const int MaxLength = 64;

    /// <summary>The number of strs that the table of an engine with default options can hold.</summary>
    public const int DefaultSlots = 2_048;

    private const int Ways = 2;

    /// <summary>The number of texts after which the hits among them are judged.</summary>
    private const int Window = 1_024;

    /// <summary>The table is worth its time if at least one of this many texts hits.</summary>
    private const int TextsPerHit = 4;

    /// <summary>A table that was not worth its time takes no texts for this many windows.</summary>
    private const int PausedWindows = 16;

    private readonly ScriptString?[] _slots;
    private readonly int _mask;
    private int _untilJudged = Window;
    private long _hitsBefore;
    private bool _isPaused;

    /// <param name="slots">The number of strs that the table can hold, a power of two of at least 2.</param>
    public TextTable(int slots = DefaultSlots)
    {
        if (slots < Ways || !BitOperations.IsPow2(slots))
        {
            throw new ArgumentException("The number of slots must be a power of two of at least 2.", nameof(slots));
        }

        _slots = new ScriptString?[slots];
        _mask = (slots / Ways) - 1;
    }

    /// <summary>The strs that were not in the table and were put into it.</summary>
    public long Interned { get; private set; }

    /// <summary>The strs that were in the table.</summary>
    public long Hits { get; private set; }

    /// <summary>The str with a text. The caller has charged it.</summary>
    /// <param name="text">2 to <see cref="MaxLength"/> code units.</param>
    public ScriptString Intern(ReadOnlySpan<char> text)
    {
        if (--_untilJudged < 0)
        {
            Judge();
        }

        if (_isPaused)
        {
            return ScriptString.Copy(text);
        }

        int hash = ScriptString.HashOf(text);
        Span<ScriptString?> set = _slots.AsSpan((hash & _mask) * Ways, Ways);
        ScriptString? first = set[0];
        if (first is not null && first.Is(text, hash))
        {
            Hits++;
            return first;
        }

        ScriptString? second = set[1];
        set[1] = first;
        if (second is not null && second.Is(text, hash))
        {
            Hits++;
            set[0] = second;
            return second;
        }

        Interned++;
        ScriptString made = ScriptString.Copy(text, hash);
        set[0] = made;
        return made;
    }

    /// <summary>Removes all strs; the counters remain.</summary>
    public void Clear() => Array.Clear(_slots);

    /// <summary>Begins a pause after a window with too few hits, and ends one.</summary>
    private void Judge()
    {
        _isPaused = !_isPaused && Hits - _hitsBefore < Window / TextsPerHit;
        _hitsBefore = Hits;
        _untilJudged = (_isPaused ? PausedWindows * Window : Window) - 1;
    }
}
