namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>A match: the start and end of each group, by index; -1 for a group that did not match.</summary>
/// <param name="spans">The pairs.</param>
internal sealed class MatchResult(int[] spans)
{
    public int Start => spans[0];

    public int End => spans[1];

    public int GroupCount => spans.Length / 2;

    /// <summary>The start and length of a group; false if it did not match.</summary>
    public bool TryGetGroup(int index, out int start, out int length)
    {
        start = spans[2 * index];
        length = spans[(2 * index) + 1] - start;
        return start >= 0;
    }
}
