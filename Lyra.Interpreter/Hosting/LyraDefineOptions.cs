namespace Lyra;

/// <summary>What scripts may assume about the calls of a delegate that the host defines. Immutable.</summary>
public sealed record LyraDefineOptions
{
    /// <summary>
    /// Whether calls of the delegate may overlap with those of other delegates that are marked, in any order. Then a script that awaits
    /// several such calls in a row in one expression list, <c>[await fetch(a), await fetch(b)]</c>, starts all of them before it waits for
    /// the first one. False by default: each call ends before the next one starts.
    /// </summary>
    public bool OrderIndependent { get; init; }
}
