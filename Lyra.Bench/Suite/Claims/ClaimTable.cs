namespace Lyra.Bench.Suite.Claims;

/// <summary>All claims: those of the documents, then the goals of the design.</summary>
internal static class ClaimTable
{
    public static readonly Claim[] All = [.. ReadmeClaims.All, .. DocumentClaims.All, .. DesignClaims.All, .. PoolClaims.All];
}
