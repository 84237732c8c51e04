namespace Lyra.Interpreter.Profiling;

/// <summary>What makes procs of modules with the same file name one proc of a profile.</summary>
internal readonly record struct ProcKey(string File, int Line, string Name);
