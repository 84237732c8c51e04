using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Backtracking, and runs of code units of a set, which resume with more or fewer code units.</summary>
internal sealed partial class Matcher
{
    /// <summary>The words of <see cref="MatchOp.Run"/>.</summary>
    private const int RunWords = 8;

    /// <summary>The code units of a run that are tested between two checks of the limits.</summary>
    private const int Stretch = 8192;

    /// <summary>Resumes at the last choice point; false if none is left.</summary>
    private bool TryBacktrack(ref int at, ref int position)
    {
        while (true)
        {
            if (--_fuel < 0)
            {
                Refuel(1);
            }

            _choiceTop -= WordsPerChoice;
            int target = _choices[_choiceTop];
            int detail = _choices[_choiceTop + 3];
            position = _choices[_choiceTop + 1];
            _state.Undo(_choices[_choiceTop + 2]);
            if (target == 0)
            {
                return false;
            }

            if (target > 0)
            {
                at = target;
                if (IsNew(detail, position))
                {
                    return true;
                }
            }
            else if (TryResume(~target, detail, ref at, ref position))
            {
                return true;
            }
        }
    }

    /// <summary>Resumes a run, or a loop that preferred to end; false if that fails at once.</summary>
    private bool TryResume(int choice, int detail, ref int at, ref int position)
    {
        int word = _code[choice];
        if ((MatchOp)(word & MatchFlags.OpMask) == MatchOp.EndLoop)
        {
            at = choice;
            return TryBeginIteration(ref at, position);
        }

        at = choice + RunWords;
        bool isResumed = (word & MatchFlags.Lazy) != 0
            ? TryTakeOne(choice, word, detail, ref position)
            : TryGiveUpOne(choice, word, detail, ref position);
        return isResumed && IsNew(choice + 6, position);
    }

    /// <summary>Matches the code units of a run that it prefers, and leaves a choice point for the others.</summary>
    private bool TryRun(int at, int word, ref int position)
    {
        int min = _code[at + 2];
        int max = _code[at + 3];
        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        bool isLazy = (word & MatchFlags.Lazy) != 0;
        int start = position;
        int count = isLazy || isLeft
            ? CountRun(_pattern.Sets[_code[at + 1]], position, isLazy ? min : max, isLeft)
            : CountWholeRun(at, position, max);
        position += isLeft ? -count : count;
        if (at == _pattern.LeadingRun && start == _leadingEnd && !isLazy)
        {
            _leadingEnd = position;
        }

        if (count < min || (word & MatchFlags.Possessive) != 0)
        {
            return count >= min && (isLeft || !_pattern.IsPure || IsEmptyAt(at, position) || IsNewAfter(RunAt(at), position));
        }

        return isLazy
            ? TryReach(at, isLeft, max == int.MaxValue ? max : max - min, ref position)
            : TryRetreat(at, isLeft, start + (isLeft ? -min : min), ref position);
    }

    /// <summary>Resumes a run that prefers more code units with one less.</summary>
    private bool TryGiveUpOne(int at, int word, int nearest, ref int position)
    {
        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        position -= isLeft ? -1 : 1;
        return TryRetreat(at, isLeft, nearest, ref position);
    }

    /// <summary>
    /// Gives up code units of a run until what follows can match, and leaves a choice point for further ones; false if it can't before the
    /// nearest position.
    /// </summary>
    private bool TryRetreat(int at, bool isLeft, int nearest, ref int position)
    {
        bool isEmpty = _pattern.IsPure && !isLeft && IsEmptyAt(at, nearest);
        if (TryFindUntried(at, isLeft, isEmpty ? nearest + 1 : nearest, ref position))
        {
            if (position != nearest)
            {
                AddChoice(~at, position, nearest);
            }

            return true;
        }

        // An empty iteration continues in another state than those of the other positions.
        position = nearest;
        return isEmpty && IsAdmitted(at, nearest);
    }

    /// <summary>Moves back to the last position after which the rest can match and was not tried; false if none is.</summary>
    private bool TryFindUntried(int at, bool isLeft, int nearest, ref int position)
    {
        int mask = _code[at + 4];
        ref RunMemory memory = ref _runs[RunAt(at)];
        bool remembers = _pattern.IsPure && !isLeft;
        bool wasTried;
        do
        {
            position = remembers && memory.HasTried(position) ? memory.Low - 1 : position;
            if (position < nearest && !isLeft)
            {
                return false;
            }

            int highest = position;
            bool isFound = mask < 0 || TryFindBefore(_pattern.Masks[mask], nearest, ref position);
            wasTried = remembers && isFound && memory.HasTried(position);
            if (remembers)
            {
                memory.AddTried(isFound ? position : nearest, highest);
            }

            if (!isFound)
            {
                return false;
            }
        }
        while (wasTried);
        return true;
    }

