using System;
using System.Diagnostics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// Searches a text for matches of a pattern by backtracking, in the order of .NET. Its stacks are arrays that are charged as memory, each
/// instruction costs a step, and the clock is checked as in any other loop, so a search obeys every limit.
/// <see cref="Modules.LibraryState"/> keeps a matcher for later searches, so that its stacks are not allocated again.
/// </summary>
/// <remarks>
/// A choice point is where the search continues when it fails: four words on a stack. Slots are the state besides the position: captures,
/// loop counters, and the numbers of choice points that <see cref="MatchOp.Hold"/> has stored. Each write of a slot is recorded with the
/// former value, and backtracking undoes the writes since the choice point. The first choice point, below all others, resumes at address 0
/// and thereby ends the attempt. If the pattern allows it, the search remembers the runs and, when it backtracks often, the choice points
/// that have failed, also those of attempts at former positions, so that its time grows with the text and not faster.
/// </remarks>
internal sealed partial class Matcher(ScriptContext context) : ScriptObject
{
    /// <summary>The instructions executed between two charges.</summary>
    private const int Quantum = 64;

    /// <summary>The steps of a search that finds nothing at once.</summary>
    private const int CallSteps = 8;

    private readonly ScriptContext _context = context;
    private CompiledPattern _pattern = null!;
    private string _text = string.Empty;
    private int[] _code = [];
    private MatchSlots _state = new(context);
    private int[] _choices = [];
    private ChoiceMemory _memory;
    private RunMemory[] _runs = [];
    private (MatchSlots State, int[] Choices, RunMemory[] Runs) _earlier;
    private int _choiceTop;
    private int _searchStart;
    private int _leadingEnd;
    private int _fuel;

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "matcher";

    public override long OwnBytes =>
        256 + (4L * (_state.Words + _choices.Length)) + _memory.Bytes
        + (RunMemory.Bytes * _runs.Length);

    /// <summary>The start of the match that was found last.</summary>
    public int Start { get; private set; }

    /// <summary>The end of the match that was found last.</summary>
    public int End { get; private set; }

    public CompiledPattern Pattern => _pattern;

    public override void VisitReferences(HeapVisitor visitor) => visitor.VisitShared(_pattern, _pattern?.Bytes ?? 0);

    /// <summary>Prepares for searches in a text. The caller must protect the matcher while it searches.</summary>
    public void Begin(CompiledPattern pattern, string text)
    {
        _earlier = (_state, _choices, _runs);
        _pattern = pattern;
        _text = text;
        _code = pattern.Code;
        _fuel = Quantum;
        _context.Charge(CallSteps + (pattern.SlotCount >> 3));
        _state.Begin(pattern);

        if (_runs.Length < pattern.RunCount)
        {
            _context.ChargeMemory(RunMemory.Bytes * pattern.RunCount);
            _runs = new RunMemory[pattern.RunCount];
        }
    }

    /// <summary>Gives up the memory that the last search took, because it was stopped and may be repeated.</summary>
    public void Undo() => (_state, _choices, _runs) = _earlier;

    /// <summary>Drops what the last search referred to.</summary>
    public void Clear()
    {
        _pattern = null!;
        _text = string.Empty;
        _code = [];
        _memory.Clear();
        _earlier = default;
    }

    /// <summary>Finds the first match that begins at a position or after it.</summary>
    public bool Find(int from)
    {
        Restart(from);
        for (int start = from; (uint)start <= (uint)_text.Length; start++)
        {
            start = _pattern.Start.Next(_context, _text, start, from);
            if (start < 0)
            {
                return false;
            }

            if (IsMatch(start))
            {
                return true;
            }

            start = _leadingEnd;
        }

        return false;
    }

    /// <summary>Finds the match that begins at the start of the text.</summary>
    public bool FindAtStart()
    {
        Restart(0);
        return IsMatch(0);
    }

    /// <summary>Finds the next match. After an empty match the search continues one code unit further, as in .NET.</summary>
    public bool FindNext() => Find(End + (End == Start ? 1 : 0));

    /// <summary>The start and length of what a group of the match has captured; false if it did not match.</summary>
    public bool TryGetGroup(int index, out int start, out int length)
    {
        if (index == 0)
        {
            (start, length) = (Start, End - Start);
            return true;
        }

        start = _state.Slots[index * CompiledPattern.SlotsPerGroup];
        length = _state.Slots[(index * CompiledPattern.SlotsPerGroup) + 1] - start;
        return start >= 0;
    }

