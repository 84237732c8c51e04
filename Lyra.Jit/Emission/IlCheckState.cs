using System;
using System.Collections.Generic;

namespace Lyra.Jit.Emission;

/// <summary>What is known before an instruction: the types on the stack, and which locals were written on every path there.</summary>
internal sealed class IlCheckState(IlBuffer buffer)
{
    private readonly List<IlStackType> _stack = [];
    private readonly ulong[] _written = new ulong[(buffer.LocalCount + 63) / 64];

    public IlBuffer Buffer => buffer;

    public int Depth => _stack.Count;

    /// <summary>The first rule that was broken since <see cref="CopyFrom"/>; null when none was.</summary>
    public (string Expected, string Found)? Fault { get; private set; }

    public void Fail(string expected, string found) => Fault ??= (expected, found);

    public void CopyFrom(IlCheckState other)
    {
        _stack.Clear();
        _stack.AddRange(other._stack);
        other._written.CopyTo(_written, 0);
        Fault = null;
    }

    public void Push(IlStackType type) => _stack.Add(type);

    public void Push(Type location) => _stack.Add(IlStackType.Of(location));

    public IlStackType Pop()
    {
        if (_stack.Count == 0)
        {
            Fail("a value on the stack", "an empty stack");
            return default;
        }

        IlStackType top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    /// <summary>Takes a value that a location of this type can hold.</summary>
    public void PopInto(Type location)
    {
        IlStackType top = Pop();
        if (!top.FitsInto(location))
        {
            Fail(IlNames.Of(location), top.ToString());
        }
    }

    public void PopReference()
    {
        IlStackType top = Pop();
        if (!top.IsReference)
        {
            Fail("an object", top.ToString());
        }
    }

    public bool IsWritten(int local) => (_written[local >> 6] & (1UL << (local & 63))) != 0;

    public void SetWritten(int local) => _written[local >> 6] |= 1UL << (local & 63);

    /// <summary>Joins what comes along another path into this; gives false when the stacks do not agree.</summary>
    /// <param name="other">What comes along the other path.</param>
    /// <param name="changed">Whether this knows less than before.</param>
    public bool TryMerge(IlCheckState other, out bool changed)
    {
        changed = false;
        if (other._stack.Count != _stack.Count)
        {
            return false;
        }

        for (int i = 0; i < _stack.Count; i++)
        {
            if (!IlStackType.TryMerge(_stack[i], other._stack[i], out IlStackType merged))
            {
                return false;
            }

            changed |= merged != _stack[i];
            _stack[i] = merged;
        }

        for (int i = 0; i < _written.Length; i++)
        {
            ulong both = _written[i] & other._written[i];
            changed |= both != _written[i];
            _written[i] = both;
        }

        return true;
    }

    public override string ToString() => _stack.Count == 0 ? "an empty stack" : $"({string.Join(", ", _stack)})";
}
