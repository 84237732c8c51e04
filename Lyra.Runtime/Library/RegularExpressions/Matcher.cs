using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// Searches a text for matches of a pattern by backtracking, in the order of .NET. Its stacks are arrays that are charged as memory, each
/// instruction costs a step, and the clock is checked as in any other loop, so a search obeys every limit.
/// </summary>
/// <remarks>
/// A choice point is where the search continues when it fails: four words on a stack. Slots are the state besides the position: captures,
/// loop counters, and the numbers of choice points that <see cref="MatchOp.Hold"/> has stored. Each write of a slot is recorded with the
/// former value, and backtracking undoes the writes since the choice point. The first choice point, below all others, resumes at address 0
/// and thereby ends the attempt. If a search backtracks often and the pattern allows it, the choice points that have failed are remembered,
/// so that its time does not grow exponentially.
/// </remarks>
internal sealed class Matcher : ScriptObject
{
    private const int WordsPerChoice = 4;
    private const int WordsPerWrite = 2;
    private const int WordsPerCapture = 3;

    /// <summary>The units of a run that are tested between two checks of the limits.</summary>
    private const int Stretch = 8192;

    /// <summary>The instructions executed between two charges.</summary>
    private const int Quantum = 64;

    /// <summary>The steps of a search that finds nothing at once.</summary>
    private const int CallSteps = 8;

    /// <summary>The most bits of memory for failed choice points.</summary>
    private const long MaxMemoBits = 1L << 26;

    private readonly ScriptContext _context;
    private readonly CompiledPattern _pattern;
    private readonly string _text;
    private readonly int[] _code;
    private readonly int[] _slots;
    private int[] _choices = new int[16 * WordsPerChoice];
    private int[] _writes = new int[16 * WordsPerWrite];
    private int[] _captures = [];
    private long[]? _failed;
    private int _choiceTop;
    private int _writeTop;
    private int _searchStart;
    private int _fuel = Quantum;
    private long _failures;

    /// <summary>Creates a matcher, which the caller must protect while it searches.</summary>
    public Matcher(ScriptContext context, CompiledPattern pattern, string text)
    {
        _context = context;
        _pattern = pattern;
        _text = text;
        _code = pattern.Code;
        context.ChargeMemory(512 + (4L * pattern.SlotCount));
        context.Charge(CallSteps + (pattern.SlotCount >> 5));
        _slots = new int[pattern.SlotCount];
        Array.Fill(_slots, -1);
        if (pattern.HasBalancing)
        {
            _slots[^1] = 0;
        }
    }

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "matcher";

    public override long OwnBytes =>
        256 + (4L * (_slots.Length + _choices.Length + _writes.Length + _captures.Length)) + (8L * (_failed?.Length ?? 0));

    /// <summary>The first match that begins at a position or after it; null if there is none.</summary>
    public MatchResult? Find(int from)
    {
        _searchStart = from;
        for (int start = from; (uint)start <= (uint)_text.Length; start++)
        {
            start = _pattern.Start.Next(_context, _text, start, from);
            if (start < 0)
            {
                return null;
            }

            if (Execute(start) is >= 0 and int end)
            {
                return Result(start, end);
            }
        }

        return null;
    }

    /// <summary>The match that begins at the start of the text; null if there is none.</summary>
    public MatchResult? FindAtStart()
    {
        _searchStart = 0;
        return Execute(0) is >= 0 and int end ? Result(0, end) : null;
    }

    /// <summary>Copies the captures, and clears the state for the next search.</summary>
    private MatchResult Result(int start, int end)
    {
        int groups = _pattern.Groups.Count;
        _context.ChargeMemory(64 + (8L * groups));
        _context.Charge(groups >> 3);
        int[] spans = new int[2 * groups];
        for (int i = 0; i < groups; i++)
        {
            spans[2 * i] = _slots[i * CompiledPattern.SlotsPerGroup];
            spans[(2 * i) + 1] = _slots[(i * CompiledPattern.SlotsPerGroup) + 1];
        }

        (spans[0], spans[1]) = (start, end);
        Undo(0);
        _failed = null;
        _failures = 0;
        return new MatchResult(spans);
    }

