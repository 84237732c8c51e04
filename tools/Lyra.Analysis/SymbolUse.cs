namespace Lyra.Analysis;

/// <summary>How a source uses a variable or another name.</summary>
internal sealed class SymbolUse
{
    /// <summary>The reads, without those that only fill a container.</summary>
    public int Reads { get; set; }

    /// <summary>The uses that only fill a container: a method whose result is not used, an assigned element.</summary>
    public int Fills { get; set; }

    /// <summary>The assignments after the declaration.</summary>
    public int Writes { get; set; }

    /// <summary>The reads of a proc's name in the proc itself.</summary>
    public int OwnReads { get; set; }

    /// <summary>Whether a proc other than the variable's own assigns it, at a time that is not known.</summary>
    public bool IsAssignedElsewhere { get; set; }
}
