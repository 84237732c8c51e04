using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// The values that the exits of a region store, as a tree that shares what several exits have in common: the path from the root to an
/// exit's node lists its values, which occupy the same elements in all exits below. Code stores them from the exit's node upwards, so that
/// an exit whose values are those of another and a few more stores only these itself. A frequent-pattern tree (Han, Pei and Yin 2000):
/// <see cref="SpillOrder"/> lists the values of each snapshot by the number of snapshots that have them. In four programs it stores 639 to
/// 752 values where the exits have 1,741 to 2,435.
/// </summary>
internal sealed class SpillTree
{
    public SpillNode Root { get; } = new(null, null);

    /// <summary>Whether the tree has an exit.</summary>
    public bool HasExits => Root.HasExits || Root.Children.Count > 0;

    /// <summary>Adds an exit.</summary>
    /// <returns>The node of its last value.</returns>
    public SpillNode NodeOf(SpillPlan plan)
    {
        bool isInLine = SpillPlan.StoresBitsInLine(plan.References.Count);
        SpillNode node = Root;
        foreach (IrNode value in plan.Values)
        {
            SpillNode? child = node.Children.Find(child => ReferenceEquals(child.Value, value));
            if (child is null)
            {
                child = new SpillNode(value, node);
                node.Children.Add(child);
            }

            child.StoresBitsInLine |= isInLine;
            node = child;
        }

        node.HasExits = true;
        return node;
    }

    /// <summary>All nodes in chains (<see cref="SpillNode.Chain"/>), each behind those below it.</summary>
    public List<List<SpillNode>> Chains()
    {
        List<List<SpillNode>> chains = [Root.Chain()];
        Stack<SpillNode> below = new(chains[0][^1].Children);
        while (below.TryPop(out SpillNode? first))
        {
            List<SpillNode> chain = first.Chain();
            chains.Add(chain);
            chain[^1].Children.ForEach(below.Push);
        }

        chains.Reverse();
        return chains;
    }
}

/// <summary>A value that exits store, after all values below it.</summary>
internal sealed class SpillNode
{
    public SpillNode(IrNode? value, SpillNode? above)
    {
        SpillParts parts = value is null ? 0 : SpillPlan.PartsOf(value);
        Value = value;
        Above = above;
        References = CountOf(above?.References, parts, SpillParts.Reference);
        Bits = CountOf(above?.Bits, parts, SpillParts.Bits);
        Floats = CountOf(above?.Floats, parts, SpillParts.Float);
    }

    /// <summary>The value; null in the root.</summary>
    public IrNode? Value { get; }

    /// <summary>The node above; null for the root.</summary>
    public SpillNode? Above { get; }

    /// <summary>The elements of each exit buffer that this value and those above it take.</summary>
    public int References { get; }

    public int Bits { get; }

    public int Floats { get; }

    public List<SpillNode> Children { get; } = [];

    /// <summary>Whether an exit ends here.</summary>
    public bool HasExits { get; set; }

    public bool StoresBitsInLine { get; set; }

    /// <summary>The code that stores this value and those above it; null before its first use.</summary>
    public IlLabel? Stores { get; set; }

    /// <summary>The code that stores the budget before; null before its first use.</summary>
    public IlLabel? StoresBudget { get; set; }

    /// <summary>This node and those below, as long as all exits below have the same values.</summary>
    public List<SpillNode> Chain()
    {
        List<SpillNode> nodes = [this];
        while (nodes[^1] is { HasExits: false, Children: [SpillNode only] })
        {
            nodes.Add(only);
        }

        return nodes;
    }

    private static int CountOf(int? above, SpillParts parts, SpillParts part) => (above ?? 0) + ((parts & part) != 0 ? 1 : 0);
}
