namespace Lyra.Bench.Suite.Claims;

/// <summary>All claims: those of the documents, then those of the design papers.</summary>
internal static class ClaimTable
{
    public static readonly Claim[] All = [.. ReadmeClaims.All, .. DocumentClaims.All, .. DesignClaims.All, .. PoolClaims.All];
}
