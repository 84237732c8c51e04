namespace Lyra.Bench.Suite.Baseline;

/// <summary>A place in the code that jumps lead to.</summary>
internal sealed class StackLabel
{
    public int Position { get; set; } = -1;

    /// <summary>The depth of the stack there; null before the first jump.</summary>
    public int? Depth { get; set; }
}
