namespace Lyra.Fuzz;

/// <summary>What the command exits with.</summary>
internal static class ExitCodes
{
    public const int Clean = 0;
    public const int BadUsage = 2;

    /// <summary>Something was found.</summary>
    public const int Find = 3;
}
