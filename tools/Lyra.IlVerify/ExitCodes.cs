namespace Lyra.IlVerify;

/// <summary>What the command says at its end.</summary>
internal static class ExitCodes
{
    public const int Clean = 0;

    /// <summary>Arguments that make no sense, or a file that is no assembly.</summary>
    public const int BadUsage = 2;

    /// <summary>At least one message.</summary>
    public const int Faulty = 3;
}
