using System;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The choice points of a search that failed, and those that were reached, by position: a bitmap, which is made once a search makes many
/// choices. Only for patterns whose parts match independently of what was captured (<see cref="CompiledPattern.MemoPoints"/>). A choice
/// point within loops that keep state counts as several; see <see cref="LoopScope"/>.
/// </summary>
internal struct ChoiceMemory
{
    /// <summary>The most bits of the bitmap, and the bits that each choice before pays for.</summary>
    private const long MaxBits = 1L << 31;
    private const int BitsPerChoice = 64;

    private ScriptContext _context;
    private long[]? _bits;
    private int _points;
    private long _positions;

    /// <summary>The choices and failures that are left before the bitmap is made.</summary>
    private long _left;

    /// <summary>The bytes of the bitmap.</summary>
    public readonly long Bytes => 8L * (_bits?.Length ?? 0);

    private readonly long Size => 2 * _points * _positions;

    /// <summary>Forgets everything, and prepares for a search with so many choice points in the code in a text.</summary>
    public void Begin(ScriptContext context, int points, int length)
    {
        _context = context;
        _bits = null;
        _points = points;
        _positions = length + 1L;
        _left = Math.Max(1_000 + (4L * length), Size / BitsPerChoice);
    }

    /// <summary>Drops the bitmap.</summary>
    public void Clear() => _bits = null;

    /// <summary>Whether choices are remembered. Counts one more if they are not yet.</summary>
    public bool Remembers() => _bits is not null || (_points > 0 && TryRemember());

    /// <summary>Whether a choice point has not yet failed at a position. Records it as failed, because it is about to be tried.</summary>
    public readonly bool IsNew(int point, int position) => Mark(point, position);

    /// <summary>
    /// Whether an instruction that makes a choice is reached at a position for the first time since choices are remembered: otherwise all
    /// its paths have failed there, or are about to be tried.
    /// </summary>
    public readonly bool IsNewArrival(int point, int position) => Mark(_points + point, position);

    /// <summary>Sets the bit of a point at a position; false if it was set.</summary>
    private readonly bool Mark(int point, int position)
    {
        long bit = (point * _positions) + position;
        ref long word = ref _bits![bit >> 6];
        long mask = 1L << (int)(bit & 63);
        bool isNew = (word & mask) == 0;
        word |= mask;
        return isNew;
    }

    /// <summary>Makes the bitmap once there were many choices and failures: more than the text has code units.</summary>
    private bool TryRemember()
    {
        if (--_left > 0 || Size > MaxBits)
        {
            return false;
        }

        long words = (Size >> 6) + 1;
        _context.ChargeMemory(8 * words);
        _context.Charge(words >> 5);
        _context.CheckClock();
        _bits = new long[words];
        return true;
    }
}
