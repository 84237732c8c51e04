using System.Collections.Generic;
using Lyra.Runtime.Memory;

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
/// The open brackets. A closing bracket pairs with the nearest open one of its kind within the interpolation; open brackets between them
/// remain without a partner. Each entry links to the one of its kind below it, so that unbalanced input takes linear time.
/// </summary>
internal sealed class BracketStack
{
    private readonly GrowableArray<Entry> _entries = new();
    private readonly int[] _top = [-1, -1, -1, -1];

    /// <summary>Whether the innermost open bracket is the <c>${</c> of an interpolated string.</summary>
    public bool IsInterpolationInnermost => _entries.Count > 0 && _entries[_entries.Count - 1].Kind == BracketKind.Interpolation;

    public void Clear() => PopDownTo(0);

    public void Push(BracketKind kind, int token, bool isBlockString)
    {
        _entries.Add(new Entry(kind, token, _top[(int)kind], isBlockString));
        _top[(int)kind] = _entries.Count - 1;
    }

    /// <summary>Returns the token index of the open bracket that a closing one matches; −1 if there is none.</summary>
    public int Pop(BracketKind kind)
    {
        int found = _top[(int)kind];
        if (found <= _top[(int)BracketKind.Interpolation])
        {
            return -1;
        }

        int token = _entries[found].Token;
        PopDownTo(found);
        return token;
    }

    /// <summary>Closes the interpolation that a brace ends. Returns false if it ends none.</summary>
    public bool TryPopInterpolation(out bool isBlockString)
    {
        isBlockString = false;
        int found = _top[(int)BracketKind.Interpolation];
        if (found < 0 || found < _top[(int)BracketKind.Brace])
        {
            return false;
        }

        isBlockString = _entries[found].IsBlockString;
        PopDownTo(found);
        return true;
    }

    /// <summary>Closes the innermost interpolation, with all brackets in it, if it belongs to a one-line string.</summary>
    public bool TryPopLineInterpolation()
    {
        int found = _top[(int)BracketKind.Interpolation];
        if (found < 0 || _entries[found].IsBlockString)
        {
            return false;
        }

        PopDownTo(found);
        return true;
    }

    private void PopDownTo(int index)
    {
        for (int i = _entries.Count - 1; i >= index; i--)
        {
            _top[(int)_entries[i].Kind] = _entries[i].Below;
        }

        _entries.Truncate(index);
    }

    private readonly record struct Entry(BracketKind Kind, int Token, int Below, bool IsBlockString);
}
