namespace Lyra.Cli;

/// <summary>What the command says at its end; <c>exit(code)</c> of a script may be any other.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An uncaught script error, or a failed test.</summary>
    public const int ScriptError = 1;

    /// <summary>Source that does not compile, or arguments that make no sense.</summary>
    public const int BadSource = 2;

    /// <summary>A check of Lyra itself failed: not the fault of the program.</summary>
    public const int CheckFailed = 3;
}
