using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The inside of a loop that keeps state, and with it everything about the loops around that decides what the rest of a pattern matches.
/// These facts are few, so they are numbered: a choice point is remembered for each number on its own.
/// </summary>
/// <remarks>
/// A loop keeps where its iteration began, because an empty iteration ends it. The rest of a match needs only whether the iteration is
/// empty so far. If it is, those of the loops inside are empty as well, so the number of empty ones says which they are. A loop also counts
/// its iterations; beyond <see cref="_counts"/> it does not matter how many there were.
/// </remarks>
/// <param name="outer">The scope around; null if no loop around keeps state.</param>
/// <param name="slot">The slot where the iteration began; the next one holds the number of iterations.</param>
/// <param name="counts">The numbers of iterations to tell apart; 1 if none.</param>
/// <param name="canBeEmpty">Whether an iteration may be empty.</param>
internal sealed class LoopScope(LoopScope? outer, int slot, int counts, bool canBeEmpty)
{
    /// <summary>The bytes of a scope.</summary>
    public const int Bytes = 64;

    private readonly LoopScope? _outer = outer;
    private readonly int _slot = slot;
    private readonly int _counts = counts;
    private readonly bool _canBeEmpty = canBeEmpty;

    /// <summary>The loops whose iterations may be empty.</summary>
    private readonly int _emptyLoops = (outer?._emptyLoops ?? 0) + (canBeEmpty ? 1 : 0);

    /// <summary>How many loops keep state, from the outermost to this one.</summary>
    public int Loops { get; } = (outer?.Loops ?? 0) + 1;

    /// <summary>How many combinations of numbers of iterations there are.</summary>
    public long Counts { get; } = (outer?.Counts ?? 1) * counts;

    /// <summary>How many combinations of all facts there are.</summary>
    public long States => Counts * (_emptyLoops + 1);

    /// <summary>The number of a loop's iterations from which on it does not matter how many there were, at least 1.</summary>
    public static int CountsOf(int min, int max) => Math.Max(max == int.MaxValue ? min : max, 1);

    /// <summary>Which of <see cref="Counts"/> the slots hold.</summary>
    public int CountOf(int[] slots)
    {
        int number = 0;
        for (LoopScope? scope = Counts == 1 ? null : this; scope is not null; scope = scope._outer)
        {
            number = (number * scope._counts) + Math.Min(slots[scope._slot + 1], scope._counts) - 1;
        }

        return number;
    }

    /// <summary>Which of <see cref="States"/> the slots hold at a position.</summary>
    public int StateOf(int[] slots, int position)
    {
        int empty = 0;
        for (LoopScope? scope = _emptyLoops == 0 ? null : this; scope is not null; scope = scope._outer)
        {
            empty += scope._canBeEmpty && slots[scope._slot] == position ? 1 : 0;
        }

        return (CountOf(slots) * (_emptyLoops + 1)) + empty;
    }

    /// <summary>Whether an iteration that is empty so far encloses a position.</summary>
    public bool IsEmptyAt(int[] slots, int position)
    {
        for (LoopScope? scope = _emptyLoops == 0 ? null : this; scope is not null; scope = scope._outer)
        {
            if (scope._canBeEmpty)
            {
                return slots[scope._slot] == position;
            }
        }

        return false;
    }
}
