using System.Collections.Generic;
using Lyra.IlVerify.Types;

namespace Lyra.IlVerify.Flow;

/// <summary>The state before an instruction: the types on the stack, and whether a constructor has called its base constructor.</summary>
internal sealed class StackState
{
    private readonly List<VerificationType> _stack = [];

    public int Depth => _stack.Count;

    public bool IsThisInitialized { get; set; }

    public void Push(VerificationType type) => _stack.Add(type);

    public bool TryPop(out VerificationType top)
    {
        if (_stack.Count == 0)
        {
            top = VerificationType.Unknown;
            return false;
        }

        top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return true;
    }

    /// <summary>The value at a depth below the top; unknown if there is none.</summary>
    public VerificationType Peek(int below) => below < _stack.Count ? _stack[^(below + 1)] : VerificationType.Unknown;

    public void Clear() => _stack.Clear();

    /// <summary>Notes the call of the base constructor: every copy of <c>this</c> is an initialized object from now on.</summary>
    public void InitializeThis()
    {
        IsThisInitialized = true;
        for (int i = 0; i < _stack.Count; i++)
        {
            _stack[i] = _stack[i].Without(TypeMarks.Uninitialized);
        }
    }

    public StackState Copy()
    {
        StackState copy = new() { IsThisInitialized = IsThisInitialized };
        copy._stack.AddRange(_stack);
        return copy;
    }

    /// <summary>
    /// Merges the state of another path into this one; returns the first pair of incompatible types, null if there is none.
    /// </summary>
    /// <param name="other">The state at the end of the other path, with the same depth.</param>
    /// <param name="changed">Whether the merge made this state less precise.</param>
    public (VerificationType Found, VerificationType Expected)? Merge(StackState other, out bool changed)
    {
        (VerificationType Found, VerificationType Expected)? conflict = null;
        changed = IsThisInitialized && !other.IsThisInitialized;
        IsThisInitialized &= other.IsThisInitialized;
        for (int i = 0; i < _stack.Count; i++)
        {
            VerificationType before = _stack[i];
            if (!TypeRelations.TryMerge(before, other._stack[i], out VerificationType merged))
            {
                // The type of the first path is kept, so that the reporting pass finds the conflict again.
                conflict ??= (other._stack[i], before);
                continue;
            }

            if (merged != before && !IsSameKnowledge(merged, before))
            {
                changed = true;
                _stack[i] = merged;
            }
        }

        return conflict;
    }

    private static bool IsSameKnowledge(VerificationType a, VerificationType b)
    {
        return a.Kind == b.Kind && a.Marks == b.Marks && a.Type is not null && b.Type is not null && TypeRelations.Same(a.Type, b.Type);
    }
}
