namespace Lyra.Jit.Regions;

/// <summary>A proc whose compiled code can be entered, as its code refers to it (<c>LinkedPrototype.Entry</c>).</summary>
internal abstract class ProcEntry
{
    /// <summary>The cell through which the proc is called; null when it has been withdrawn.</summary>
    public abstract EntryCell? Cell { get; }
}