    /// <summary>Whether what follows a run can match at a position.</summary>
    private bool IsAdmitted(int at, int position) => _code[at + 4] < 0 || _pattern.Masks[_code[at + 4]].Admits(_text, position);

    /// <summary>Whether an iteration of a loop around a run is empty so far if the run ends at a position.</summary>
    private bool IsEmptyAt(int at, int position) => _pattern.Scopes[_code[at + 7]]?.IsEmptyAt(_state.Slots, position) ?? false;

    /// <summary>The index of a run's memory for the present numbers of iterations.</summary>
    private int RunAt(int at) => _code[at + 5] + (_pattern.Scopes[_code[at + 7]]?.CountOf(_state.Slots) ?? 0);

    /// <summary>Resumes a run that prefers fewer code units with one more.</summary>
    private bool TryTakeOne(int at, int word, int left, ref int position)
    {
        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        return TryAddOne(at, isLeft, ref left, ref position) && TryReachUntried(at, isLeft, left, ref position);
    }

    /// <summary>Takes one more code unit of a run; false if it can't.</summary>
    private bool TryAddOne(int at, bool isLeft, ref int left, ref int position)
    {
        if (left == 0 || CountRun(_pattern.Sets[_code[at + 1]], position, 1, isLeft) == 0)
        {
            return false;
        }

        position += isLeft ? -1 : 1;
        left -= left == int.MaxValue ? 0 : 1;
        if (!isLeft)
        {
            _runs[RunAt(at)].AddMembers(position - 1, position);
        }

        return true;
    }

    /// <summary>
    /// Takes as many code units as necessary for what follows to match, and leaves a choice point for further ones; false if there are too
    /// few.
    /// </summary>
    /// <param name="at">The address of the run.</param>
    /// <param name="isLeft">Whether it goes from right to left.</param>
    /// <param name="left">The most code units that it may take.</param>
    /// <param name="position">Where it is.</param>
    private bool TryReach(int at, bool isLeft, int left, ref int position)
    {
        if (_pattern.IsPure && !isLeft && IsEmptyAt(at, position))
        {
            // An empty iteration continues in another state than those of the other positions.
            if (IsAdmitted(at, position))
            {
                AddChoiceToTake(at, position, left);
                return true;
            }

            if (!TryAddOne(at, isLeft, ref left, ref position))
            {
                return false;
            }
        }

        return TryReachUntried(at, isLeft, left, ref position);
    }

    /// <summary>Like <see cref="TryReach"/>, after at least one code unit if an iteration around was empty.</summary>
    private bool TryReachUntried(int at, bool isLeft, int left, ref int position)
    {
        int mask = _code[at + 4];
        CharacterSet set = _pattern.Sets[_code[at + 1]];
        int run = RunAt(at);
        bool remembers = _pattern.IsPure && !isLeft;
        bool wasTried;
        do
        {
            if (remembers && _runs[run].HasTried(position) && !TrySkipTried(set, run, ref left, ref position))
            {
                return false;
            }

            int start = position;
            bool isFound = mask < 0 || TryFindAfter(set, _pattern.Masks[mask], left, ref position);
            left -= left == int.MaxValue ? 0 : position - start;
            wasTried = remembers && isFound && _runs[run].HasTried(position);
            if (remembers)
            {
                _runs[run].AddMembers(start, position);
                _runs[run].AddTried(start, position);
            }

            if (!isFound)
            {
                return false;
            }
        }
        while (wasTried);
        AddChoiceToTake(at, position, left);
        return true;
    }

    /// <summary>Leaves a choice point for further code units of a run that prefers few.</summary>
    private void AddChoiceToTake(int at, int position, int left)
    {
        if (left > 0)
        {
            AddChoice(~at, position, left);
        }
    }

