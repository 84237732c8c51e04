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

    /// <summary>Leaves an entry region with the value (its inputs are the value; none for nil).</summary>
    Return,

    /// <summary>Leaves the region through <see cref="IrBlock.Exit"/>, always.</summary>
    Exit,
}

/// <summary>A way from one block to another, with the values of the target's parameters.</summary>
internal sealed class IrEdge(IrBlock target, IrNode[] arguments)
{
    public IrBlock Target = target;

    /// <summary>As many as the target has parameters, of the same types.</summary>
    public IrNode[] Arguments = arguments;
}

/// <summary>A basic block: parameters (SSA's phis), nodes in order, one end.</summary>
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

    /// <summary>Where an <see cref="IrEnd.Exit"/> goes.</summary>
    public Snapshot? Exit;

    /// <summary>The number of an <see cref="IrEnd.Exit"/>, as <see cref="IrNode.GuardId"/>.</summary>
    public int GuardId = -1;

    /// <summary>Whether a back-edge leads here. Set when the block is made; the way in from outside is the block's first predecessor.</summary>
    public bool IsLoopHead;

    /// <summary>Of a loop head: the interpreter's state on the way in from outside, in values known there; where hoisted guards exit to.</summary>
    public Snapshot? HeadSnapshot;

    /// <summary>The instruction of the script that it begins with, for printing: prototype name and position.</summary>
    public string? Origin;

    public IEnumerable<IrEdge> Successors
    {
        get
        {
            if (First is not null)
            {
                yield return First;
            }

            if (Second is not null)
            {
                yield return Second;
            }
        }
    }
}
