using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Emission;

/// <summary>
/// The decimals that members of the host return and that only calls of the host use. Code keeps them as .NET decimals; the script's value
/// is made where an exit or a noted call stores it. Its memory is charged all the same.
/// </summary>
internal sealed class RawDecimals
{
    private readonly HashSet<IrNode> _nodes = new(ReferenceEqualityComparer.Instance);

    public RawDecimals(IReadOnlyList<IrBlock> blocks)
    {
        foreach (IrBlock block in blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node.Payload is HostCall { IsDirect: true, CanBeRepeated: true } call && call.Invoke.ReturnType == typeof(decimal))
                {
                    _nodes.Add(node);
                }
            }
        }

        for (int i = 0; i < blocks.Count && _nodes.Count > 0; i++)
        {
            RemoveUsed(blocks[i]);
        }
    }

    public bool Contains(IrNode node) => _nodes.Contains(node);

    /// <summary>Removes the nodes that something in a block uses as values of the script.</summary>
    private void RemoveUsed(IrBlock block)
    {
        foreach (IrNode node in block.Nodes)
        {
            for (int i = 0; i < node.Inputs.Length && !node.IsVirtual; i++)
            {
                bool isTarget = node.Payload is HostCall call && call.IsDirect && call.IsTarget(i) && call.Types[i] == HostDecimal.Type;
                if (!isTarget)
                {
                    _nodes.Remove(node.Inputs[i]);
                }
            }
        }

        if (block.Value is not null)
        {
            _nodes.Remove(block.Value);
        }

        foreach (IrEdge edge in block.Successors)
        {
            foreach (IrNode argument in edge.Arguments)
            {
                _nodes.Remove(argument);
            }
        }
    }
}
