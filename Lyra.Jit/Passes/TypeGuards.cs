using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// The guards that tell which code a closure runs, and so how many captures it has, and of which type an object of the host is. Before such
/// a guard, a load may name a capture that the closure does not have, and a test of the object's class may find no object.
/// </summary>
/// <remarks>Neither ever changes, so a guard holds in every block that it dominates, inside of loops and outside.</remarks>
internal sealed class TypeGuards
{
    private readonly List<IrNode> _guards = [];
    private readonly IrDominators _dominators;

    public TypeGuards(IrGraph graph, IrDominators dominators)
    {
        _dominators = dominators;
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.IsCode or IrOp.IsHost }] })
                {
                    _guards.Add(node);
                }
            }
        }
    }

    /// <summary>
    /// Whether a node loads a capture of a closure whose code is guarded at the end of a block, or tests the class of an object of the host
    /// whose type is.
    /// </summary>
    public bool Cover(IrNode node, IrBlock block) => _guards.Exists(guard =>
        Tells(guard.Inputs[0], node) && ReferenceEquals(guard.Inputs[0].Inputs[0], node.Inputs[0])
        && _dominators.Dominates(guard.Block!, block));

    /// <summary>Whether the result of a test tells what a node has to know about the object that both have.</summary>
    private static bool Tells(IrNode test, IrNode node) => node.Op switch
    {
        IrOp.LoadCapture => test.Op == IrOp.IsCode,
        IrOp.IsHostClass => test.Op == IrOp.IsHost && ReferenceEquals(test.Payload, ((HostClasses)node.Payload!).Type),
        _ => throw new InvalidOperationException($"{node.Op} relies on no type."),
    };
}
