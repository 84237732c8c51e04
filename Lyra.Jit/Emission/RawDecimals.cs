using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Gives the decimals that members of the host return, and that only calls of the host and exits use, the type
/// <see cref="IrType.Decimal"/>. Their objects are charged all the same.
/// <code>
///   v7: Any = LoadHostObject shelf.price v5 exit s1       v7: Decimal = LoadHostObject shelf.price v5 exit s1
///   v8: Any = CallHost __gt v7, v6 exit s2                v8: Any = CallHost __gt v7, v6 exit s2
/// </code>
/// </summary>
internal static class RawDecimals
{
    /// <summary>Changes the types after the last pass, when all uses are known; false if there is no such decimal.</summary>
    public static bool Choose(IrGraph graph)
    {
        HashSet<IrNode> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node.Payload is HostCall { MayReturnDecimal: true })
                {
                    chosen.Add(node);
                }
            }
        }

        for (int i = 0; i < graph.Blocks.Count && chosen.Count > 0; i++)
        {
            RemoveUsed(graph.Blocks[i], chosen);
        }

        foreach (IrNode node in chosen)
        {
            node.Type = IrType.Decimal;
        }

        return chosen.Count > 0;
    }

    /// <summary>Removes the nodes that something in a block uses as values of the script.</summary>
    private static void RemoveUsed(IrBlock block, HashSet<IrNode> chosen)
    {
        foreach (IrNode node in block.Nodes)
        {
            for (int i = 0; i < node.Inputs.Length && !node.IsVirtual; i++)
            {
                if (node.Payload is not HostCall call || !call.TakesDecimal(i))
                {
                    chosen.Remove(node.Inputs[i]);
                }
            }
        }

        if (block.Value is not null)
        {
            chosen.Remove(block.Value);
        }

        foreach (IrEdge edge in block.Successors)
        {
            foreach (IrNode argument in edge.Arguments)
            {
                chosen.Remove(argument);
            }
        }
    }
}
