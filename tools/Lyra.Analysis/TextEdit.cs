namespace Lyra.Analysis;

/// <summary>A change of a source: the text from an offset is replaced by another.</summary>
/// <param name="Start">The offset of the first code unit.</param>
/// <param name="Length">The number of code units that are replaced.</param>
/// <param name="NewText">What stands there afterwards.</param>
internal sealed record TextEdit(int Start, int Length, string NewText)
{
    public int End => Start + Length;
}
