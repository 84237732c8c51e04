namespace Lyra.Cli.CommandLine;

/// <summary>A call that runs a program: the options before FILE, the file, and what follows it, which belongs to the script.</summary>
internal sealed record RunRequest(RunSettings Settings, string File, string[] ScriptArguments);
