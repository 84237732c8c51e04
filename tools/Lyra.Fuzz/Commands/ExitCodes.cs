namespace Lyra.Fuzz.Commands;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCodes
{
    public const int Clean = 0;
    public const int BadUsage = 2;

    /// <summary>The command found a failure.</summary>
    public const int Find = 3;
}
