namespace Lyra.Bench.Suite.Claims;

/// <summary>Whether a measurement shows what a claim says.</summary>
internal enum ClaimVerdict
{
    /// <summary>The measured value reaches the wanted one.</summary>
    Confirmed,

    /// <summary>It misses the wanted value by at most a factor of two, or only one tier reaches it.</summary>
    Partial,

    /// <summary>It misses the wanted value by more, or there is no measurement.</summary>
    Unconfirmed,
}
