namespace Lyra;

/// <summary>Counters of the interpreter.</summary>
/// <param name="BackEdges">The loop iterations that it ran.</param>
/// <param name="Calls">The calls of script procs that it ran.</param>
public sealed record InterpreterStatistics(long BackEdges, long Calls);
