using System.Collections.Generic;
using Lyra.IlVerify.Types;

namespace Lyra.IlVerify.Flow;

/// <summary>What is known before an instruction: the types on the stack, and whether a constructor has called its base.</summary>
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

    /// <summary>The value so many below the top; unknown when there is none.</summary>
    public VerificationType Peek(int below) => below < _stack.Count ? _stack[^(below + 1)] : VerificationType.Unknown;

    public void Clear() => _stack.Clear();

    /// <summary>The base constructor was called: every copy of <c>this</c> is an object from now on.</summary>
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

    /// <summary>Joins what comes along another path into this; gives the first pair of types that do not agree, null when all do.</summary>
    /// <param name="other">What comes along the other path, of the same depth.</param>
    /// <param name="changed">Whether this knows less than before.</param>
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
                // The first path stays what is believed, so that the conflict is found again when messages are made.
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
