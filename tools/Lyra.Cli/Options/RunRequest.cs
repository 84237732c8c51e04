namespace Lyra.Cli.Options;

/// <summary>A program to run: the settings, the file, and the arguments of the script.</summary>
internal sealed record RunRequest(RunSettings Settings, string File, string[] ScriptArguments);
