namespace Lyra;

/// <summary>A conditional jump that was executed.</summary>
/// <param name="Proc">The proc that it belongs to.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Opcode">The name of its operation.</param>
/// <param name="Count">How often it was executed.</param>
/// <param name="Taken">How often it jumped.</param>
public sealed record ProfiledBranch(string Proc, string File, int Line, int Column, string Opcode, long Count, long Taken)
{
    /// <summary>The part of its executions in which it jumped, 0 to 1.</summary>
    public double TakenRatio => Count == 0 ? 0 : (double)Taken / Count;
}
