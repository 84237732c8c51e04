namespace Lyra;

/// <summary>What the interpreter has done.</summary>
/// <param name="BackEdges">Iterations of loops that it ran.</param>
/// <param name="Calls">Calls of script procs that it ran.</param>
public sealed record InterpreterStatistics(long BackEdges, long Calls);
