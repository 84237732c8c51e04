using System;
using System.Collections.Generic;

namespace Lyra.Jit.Emission;

/// <summary>The state before an instruction: the types on the stack, and the locals that every path to it has written.</summary>
internal sealed class IlCheckState(IlBuffer buffer)
{
    private readonly List<IlStackType> _stack = [];
    private readonly ulong[] _written = new ulong[(buffer.LocalCount + 63) / 64];

    public IlBuffer Buffer => buffer;

    public int Depth => _stack.Count;

    /// <summary>The first violation since <see cref="CopyFrom"/>; null if there was none.</summary>
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

    /// <summary>Pops a value that must be assignable to a location of this type.</summary>
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

    /// <summary>
    /// Merges the state of another path into this one; returns false if the stacks differ in depth or in incompatible types.
    /// </summary>
    /// <param name="other">The state at the end of the other path.</param>
    /// <param name="changed">Whether the merge made this state less precise.</param>
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