    /// <summary>
    /// Takes code units of a run that prefers few beyond the positions that were tried; false if it can't take so many, so that it has no
    /// other position.
    /// </summary>
    private bool TrySkipTried(CharacterSet set, int run, ref int left, ref int position)
    {
        ref RunMemory memory = ref _runs[run];
        int end = memory.High + 1;
        if (end - position > left)
        {
            return false;
        }

        int known = memory.Knows(position) ? memory.End : position;
        int count = end > known ? CountRun(set, known, end - known, isLeft: false) : 0;
        memory.AddMembers(position, known + count);
        if (known + count < end)
        {
            return false;
        }

        left -= left == int.MaxValue ? 0 : end - position;
        position = end;
        return true;
    }

    /// <summary>Whether the rest of the pattern was not tried after a run at a position. Remembers that it is about to be tried.</summary>
    private bool IsNewAfter(int run, int position)
    {
        ref RunMemory memory = ref _runs[run];
        if (memory.HasTried(position))
        {
            return false;
        }

        memory.AddTried(position, position);
        return true;
    }

    /// <summary>Counts the code units of a run that prefers more of them.</summary>
    private int CountWholeRun(int at, int position, int max)
    {
        int run = RunAt(at);
        ref RunMemory memory = ref _runs[run];
        CharacterSet set = _pattern.Sets[_code[at + 1]];
        int before = memory.Start - position;
        if (before > 0)
        {
            int first = CountRun(set, position, Math.Min(max, before), isLeft: false);
            if (first < before)
            {
                return Remember(first);
            }

            memory.Start = position;
        }

        return memory.Knows(position)
            ? Math.Min(max, memory.End - position)
            : Remember(CountRun(set, position, max, isLeft: false));

        int Remember(int count)
        {
            if (count < max)
            {
                _runs[run].Start = position;
                _runs[run].End = position + count;
            }

            return count;
        }
    }

    /// <summary>Moves back to the last position that a mask admits; false if there is none.</summary>
    private bool TryFindBefore(in UnitMask mask, int nearest, ref int position)
    {
        int single = mask.Single;
        while (true)
        {
            int start = Math.Max(nearest, position - Stretch);
            int found;
            if (single >= 0)
            {
                int end = Math.Min(position + 1, _text.Length);
                found = _text.AsSpan(start, Math.Max(0, end - start)).LastIndexOf((char)single);
                Refuel((position - start - Math.Max(found, 0)) >> 5);
            }
            else
            {
                int at = position;
                while (at >= start && !mask.Admits(_text, at))
                {
                    at--;
                }

                found = at - start;
                Refuel((position - at) >> 2);
            }

            if (found >= 0)
            {
                position = start + found;
                return true;
            }

            if (start <= nearest)
            {
                return false;
            }

            position = start - 1;
        }
    }

    /// <summary>Moves over code units of a set to the first position that a mask admits; false if there is none.</summary>
    private bool TryFindAfter(CharacterSet set, in UnitMask mask, int left, ref int position)
    {
        int single = mask.Single;
        bool isSimple = single >= 0 && (set == CharacterSet.All || set == CharacterSet.NotNewline);
        int last = (int)Math.Min(_text.Length, position + (long)left);
        while (true)
        {
            int end = Math.Min(last, position + Stretch);
            int at = position;
            if (isSimple)
            {
                // The code unit at the end is not taken, but what follows may begin with it.
                ReadOnlySpan<char> units = _text.AsSpan(at, Math.Min(end + 1, _text.Length) - at);
                int found = set == CharacterSet.All ? units.IndexOf((char)single) : units.IndexOfAny((char)single, '\n');
                at = found >= 0 ? at + found : end;
                Refuel((at - position) >> 5);
            }
            else
            {
                while (at < end && !mask.Admits(_text, at) && set.Contains(_text[at]))
                {
                    at++;
                }

                Refuel(((at - position) >> 2) + ((at - position) * set.Cost));
            }

            position = at;
            if (mask.Admits(_text, at))
            {
                return true;
            }

            if (at < end || at == last)
            {
                return false;
            }
        }
    }

    private int CountRun(CharacterSet set, int position, int max, bool isLeft)
    {
        max = Math.Min(max, isLeft ? position : _text.Length - position);
        int count = 0;
        while (count < max)
        {
            int length = Math.Min(max - count, Stretch);
            int found = isLeft
                ? set.CountAtEnd(_text.AsSpan(position - count - length, length))
                : set.CountAtStart(_text.AsSpan(position + count, length));
            count += found;
            Refuel(set.Cost == 0 ? found >> 3 : found * set.Cost);
            if (found < length)
            {
                break;
            }
        }

        return count;
    }
}
