using System.Collections.Generic;

namespace Lyra.Jit.Ir;

/// <summary>How a block ends.</summary>
internal enum IrEnd : byte
{
    /// <summary>Not built yet.</summary>
    Open,

    /// <summary>Goes to the first successor.</summary>
    Jump,

    /// <summary>Goes to the first successor when the condition is true, else to the second.</summary>
    Branch,

    /// <summary>Returns from a proc region, with the value or, without one, with nil.</summary>
    Return,

    /// <summary>Always exits, through <see cref="IrBlock.Exit"/>.</summary>
    Exit,
}

/// <summary>An edge from one block to another, with the values of the target's parameters.</summary>
internal sealed class IrEdge(IrBlock target, IrNode[] arguments)
{
    public IrBlock Target = target;

    /// <summary>One for each parameter of the target, of the same type.</summary>
    public IrNode[] Arguments = arguments;
}

/// <summary>A basic block: parameters (which replace phis), nodes in order, one end.</summary>
internal sealed class IrBlock(int id)
{
    public readonly int Id = id;

    public readonly List<IrNode> Parameters = [];

    public readonly List<IrNode> Nodes = [];

    public IrEnd End;

    /// <summary>The condition of a branch, the value of a return; null otherwise.</summary>
    public IrNode? Value;

    public IrEdge? First;

    public IrEdge? Second;

    /// <summary>The snapshot of an <see cref="IrEnd.Exit"/>.</summary>
    public Snapshot? Exit;

    /// <summary>The number of an <see cref="IrEnd.Exit"/>, as <see cref="IrNode.GuardId"/>.</summary>
    public int GuardId = -1;

    /// <summary>
    /// Whether a back-edge leads here. Set when the block is made; the first predecessor is the one from outside the loop.
    /// </summary>
    public bool IsLoopHead;

    /// <summary>
    /// Of a loop head: the interpreter's state at the entry of the loop, in values known there. Hoisted guards exit to it.
    /// </summary>
    public Snapshot? HeadSnapshot;

    /// <summary>The instruction with which the block begins, for printing: prototype name and position.</summary>
    public string? Origin;

    /// <summary>The edges that leave it, in order.</summary>
    public IrSuccessors Successors => new(First, Second);
}
