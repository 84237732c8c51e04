using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The slots of a search, which are its state besides the position: captures, loop counters, and the numbers of choice points. Each write
/// is recorded with the former value, so that backtracking can undo it.
/// </summary>
internal struct MatchSlots(ScriptContext context)
{
    private const int WordsPerWrite = 2;
    private const int WordsPerCapture = 3;

    /// <summary>The words of a stack at first.</summary>
    private const int FirstStack = 256;

    /// <summary>The words of a stack that are copied between two checks of the clock.</summary>
    private const int CopiedAtOnce = 1 << 20;

    private int[] _writes = [];
    private int[] _captures = [];
    private int _slotCount;
    private bool _keepsCaptures;

    /// <summary>The slots.</summary>
    public int[] Slots { get; private set; } = [];

    /// <summary>The height of the stack of writes.</summary>
    public int WriteTop { get; private set; }

    /// <summary>The words of all arrays.</summary>
    public readonly long Words => (long)Slots.Length + _writes.Length + _captures.Length;

    /// <summary>Begins a search.</summary>
    public void Begin(CompiledPattern pattern)
    {
        WriteTop = 0;
        _slotCount = pattern.SlotCount;
        _keepsCaptures = pattern.HasBalancing;
        if (Slots.Length < _slotCount)
        {
            context.ChargeMemory(4L * _slotCount);
            Slots = new int[_slotCount];
        }

        Slots.AsSpan(0, _slotCount).Fill(-1);
        if (_keepsCaptures)
        {
            Slots[_slotCount - 1] = 0;
        }
    }

    /// <summary>Whether a group has captured something.</summary>
    public bool IsCaptured(int group) => Slots[group * CompiledPattern.SlotsPerGroup] >= 0;

    /// <summary>Records a capture. The former one is kept if a balancing group may need it.</summary>
    public void Capture(int group, int start, int end)
    {
        int slot = group * CompiledPattern.SlotsPerGroup;
        if (_keepsCaptures)
        {
            KeepCapture(slot);
        }

        Set(slot, Math.Min(start, end));
        Set(slot + 1, Math.Max(start, end));
    }

    /// <summary>
    /// Removes the last capture of a group, and captures what is between it and this group: as in .NET, the innermost interval if they
    /// overlap.
    /// </summary>
    public bool TryBalance(int group, int other, int start, int end)
    {
        if (!IsCaptured(other))
        {
            return false;
        }

        int slot = other * CompiledPattern.SlotsPerGroup;
        (int otherStart, int otherEnd) = (Slots[slot], Slots[slot + 1]);
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
        int top = Slots[_slotCount - 1];
        if (top + WordsPerCapture > _captures.Length)
        {
            Grow(context, ref _captures);
        }

        Slots.AsSpan(slot, WordsPerCapture).CopyTo(_captures.AsSpan(top));
        Set(slot + 2, top);
        Set(_slotCount - 1, top + WordsPerCapture);
    }

    private void RestoreCapture(int slot)
    {
        int kept = Slots[slot + 2];
        Set(slot, _captures[kept]);
        Set(slot + 1, _captures[kept + 1]);
        Set(slot + 2, _captures[kept + 2]);
    }

    /// <summary>Keeps all writes for good.</summary>
    public void ForgetWrites() => WriteTop = 0;

    /// <summary>Writes a slot.</summary>
    public void Set(int slot, int value)
    {
        int top = WriteTop;
        if (top + WordsPerWrite > _writes.Length)
        {
            Grow(context, ref _writes);
        }

        _writes[top] = slot;
        _writes[top + 1] = Slots[slot];
        WriteTop = top + WordsPerWrite;
        Slots[slot] = value;
    }

    /// <summary>Undoes the writes above a height of their stack.</summary>
    public void Undo(int top)
    {
        while (WriteTop > top)
        {
            WriteTop -= WordsPerWrite;
            Slots[_writes[WriteTop]] = _writes[WriteTop + 1];
        }
    }

    /// <summary>Doubles a stack. It takes no steps: they must not depend on earlier searches, which leave their stacks.</summary>
    public static void Grow(ScriptContext context, ref int[] stack)
    {
        long length = Math.Max(FirstStack, 2L * stack.Length);
        context.ChargeMemory(4 * length);
        if (length > Array.MaxLength)
        {
            throw Throw.CannotExist("the stack of a regular expression", Array.MaxLength);
        }

        int[] grown = GC.AllocateUninitializedArray<int>((int)length);
        for (int done = 0; done < stack.Length; done += CopiedAtOnce)
        {
            stack.AsSpan(done, Math.Min(CopiedAtOnce, stack.Length - done)).CopyTo(grown.AsSpan(done));
            context.CheckClock();
        }

        stack = grown;
    }
}