    /// <summary>Tries to match from a position on.</summary>
    /// <returns>The end of the match; -1 if there is none. The slots hold the captures of a match.</returns>
    private int Execute(int start)
    {
        _choiceTop = 0;
        _writeTop = 0;
        int position = start;
        int at = 1;
        AddChoice(0, position, -1);
        while (true)
        {
            if (--_fuel < 0)
            {
                Refuel(1);
            }

            int word = _code[at];
            bool isLeft = (word & MatchFlags.RightToLeft) != 0;
            bool isMatch;
            switch ((MatchOp)(word & MatchFlags.OpMask))
            {
                case MatchOp.Unit:
                    position -= isLeft ? 1 : 0;
                    isMatch = (uint)position < (uint)_text.Length && _text[position] == _code[at + 1];
                    position += isLeft ? 0 : 1;
                    at += 2;
                    break;
                case MatchOp.Set:
                    position -= isLeft ? 1 : 0;
                    isMatch = (uint)position < (uint)_text.Length && IsInSet(_pattern.Sets[_code[at + 1]], _text[position]);
                    position += isLeft ? 0 : 1;
                    at += 2;
                    break;
                case MatchOp.Text:
                    isMatch = TryText(_pattern.Texts[_code[at + 1]], isLeft, ref position);
                    at += 2;
                    break;
                case MatchOp.Run:
                    isMatch = TryRun(at, word, ref position);
                    at += 5;
                    break;
                case MatchOp.Jump:
                    at = _code[at + 1];
                    continue;
                case MatchOp.Try:
                    AddChoice(_code[at + 1], position, _code[at + 2]);
                    at += 3;
                    continue;
                case MatchOp.Accept:
                    return position;
                case MatchOp.Fail:
                    return -1;
                default:
                    isMatch = TryOther(word, ref at, ref position);
                    break;
            }

            if (!isMatch && !TryBacktrack(ref at, ref position))
            {
                return -1;
            }
        }
    }

    /// <summary>Executes an instruction that is not among the most frequent ones; false to backtrack.</summary>
    private bool TryOther(int word, ref int at, ref int position)
    {
        int operand = _code[at + 1];
        switch ((MatchOp)(word & MatchFlags.OpMask))
        {
            case MatchOp.Assert:
                at += 2;
                return Holds((PatternNodeKind)operand, position);
            case MatchOp.Reference:
                at += 2;
                return TryReference(operand, word, ref position);
            case MatchOp.Open:
                SetSlot(operand, position);
                at += 2;
                return true;
            case MatchOp.Close:
                Capture(operand, _slots[_code[at + 2]], position);
                at += 3;
                return true;
            case MatchOp.Balance:
                at += 4;
                return TryBalance(operand, _code[at - 2], _slots[_code[at - 1]], position);
            case MatchOp.BeginLoop:
                BeginLoop(operand, _code[at + 2], position);
                at += 3;
                return true;
            case MatchOp.EndLoop:
                at = EndLoop(at, word, position);
                return true;
            case MatchOp.Hold:
                SetSlot(operand, _choiceTop);
                SetSlot(operand + 1, position);
                at += 2;
                return true;
            case MatchOp.TestGroup:
                at = IsCaptured(_code[at + 2]) ? at + 3 : operand;
                return true;
            default:
                return TryCut((MatchOp)(word & MatchFlags.OpMask), operand, ref at, ref position);
        }
    }

    private bool TryCut(MatchOp op, int slot, ref int at, ref int position)
    {
        _choiceTop = _slots[slot];
        if (op == MatchOp.CutAndFail)
        {
            return false;
        }

        position = op == MatchOp.CutAndReturn ? _slots[slot + 1] : position;
        at += 2;
        return true;
    }

    private bool IsInSet(CharacterSet set, char unit)
    {
        if (set.Cost > 0)
        {
            Refuel(set.Cost);
        }

        return set.Contains(unit);
    }

    private bool TryText(string text, bool isLeft, ref int position)
    {
        int start = isLeft ? position - text.Length : position;
        Refuel(text.Length >> 4);
        if (start < 0 || text.Length > _text.Length - start || !_text.AsSpan(start, text.Length).SequenceEqual(text))
        {
            return false;
        }

        position = isLeft ? start : position + text.Length;
        return true;
    }

    private bool TryReference(int group, int word, ref int position)
    {
        if (!IsCaptured(group))
        {
            return false;
        }

        int first = _slots[group * CompiledPattern.SlotsPerGroup];
        int length = _slots[(group * CompiledPattern.SlotsPerGroup) + 1] - first;
        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        int start = isLeft ? position - length : position;
        if (start < 0 || length > _text.Length - start)
        {
            return false;
        }

        ReadOnlySpan<char> captured = _text.AsSpan(first, length);
        ReadOnlySpan<char> candidate = _text.AsSpan(start, length);
        if ((word & MatchFlags.IgnoreCase) == 0)
        {
            Refuel(length >> 4);
            if (!captured.SequenceEqual(candidate))
            {
                return false;
            }
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                if ((i & (Quantum - 1)) == Quantum - 1)
                {
                    Refuel(2 * Quantum);
                }

                if (!CaseEquivalence.AreEquivalent(captured[i], candidate[i]))
                {
                    return false;
                }
            }
        }

