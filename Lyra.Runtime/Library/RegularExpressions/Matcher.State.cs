using System;
using Lyra.Runtime.Errors;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The state of a search: captures, loop counters and choice points.</summary>
internal sealed partial class Matcher
{
    /// <summary>The words of <see cref="MatchOp.EndLoop"/>.</summary>
    private const int EndLoopWords = 9;

    private const int WordsPerChoice = 4;
    private const int WordsPerWrite = 2;
    private const int WordsPerCapture = 3;

    /// <summary>The words of a stack at first.</summary>
    private const int FirstStack = 256;

    /// <summary>The words of a stack that are copied between two checks of the clock.</summary>
    private const int CopiedAtOnce = 1 << 20;

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
        int top = _slots[_pattern.SlotCount - 1];
        if (top + WordsPerCapture > _captures.Length)
        {
            Grow(ref _captures);
        }

        _slots.AsSpan(slot, WordsPerCapture).CopyTo(_captures.AsSpan(top));
        SetSlot(slot + 2, top);
        SetSlot(_pattern.SlotCount - 1, top + WordsPerCapture);
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
    /// Ends an iteration, and moves to the next instruction. An empty iteration ends the loop unless the minimum is not reached. False to
    /// backtrack.
    /// </summary>
    private bool TryEndLoop(ref int at, int word, int position)
    {
        int slot = _code[at + 1];
        int count = _slots[slot + 1];
        int next = at + EndLoopWords;
        if (count < _code[at + 2])
        {
            return TryBeginIteration(ref at, position);
        }

        if (count >= _code[at + 3] || position == _slots[slot])
        {
            at = next;
            return true;
        }

        if ((word & MatchFlags.Lazy) != 0)
        {
            AddChoice(~at, position, 0);
            at = next;
            return true;
        }

        AddChoice(next, position, at + 5);
        return TryBeginIteration(ref at, position);
    }

    /// <summary>Begins another iteration of a loop; false if one in the same state began at the position before.</summary>
    private bool TryBeginIteration(ref int at, int position)
    {
        int point = at + 7;
        int slot = _code[at + 1];
        int count = _slots[slot + 1];
        SetSlot(slot, position);
        SetSlot(slot + 1, count == int.MaxValue ? count : count + 1);
        at = _code[at + 4];
        return IsNewArrival(point, position);
    }

    /// <summary>Whether the path at a choice point, whose number is at an address, has not failed at a position in this state.</summary>
    private bool IsNew(int point, int position) => !_memory.Remembers() || _memory.IsNew(NumberOf(point, position), position);

    /// <inheritdoc cref="ChoiceMemory.IsNewArrival"/>
    private bool IsNewArrival(int point, int position) =>
        !_memory.Remembers() || _memory.IsNewArrival(NumberOf(point, position), position);

    /// <summary>The number of the choice point at an address in the present state of the loops around.</summary>
    private int NumberOf(int point, int position) =>
        _code[point] + (_pattern.Scopes[_code[point + 1]]?.StateOf(_slots, position) ?? 0);

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

    /// <summary>Doubles a stack. It takes no steps: they must not depend on earlier searches, which leave their stacks.</summary>
    private void Grow(ref int[] stack)
    {
        long length = Math.Max(FirstStack, 2L * stack.Length);
        _context.ChargeMemory(4 * length);
        if (length > Array.MaxLength)
        {
            throw Throw.CannotExist("the stack of a regular expression", Array.MaxLength);
        }

        int[] grown = GC.AllocateUninitializedArray<int>((int)length);
        for (int done = 0; done < stack.Length; done += CopiedAtOnce)
        {
            stack.AsSpan(done, Math.Min(CopiedAtOnce, stack.Length - done)).CopyTo(grown.AsSpan(done));
            _context.CheckClock();
        }

        stack = grown;
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
