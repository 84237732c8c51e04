using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The state of a search: loop counters and choice points.</summary>
internal sealed partial class Matcher
{
    /// <summary>The words of <see cref="MatchOp.EndLoop"/>.</summary>
    private const int EndLoopWords = 9;

    private const int WordsPerChoice = 4;

    /// <summary>Stores where the iteration starts, and the number of iterations started.</summary>
    private void BeginLoop(int slot, int min, int position)
    {
        _state.Set(slot, min == 0 ? -1 : position);
        _state.Set(slot + 1, min == 0 ? 0 : 1);
    }

    /// <summary>
    /// Ends an iteration, and moves to the next instruction. An empty iteration ends the loop unless the minimum is not reached. False to
    /// backtrack.
    /// </summary>
    private bool TryEndLoop(ref int at, int word, int position)
    {
        int slot = _code[at + 1];
        int count = _state.Slots[slot + 1];
        int next = at + EndLoopWords;
        if (count < _code[at + 2])
        {
            return TryBeginIteration(ref at, position);
        }

        if (count >= _code[at + 3] || position == _state.Slots[slot])
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
        int count = _state.Slots[slot + 1];
        _state.Set(slot, position);
        _state.Set(slot + 1, count == int.MaxValue ? count : count + 1);
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
        _code[point] + (_pattern.Scopes[_code[point + 1]]?.StateOf(_state.Slots, position) ?? 0);

    private void AddChoice(int at, int position, int detail)
    {
        int top = _choiceTop;
        if (top + WordsPerChoice > _choices.Length)
        {
            MatchSlots.Grow(_context, ref _choices);
        }

        int[] choices = _choices;
        choices[top] = at;
        choices[top + 1] = position;
        choices[top + 2] = _state.WriteTop;
        choices[top + 3] = detail;
        _choiceTop = top + WordsPerChoice;
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
