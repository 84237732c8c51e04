using System.Collections.Generic;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>The way through earlier inputs and back, while one input is edited.</summary>
internal sealed class InputHistory(IReadOnlyList<string> entries)
{
    /// <summary>The number of steps back from the input.</summary>
    private int _back;

    /// <summary>The input as it was before the first step back.</summary>
    private string _draft = string.Empty;

    /// <summary>The entry before the present one; null if there is none.</summary>
    /// <param name="present">The present text, which comes back after the last entry.</param>
    public string? StepBack(string present)
    {
        if (_back == entries.Count)
        {
            return null;
        }

        _draft = _back == 0 ? present : _draft;
        _back++;
        return entries[^_back];
    }

    /// <summary>The entry after the present one, at last the input itself; null if that is the present one.</summary>
    public string? StepForward()
    {
        if (_back == 0)
        {
            return null;
        }

        _back--;
        return _back == 0 ? _draft : entries[^_back];
    }
}
