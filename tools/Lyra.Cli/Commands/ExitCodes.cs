namespace Lyra.Cli.Commands;

/// <summary>The exit codes of the command. A script may end with any other by <c>exit(code)</c>.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An uncaught script error, or a failed test.</summary>
    public const int ScriptError = 1;

    /// <summary>Source that does not compile, or invalid arguments.</summary>
    public const int BadSource = 2;

    /// <summary>A check of Lyra itself failed. The program is not at fault.</summary>
    public const int CheckFailed = 3;
}
