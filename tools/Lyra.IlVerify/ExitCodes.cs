namespace Lyra.IlVerify;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCodes
{
    public const int Clean = 0;

    /// <summary>Invalid arguments, or a file that is not an assembly.</summary>
    public const int BadUsage = 2;

    /// <summary>At least one message.</summary>
    public const int Faulty = 3;
}