    /// <summary>Forgets the last match.</summary>
    private void Restart(int from)
    {
        _state.Undo(0);
        _searchStart = from;
        _memory.Begin(_context, _pattern.MemoPoints, _text.Length);
        _context.Charge(_pattern.RunCount >> 6);
        _runs.AsSpan(0, _pattern.RunCount).Fill(RunMemory.None);
    }

    private bool IsMatch(int start)
    {
        _leadingEnd = start;
        int end = Execute(start);
        (Start, End) = (start, end);
        return end >= 0;
    }

    /// <summary>Tries to match from a position on.</summary>
    /// <returns>The end of the match; -1 if there is none. The slots hold the captures of a match.</returns>
    private int Execute(int start)
    {
        _choiceTop = 0;
        _state.ForgetWrites();
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
                    at += RunWords;
                    break;
                case MatchOp.Jump:
                    at = _code[at + 1];
                    continue;
                case MatchOp.Try:
                    isMatch = IsNewArrival(at + 2, position);
                    if (isMatch)
                    {
                        AddChoice(_code[at + 1], position, at + 2);
                    }

                    at += 4;
                    break;
                case MatchOp.Fork:
                    isMatch = TryFork(ref at, position);
                    break;
                case MatchOp.Switch:
                    at = Switch(_pattern.Tables[_code[at + 1]], position);
                    isMatch = at > 0;
                    break;
                case MatchOp.Accept:
                    return position;
                case MatchOp.Fail:
                    return -1;
                case MatchOp.Reference or MatchOp.Assert or MatchOp.Open or MatchOp.Close or MatchOp.Balance or MatchOp.BeginLoop
                    or MatchOp.EndLoop or MatchOp.Hold or MatchOp.Cut or MatchOp.CutAndReturn or MatchOp.CutAndFail or MatchOp.TestGroup:
                    isMatch = TryOther(word, ref at, ref position);
                    break;
                default:
                    throw new UnreachableException();
            }

            if (!isMatch && !TryBacktrack(ref at, ref position))
            {
                return -1;
            }
        }
    }

    private int Switch(int[] table, int position) =>
        table[position == _text.Length ? table.Length - 1 : Math.Min(_text[position], (char)128)];

    /// <summary>Takes the only path that is possible, or the first of two; false if none is.</summary>
    private bool TryFork(ref int at, int position)
    {
        if (!IsNewArrival(at + 2, position))
        {
            return false;
        }

        int target = _code[at + 1];
        bool admitsTarget = _pattern.Masks[_code[at + 5]].Admits(_text, position);
        if (_pattern.Masks[_code[at + 4]].Admits(_text, position))
        {
            if (admitsTarget)
            {
                AddChoice(target, position, at + 2);
            }

            at += 6;
            return true;
        }

        at = target;
        return admitsTarget;
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
                _state.Set(operand, position);
                at += 2;
                return true;
            case MatchOp.Close:
                _state.Capture(operand, _state.Slots[_code[at + 2]], position);
                at += 3;
                return true;
            case MatchOp.Balance:
                at += 4;
                return _state.TryBalance(operand, _code[at - 2], _state.Slots[_code[at - 1]], position);
            case MatchOp.BeginLoop:
                BeginLoop(operand, _code[at + 2], position);
                at += 3;
                return true;
            case MatchOp.EndLoop:
                return TryEndLoop(ref at, word, position);
            case MatchOp.Hold:
                _state.Set(operand, _choiceTop);
                _state.Set(operand + 1, position);
                at += 2;
                return true;
            case MatchOp.TestGroup:
                at = _state.IsCaptured(_code[at + 2]) ? at + 3 : operand;
                return true;
            case MatchOp.Cut or MatchOp.CutAndReturn or MatchOp.CutAndFail:
                return TryCut((MatchOp)(word & MatchFlags.OpMask), operand, ref at, ref position);
            default:
                throw new UnreachableException();
        }
    }

    private bool TryCut(MatchOp op, int slot, ref int at, ref int position)
    {
        _choiceTop = _state.Slots[slot];
        if (op == MatchOp.CutAndFail)
        {
            return false;
        }

        position = op == MatchOp.CutAndReturn ? _state.Slots[slot + 1] : position;
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
        if (!_state.IsCaptured(group))
        {
            return false;
        }

        int first = _state.Slots[group * CompiledPattern.SlotsPerGroup];
        int length = _state.Slots[(group * CompiledPattern.SlotsPerGroup) + 1] - first;
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
            PatternNodeKind.NoBoundary => !IsBoundary(position),
            _ => throw new UnreachableException($"{assertion} is no assertion."),
        };
    }

    private bool IsBoundary(int position) =>
        (position > 0 && UnicodeProperties.IsWordUnit(_text[position - 1]))
        != (position < _text.Length && UnicodeProperties.IsWordUnit(_text[position]));
}
