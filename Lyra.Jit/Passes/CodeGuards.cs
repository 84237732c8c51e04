using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// The guards that tell which code a closure runs, and so how many captures it has. Before such a guard, a load may name a capture that the
/// closure does not have.
/// </summary>
/// <remarks>The code of a closure never changes, so a guard holds in every block that it dominates, inside of loops and outside.</remarks>
internal sealed class CodeGuards
{
    private readonly List<IrNode> _guards = [];
    private readonly IrDominators _dominators;

    public CodeGuards(IrGraph graph, IrDominators dominators)
    {
        _dominators = dominators;
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.IsCode }] })
                {
                    _guards.Add(node);
                }
            }
        }
    }

    /// <summary>Whether a node loads a capture of a closure whose code is guarded at the end of a block.</summary>
    public bool Cover(IrNode load, IrBlock block) => load.Op == IrOp.LoadCapture && _guards.Exists(guard =>
        ReferenceEquals(guard.Inputs[0].Inputs[0], load.Inputs[0]) && _dominators.Dominates(guard.Block!, block));
}
