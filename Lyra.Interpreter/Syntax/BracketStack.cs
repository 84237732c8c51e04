using System.Collections.Generic;

namespace Lyra.Interpreter.Syntax;

internal enum BracketKind : byte
{
    Paren,
    Bracket,
    Brace,

    /// <summary>The <c>${</c> of an interpolated string.</summary>
    Interpolation,
}

/// <summary>
/// The brackets that are open. A closing one finds the nearest opening one of its kind, and what was opened in between stays without a
/// partner; but nothing reaches out of an interpolation. Each entry links to the one of its kind below it, so that wildly unbalanced
/// input costs linear time.
/// </summary>
internal sealed class BracketStack
{
    private readonly List<Entry> _entries = [];
    private readonly int[] _top = [-1, -1, -1, -1];

    public void Push(BracketKind kind, int token, bool isBlockString)
    {
        _entries.Add(new Entry(kind, token, _top[(int)kind], isBlockString));
        _top[(int)kind] = _entries.Count - 1;
    }

    /// <summary>The token index of the bracket that this closing one belongs to, or −1.</summary>
    public int Pop(BracketKind kind)
    {
        int found = _top[(int)kind];
        if (found <= _top[(int)BracketKind.Interpolation]) return -1;

        int token = _entries[found].Token;
        PopDownTo(found);
        return token;
    }

    /// <summary>Whether a closing brace ends an interpolation, and of which kind of string.</summary>
    public bool TryPopInterpolation(out bool isBlockString)
    {
        isBlockString = false;
        int found = _top[(int)BracketKind.Interpolation];
        if (found < 0 || found < _top[(int)BracketKind.Brace]) return false;

        isBlockString = _entries[found].IsBlockString;
        PopDownTo(found);
        return true;
    }

    /// <summary>Gives up the innermost interpolation, with all that is open in it, if it is that of a one-line string.</summary>
    public bool TryPopLineInterpolation()
    {
        int found = _top[(int)BracketKind.Interpolation];
        if (found < 0 || _entries[found].IsBlockString) return false;

        PopDownTo(found);
        return true;
    }

    private void PopDownTo(int index)
    {
        for (int i = _entries.Count - 1; i >= index; i--) _top[(int)_entries[i].Kind] = _entries[i].Below;
        _entries.RemoveRange(index, _entries.Count - index);
    }

    private readonly record struct Entry(BracketKind Kind, int Token, int Below, bool IsBlockString);
}
