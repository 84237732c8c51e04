using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>What the methods of a region share: its order, and the tables to which their code refers by number.</summary>
internal sealed class RegionTables
{
    private readonly List<object?> _constants = [];
    private readonly Dictionary<object, int> _indexes = new(ReferenceEqualityComparer.Instance);

    public RegionTables(IrGraph graph)
    {
        Graph = graph;
        Order = IrOrder.Of(graph);
        Placement = new Placement(graph, Order.Blocks);
        SpillOrder spills = new(graph, Placement);
        States = new ExitStates(spills);
        Parts = RegionDivider.Divide(graph, Order, Placement, spills);
        Budget = new BudgetPlan(graph, Order, mayUseLocal: Parts.All.Count == 0);
        Searches = new SearchTrees(Order, Placement, Parts, Budget);
    }

    public IrGraph Graph { get; }

    public IrOrder Order { get; }

    public Placement Placement { get; }

    public ExitStates States { get; }

    public RegionParts Parts { get; }

    public BudgetPlan Budget { get; }

    public SearchTrees Searches { get; }

    /// <summary>The guards, by number.</summary>
    public List<RegionGuard> Guards { get; } = [];

    /// <summary>The cells through which the code calls other procs.</summary>
    public HashSet<EntryCell> Calls { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects, by the index under which the code loads them.</summary>
    public object?[] Constants => [.. _constants];

    /// <summary>The class of an object that the code loads. A part stands for the delegate that calls it.</summary>
    public static Type ClassOf(object constant) => constant is OutlinedPart part ? part.DelegateType : constant.GetType();

    /// <summary>The index of an object, which is added at its first use.</summary>
    public int IndexOf(object constant)
    {
        if (!_indexes.TryGetValue(constant, out int index))
        {
            index = _constants.Count;
            _constants.Add(constant);
            _indexes.Add(constant, index);
        }

        return index;
    }
}
