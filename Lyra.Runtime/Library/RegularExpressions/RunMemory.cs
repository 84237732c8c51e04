using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// What a search knows about one run: a stretch of code units of its set, and the positions after which the rest of the pattern was tried.
/// So a run that is entered at each position of a stretch neither counts the code units nor tries the positions again, and a search takes
/// time in proportion to the text.
/// </summary>
/// <remarks>
/// The positions are those of one interval. A run that alternates between stretches forgets the others; the matcher's memory of failed
/// choice points remains.
/// </remarks>
internal struct RunMemory
{
    /// <summary>The bytes of a run's memory.</summary>
    public const long Bytes = 16;

    /// <summary>Nothing is known.</summary>
    public static readonly RunMemory None = new() { End = -1, Low = 1 };

    /// <summary>The first code unit of the stretch.</summary>
    public int Start;

    /// <summary>The end of the stretch. Of a run that prefers more code units, the set does not contain the one at the end.</summary>
    public int End;

    /// <summary>The first and last position after which the rest of the pattern was tried; none if the last is before the first.</summary>
    public int Low, High;

    /// <summary>Whether a position is in the stretch or at its end.</summary>
    public readonly bool Knows(int position) => position >= Start && position <= End;

    /// <summary>
    /// Whether the rest of the pattern was tried after a position. It failed there, or the attempt still runs and comes first.
    /// </summary>
    public readonly bool HasTried(int position) => position >= Low && position <= High;

    /// <summary>Adds all positions from one up to another.</summary>
    public void AddTried(int low, int high)
    {
        if (low <= High + 1 && high >= Low - 1 && Low <= High)
        {
            Low = Math.Min(Low, low);
            High = Math.Max(High, high);
        }
        else
        {
            Low = low;
            High = high;
        }
    }

    /// <summary>Adds code units of the set.</summary>
    public void AddMembers(int start, int end)
    {
        if (start <= End && end >= Start)
        {
            Start = Math.Min(Start, start);
            End = Math.Max(End, end);
        }
        else if (end > start)
        {
            Start = start;
            End = end;
        }
    }
}