        position = isLeft ? start : position + length;
        return true;
    }

    /// <summary>Matches the units of a run that it prefers, and leaves a choice point for the others.</summary>
    private bool TryRun(int at, int word, ref int position)
    {
        CharacterSet set = _pattern.Sets[_code[at + 1]];
        int min = _code[at + 2];
        int max = _code[at + 3];
        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        bool isLazy = (word & MatchFlags.Lazy) != 0;
        int count = CountRun(set, position, isLazy ? min : max, isLeft);
        if (count < min)
        {
            return false;
        }

        int direction = isLeft ? -1 : 1;
        int nearest = position + (min * direction);
        position += count * direction;
        if (isLazy && max > min)
        {
            AddChoice(~at, position, max == int.MaxValue ? max : max - min);
        }
        else if (!isLazy && count > min)
        {
            AddChoice(~at, position - direction, nearest);
        }

        return true;
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
            Refuel(set.Cost == 0 ? found >> 4 : found * set.Cost);
            if (found < length)
            {
                break;
            }
        }

        return count;
    }

    private bool Holds(PatternNodeKind assertion, int position)
    {
        int length = _text.Length;
        return assertion switch
        {
            PatternNodeKind.Beginning => position == 0,
            PatternNodeKind.LineStart => position == 0 || _text[position - 1] == '\n',
            PatternNodeKind.End => position == length,
            PatternNodeKind.EndOrNewline => position == length || (position == length - 1 && _text[position] == '\n'),
            PatternNodeKind.LineEnd => position == length || _text[position] == '\n',
            PatternNodeKind.SearchStart => position == _searchStart,
            PatternNodeKind.Boundary => IsBoundary(position),
            _ => !IsBoundary(position),
        };
    }

    private bool IsBoundary(int position) =>
        (position > 0 && UnicodeProperties.IsWordUnit(_text[position - 1]))
        != (position < _text.Length && UnicodeProperties.IsWordUnit(_text[position]));

    private bool IsCaptured(int group) => _slots[group * CompiledPattern.SlotsPerGroup] >= 0;

    /// <summary>Records a capture. The former one is kept if a balancing group may need it.</summary>
    private void Capture(int group, int start, int end)
    {
        int slot = group * CompiledPattern.SlotsPerGroup;
        if (_pattern.HasBalancing)
        {
            KeepCapture(slot);
        }

        SetSlot(slot, Math.Min(start, end));
        SetSlot(slot + 1, Math.Max(start, end));
    }

    /// <summary>
    /// Removes the last capture of a group, and captures what is between it and this group: as in .NET, the innermost interval if they
    /// overlap.
    /// </summary>
    private bool TryBalance(int group, int other, int start, int end)
    {
        if (!IsCaptured(other))
        {
            return false;
        }

        int slot = other * CompiledPattern.SlotsPerGroup;
        (int otherStart, int otherEnd) = (_slots[slot], _slots[slot + 1]);
        RestoreCapture(slot);
        if (group < 0)
        {
            return true;
        }

        (start, end) = (Math.Min(start, end), Math.Max(start, end));
        if (start >= otherEnd)
        {
            (start, end) = (otherEnd, start);
        }
        else if (end <= otherStart)
        {
            start = otherStart;
        }
        else
        {
            (start, end) = (Math.Max(start, otherStart), Math.Min(end, otherEnd));
        }

        Capture(group, start, end);
        return true;
    }

    /// <summary>Keeps a group's last capture. The last slot holds the number of words kept, so that backtracking drops them.</summary>
    private void KeepCapture(int slot)
    {
        int top = _slots[^1];
        if (top + WordsPerCapture > _captures.Length)
        {
            Grow(ref _captures);
        }

        _slots.AsSpan(slot, WordsPerCapture).CopyTo(_captures.AsSpan(top));
        SetSlot(slot + 2, top);
        SetSlot(_slots.Length - 1, top + WordsPerCapture);
    }

    private void RestoreCapture(int slot)
    {
        int kept = _slots[slot + 2];
        SetSlot(slot, _captures[kept]);
        SetSlot(slot + 1, _captures[kept + 1]);
        SetSlot(slot + 2, _captures[kept + 2]);
    }

    /// <summary>Stores where the iteration starts, and the number of iterations started.</summary>
    private void BeginLoop(int slot, int min, int position)
    {
        SetSlot(slot, min == 0 ? -1 : position);
        SetSlot(slot + 1, min == 0 ? 0 : 1);
    }

    /// <summary>
    /// Ends an iteration. An empty one ends the loop unless the minimum is not reached. Returns the address of the next instruction.
    /// </summary>
    private int EndLoop(int at, int word, int position)
    {
        int slot = _code[at + 1];
        int count = _slots[slot + 1];
        int next = at + 6;
        if (count < _code[at + 2])
        {
            return BeginIteration(at, slot, position);
        }

        if (count >= _code[at + 3] || position == _slots[slot])
        {
            return next;
        }

        if ((word & MatchFlags.Lazy) != 0)
        {
            AddChoice(~at, position, 0);
            return next;
        }

        AddChoice(next, position, _code[at + 5]);
        return BeginIteration(at, slot, position);
    }

    private int BeginIteration(int at, int slot, int position)
    {
        int count = _slots[slot + 1];
        SetSlot(slot, position);
        SetSlot(slot + 1, count == int.MaxValue ? count : count + 1);
        return _code[at + 4];
    }

    private void AddChoice(int at, int position, int detail)
    {
        int top = _choiceTop;
        if (top + WordsPerChoice > _choices.Length)
        {
            Grow(ref _choices);
        }

        int[] choices = _choices;
        choices[top] = at;
        choices[top + 1] = position;
        choices[top + 2] = _writeTop;
        choices[top + 3] = detail;
        _choiceTop = top + WordsPerChoice;
    }

    private void SetSlot(int slot, int value)
    {
        int top = _writeTop;
        if (top + WordsPerWrite > _writes.Length)
        {
            Grow(ref _writes);
        }

        _writes[top] = slot;
        _writes[top + 1] = _slots[slot];
        _writeTop = top + WordsPerWrite;
        _slots[slot] = value;
    }

    private void Undo(int top)
    {
        while (_writeTop > top)
        {
            _writeTop -= WordsPerWrite;
            _slots[_writes[_writeTop]] = _writes[_writeTop + 1];
        }
    }

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
            Undo(_choices[_choiceTop + 2]);
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
            at = BeginIteration(choice, _code[choice + 1], position);
            return IsNew(_code[choice + 5], position);
        }

        bool isLeft = (word & MatchFlags.RightToLeft) != 0;
        at = choice + 5;
        if ((word & MatchFlags.Lazy) != 0)
        {
            if (CountRun(_pattern.Sets[_code[choice + 1]], position, 1, isLeft) == 0)
            {
                return false;
            }

            position += isLeft ? -1 : 1;
            if (detail > 1)
            {
                AddChoice(~choice, position, detail == int.MaxValue ? detail : detail - 1);
            }
        }
        else
        {
            if (!isLeft && !TrySkipTo(at, detail, ref position))
            {
                return false;
            }

            if (position != detail)
            {
                AddChoice(~choice, position - (isLeft ? -1 : 1), detail);
            }
        }

        return IsNew(_code[choice + 4], position);
    }

    /// <summary>
    /// If a run gives up units and a certain unit must follow it, moves to the last occurrence of that unit; false if there is none.
    /// </summary>
    private bool TrySkipTo(int at, int nearest, ref int position)
    {
        if (_code[at] != (int)MatchOp.Unit)
        {
            return true;
        }

        char unit = (char)_code[at + 1];
        while (true)
        {
            int end = Math.Min(position + 1, _text.Length);
            int start = Math.Max(nearest, end - Stretch);
            int found = _text.AsSpan(start, Math.Max(0, end - start)).LastIndexOf(unit);
            Refuel((end - start - Math.Max(found, 0)) >> 5);
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

    /// <summary>
    /// Whether a choice point has not yet failed at a position. Records it as failed, because it is about to be tried.
    /// </summary>
    private bool IsNew(int point, int position)
    {
        if (_pattern.MemoPoints == 0)
        {
            return true;
        }

        if (_failed is null && !TryRemember())
        {
            return true;
        }

        long bit = ((long)point * (_text.Length + 1L)) + position;
        ref long word = ref _failed![bit >> 6];
        long mask = 1L << (int)(bit & 63);
        bool isNew = (word & mask) == 0;
        word |= mask;
        return isNew;
    }

    /// <summary>Begins to remember failed choice points once there were more of them than the text has code units.</summary>
    private bool TryRemember()
    {
        long bits = _pattern.MemoPoints * (_text.Length + 1L);
        if (++_failures < 1_000 + (4L * _text.Length) || bits > MaxMemoBits)
        {
            return false;
        }

        long words = (bits >> 6) + 1;
        _context.ChargeMemory(8 * words);
        _context.Charge(words >> 5);
        _failed = new long[words];
        return true;
    }

    /// <summary>Doubles a stack.</summary>
    private void Grow(ref int[] stack)
    {
        long length = Math.Max(64, 2L * stack.Length);
        _context.ChargeMemory(4 * length);
        _context.Charge(length >> 5);
        if (length > Array.MaxLength)
        {
            throw Throw.CannotExist("the stack of a regular expression", Array.MaxLength);
        }

        Array.Resize(ref stack, (int)length);
    }

    private void Refuel(int steps)
    {
        _fuel -= steps;
        if (_fuel < 0)
        {
            _context.Charge(Quantum - _fuel);
            _fuel = Quantum;
        }
    }
}
