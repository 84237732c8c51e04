using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Objects;

namespace Lyra.Tests.Harness.Programs;

/// <summary>
/// A miscompilation planted after one pass, of a kind that the pass could make, with a program that it breaks. The graph stays well-formed:
/// only a comparison of the program's behaviour can find the fault.
/// </summary>
/// <param name="pass">The pass after which the fault is planted.</param>
/// <param name="program">The program that it breaks.</param>
/// <param name="plant">Changes a graph; false if it finds nothing to change.</param>
internal sealed class PlantedFault(string pass, string program, Func<IrGraph, bool> plant) : ICompileListener
{
    /// <summary>The compilations in which the pass has run. The fault is planted only after its first run in a compilation.</summary>
    private readonly HashSet<(RegionProfile, int)> _planted = [];

    public string Program => program;

    /// <summary>The number of graphs that were changed.</summary>
    public int Count { get; private set; }

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        if (stage == pass && _planted.Add((profile, version)))
        {
            Count += plant(graph) ? 1 : 0;
        }
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
    }
}

/// <summary>A planted fault for each pass.</summary>
internal static partial class PlantedFaults
{
    /// <summary>Faults in constructs that no pass handles, or only as one of many, by the name of the construct.</summary>
    public static IReadOnlyDictionary<string, Func<PlantedFault>> Constructs { get; } = new Dictionary<string, Func<PlantedFault>>
    {
        ["registers of a suspended generator"] = () => new("build", Resumed, LostRegister),
        ["registers of a suspended task"] = () => new("build", Awaiting, LostRegister),
        ["results of awaited tasks"] = () => new("build", Awaiting, UncheckedResult),
        ["levels of content that others refer to"] = () => new("dead-objects", Kept, AllLevels),
        ["overflows in a pass over vectors"] = () => new("loop-vectors", Doubled, UncheckedLanes),
        ["arrays of vectors that are the same"] = () => new("loop-vectors", Shifted, UncheckedArrays),
        ["positions of keys in maps that change"] = () => new("build", Moving, StalePosition),
        ["caches of keys in shapes"] = () => new("build", TwoKeys, SharedCache),
        ["types of elements that bound sums"] = () => new("range-analysis", Elements, AnyElements),
        ["cases of enums"] = () => new("build", Turns, AnyCase),
    };

    /// <summary>The faults by the name of the pass.</summary>
    public static IReadOnlyDictionary<string, Func<PlantedFault>> All { get; } = new Dictionary<string, Func<PlantedFault>>
    {
        ["folding"] = () => new("folding", Sum, WrongConstant),
        ["parameter-elimination"] = () => new("parameter-elimination", Sum, FrozenParameter),
        ["common-subexpressions"] = () => new("common-subexpressions", Aliases, StaleLoad),
        ["memory-forwarding"] = () => new("memory-forwarding", Aliases, StaleLoad),
        ["jump-threading"] = () => new("jump-threading", Counters, SwappedTargets),
        ["allocation-sinking"] = () => new("allocation-sinking", Escaping, SwappedParts),
        ["loop-invariants"] = () => new("loop-invariants", Aliases, HoistedLoad),
        ["small-ints"] = () => new("small-ints", LargeLater, SpeculationWithoutGuard),
        ["bounds-hoisting"] = () => new("bounds-hoisting", BeyondTheEnd, UncheckedIndex),
        ["range-analysis"] = () => new("range-analysis", Overflowing, UncheckedSum),
        ["sum-speculation"] = () => new("sum-speculation", Neighbours, UncheckedTerms),
        ["head-snapshots"] = () => new("head-snapshots", Sum, ForgottenRegister),
        ["text-building"] = () => new("text-building", Appending, MissingAppend),
        ["dead-code"] = () => new("dead-code", Aliases, RemovedStore),
        ["loop-vectors"] = () => new("loop-vectors", Doubled, WrongPlace),
        ["edge-splitting"] = () => new("edge-splitting", Counters, SwappedArguments),
        ["dead-objects"] = () => new("dead-objects", Pairs, EarlyReturn),
        ["charge-merging"] = () => new("charge-merging", Sum, WrongCharge),
    };

    /// <summary>The fault after a pass or in a construct.</summary>
    public static PlantedFault Named(string name) => (All.GetValueOrDefault(name) ?? Constructs[name])();

    private static IEnumerable<IrNode> Nodes(IrGraph graph) => graph.Blocks.SelectMany(block => block.Nodes);

    private static bool LostRegister(IrGraph graph)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            if (block.Nodes.Find(node => ReferenceEquals(node.Payload, RegionHelpers.SetRegisterOfGenerator)) is { } store)
            {
                return block.Nodes.Remove(store);
            }
        }

        return false;
    }

    /// <summary>Takes the result of every awaited task, whether it is finished or not.</summary>
    private static bool UncheckedResult(IrGraph graph)
    {
        bool isFound = false;
        foreach (IrBlock block in graph.Blocks)
        {
            if (block is { End: IrEnd.Branch, Value: { Op: IrOp.IsUnset } test }
                && ReferenceEquals(test.Inputs[0].Payload, RegionHelpers.ResultIfFinished))
            {
                block.First = block.Second;
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>Takes lists of every element type, although their sums are not checked.</summary>
    private static bool AnyElements(IrGraph graph)
    {
        bool isFound = false;
        foreach (IrBlock block in graph.Blocks)
        {
            isFound |= block.Nodes.RemoveAll(node =>
                node is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.EqInt, Inputs: [{ Op: IrOp.ListElementKind }, _] }] }) > 0;
        }

        return isFound;
    }

    /// <summary>Takes every case without fields for the one that is asked for.</summary>
    private static bool AnyCase(IrGraph graph)
    {
        bool isFound = Always(graph, IsOrdinal);
        foreach (IrBlock block in graph.Blocks)
        {
            isFound |= block.Nodes.RemoveAll(node => node is { Op: IrOp.Guard, Inputs: [{ } test] } && IsOrdinal(test)) > 0;
        }

        return isFound;

        static bool IsOrdinal(IrNode test) => test is { Op: IrOp.EqInt, Inputs: [{ Family: IrFamily.FieldLoad, Bits: 0 } load, _] }
            && load.Inputs[0].Payload is Shape { IsPlain: true };
    }

    /// <summary>Takes the elements of a vector one place too far back.</summary>
    private static bool WrongPlace(IrGraph graph)
    {
        IrNode? load = Nodes(graph).FirstOrDefault(node => ReferenceEquals(node.Payload, RegionHelpers.LoadInts)
            && node.Inputs[1] is { Op: IrOp.AddInt, Inputs: [_, { Op: IrOp.ConstInt }] });
        if (load is not null)
        {
            load.Inputs[1].Inputs[1].Bits--;
        }

        return load is not null;
    }

    private static bool UncheckedLanes(IrGraph graph) => Always(
        graph, test => test is { Op: IrOp.Not, Inputs: [{ } any] } && ReferenceEquals(any.Payload, RegionHelpers.IsAnyNegative));

    private static bool UncheckedArrays(IrGraph graph) => Always(
        graph, test => test is { Op: IrOp.Not, Inputs: [{ } same] } && ReferenceEquals(same.Payload, RegionHelpers.AreSameInts));

    /// <summary>Takes the first side of the branches on a condition.</summary>
    private static bool Always(IrGraph graph, Predicate<IrNode> isCondition)
    {
        bool isFound = false;
        foreach (IrBlock block in graph.Blocks)
        {
            if (block is { End: IrEnd.Branch, Value: { } test } && isCondition(test))
            {
                block.Second = block.First;
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>Uses the position of a key in place of one that was found after a change of the map.</summary>
    private static bool StalePosition(IrGraph graph)
    {
        IrNode[] found = [.. Nodes(graph).Where(node => ReferenceEquals(node.Payload, RegionHelpers.FindKnown))];
        IEnumerable<IGrouping<(IrBlock?, IrNode, object?), IrNode>> keys =
            found.GroupBy(node => (node.Block, node.Inputs[0], node.Inputs[1].Payload));
        if (keys.FirstOrDefault(positions => positions.Count() > 1) is not { } positions)
        {
            return false;
        }

        ReplaceBy(graph, positions.ElementAt(1), positions.First());
        return true;
    }

    /// <summary>Looks for one key with the cache of another.</summary>
    private static bool SharedCache(IrGraph graph)
    {
        IrNode[] found = [.. Nodes(graph).Where(node => ReferenceEquals(node.Payload, RegionHelpers.FindKnown))];
        IrNode? other = Array.Find(found, node => !ReferenceEquals(node.Inputs[1].Payload, found[0].Inputs[1].Payload));
        if (other is not null)
        {
            other.Inputs[1].Payload = found[0].Inputs[1].Payload;
        }

        return other is not null;
    }

    private static IrLoop? FirstLoop(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        return IrLoops.Of(graph, order, IrDominators.Of(order)).All.FirstOrDefault(loop => loop.PreheaderEdge is not null);
    }

    /// <summary>Adds one more than the program says.</summary>
    private static bool WrongConstant(IrGraph graph)
    {
        IrNode? sum = Nodes(graph)
            .FirstOrDefault(node => node.Op is IrOp.AddInt or IrOp.AddIntChecked && node.Inputs[1] is { Op: IrOp.ConstInt, Bits: 7 });
        if (sum is null)
        {
            return false;
        }

        IrNode wrong = graph.NewNode(IrOp.ConstInt, IrType.Int);
        wrong.Bits = 8;
        wrong.Block = sum.Block;
        sum.Block!.Nodes.Insert(sum.Block.Nodes.IndexOf(sum), wrong);
        sum.Inputs[1] = wrong;
        return true;
    }

    /// <summary>Treats a variable that changes as one that never does.</summary>
    private static bool FrozenParameter(IrGraph graph)
    {
        if (FirstLoop(graph) is not { } loop)
        {
            return false;
        }

        for (int i = 0; i < loop.Head.Parameters.Count; i++)
        {
            IrNode parameter = loop.Head.Parameters[i];
            bool isCompared = Nodes(graph).Any(node => node.Op is IrOp.LtInt or IrOp.LeInt && IsMadeOf(node.Inputs[0], parameter));
            if (parameter.Type == IrType.Int && !isCompared)
            {
                loop.BackEdges[0].Edge.Arguments[i] = parameter;
                return true;
            }
        }

        return false;
    }

    private static bool IsMadeOf(IrNode node, IrNode part) => node == part || Array.Exists(node.Inputs, input => IsMadeOf(input, part));

    /// <summary>Uses a value loaded before a store in place of one loaded after it.</summary>
    private static bool StaleLoad(IrGraph graph)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            IEnumerable<IGrouping<(IrNode, long, IrOp), IrNode>> places = block.Nodes.Where(node => node.Family == IrFamily.FieldLoad)
                .GroupBy(load => (load.Inputs[0], load.Bits, load.Op));
            if (places.FirstOrDefault(loads => loads.Count() > 1) is { } loads)
            {
                ReplaceBy(graph, loads.ElementAt(1), loads.First());
                return true;
            }
        }

        return false;
    }

    private static void ReplaceBy(IrGraph graph, IrNode node, IrNode other)
    {
        node.Block!.Nodes.Remove(node);
        IrNode?[] map = new IrNode?[graph.NodeCount];
        map[node.Id] = other;
        IrRewriter.Replace(graph, map);
    }

    /// <summary>Swaps the targets of a branch in a loop.</summary>
    private static bool SwappedTargets(IrGraph graph)
    {
        IrBlock? block = graph.Blocks.FirstOrDefault(candidate =>
            candidate is { End: IrEnd.Branch, First.Arguments.Length: 0, Second.Arguments.Length: 0, Value.Op: IrOp.EqInt });
        if (block is null)
        {
            return false;
        }

        (block.First, block.Second) = (block.Second, block.First);
        return true;
    }

    /// <summary>Swaps two fields of a virtual object.</summary>
    private static bool SwappedParts(IrGraph graph)
    {
        IrNode[] described = [.. Nodes(graph).Where(node => node.Op == IrOp.VirtualStruct && node.Inputs.Length >= 3)];
        foreach (IrNode node in described)
        {
            (node.Inputs[1], node.Inputs[2]) = (node.Inputs[2], node.Inputs[1]);
        }

        return described.Length > 0;
    }

    /// <summary>Hoists a load out of a loop that stores to the same place.</summary>
    private static bool HoistedLoad(IrGraph graph)
    {
        if (FirstLoop(graph) is not { } loop || loop.Blocks.SelectMany(block => block.Nodes)
            .FirstOrDefault(node => node.Family == IrFamily.FieldLoad) is not { } load)
        {
            return false;
        }

        IrBlock before = loop.PreheaderEdge!.Value.From;
        load.Block!.Nodes.Remove(load);
        load.Block = before;
        before.Nodes.Add(load);
        return true;
    }

    /// <summary>Assumes that an int is small without a guard.</summary>
    private static bool SpeculationWithoutGuard(IrGraph graph)
    {
        IrNode[] speculations = [.. Nodes(graph).Where(node => node.Op == IrOp.GuardSmall)];
        foreach (IrNode speculation in speculations)
        {
            speculation.Block!.Nodes.Remove(speculation);
        }

        return speculations.Length > 0 && UncheckedSum(graph);
    }

    /// <summary>Removes the checks of terms.</summary>
    private static bool UncheckedTerms(IrGraph graph)
    {
        IrNode[] checks = [.. Nodes(graph).Where(node =>
            node is { Op: IrOp.GuardSpeculation, Inputs: [{ Op: IrOp.EqInt, Inputs: [{ Op: IrOp.AndInt }, _] }] })];
        foreach (IrNode check in checks)
        {
            check.Block!.Nodes.Remove(check);
        }

        return checks.Length > 0;
    }

    /// <summary>Removes all bounds checks of indices.</summary>
    private static bool UncheckedIndex(IrGraph graph)
    {
        IrNode[] checks = [.. Nodes(graph).Where(node => node.Op is IrOp.GuardIndex or IrOp.GuardSpeculation)];
        foreach (IrNode check in checks)
        {
            check.Block!.Nodes.Remove(check);
        }

        return checks.Length > 0;
    }

    /// <summary>Removes the overflow check of a sum.</summary>
    private static bool UncheckedSum(IrGraph graph)
    {
        if (Nodes(graph).FirstOrDefault(node => node.Op == IrOp.AddIntChecked) is not { } sum)
        {
            return false;
        }

        IrNode plain = graph.NewNode(IrOp.AddInt, IrType.Int, sum.Inputs);
        plain.Block = sum.Block;
        sum.Block!.Nodes.Insert(sum.Block.Nodes.IndexOf(sum), plain);
        ReplaceBy(graph, sum, plain);
        return true;
    }

    /// <summary>Omits a register from the exits, so that it keeps its value from before the region.</summary>
    private static bool ForgottenRegister(IrGraph graph)
    {
        bool changed = false;
        foreach (Snapshot? exit in graph.Blocks.Select(block => block.Exit).Concat(Nodes(graph).Select(node => node.Exit)).Distinct())
        {
            if (exit?.Frames[0].Slots.Count > 0)
            {
                exit.Frames[0].Slots.RemoveAt(0);
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Omits an append.</summary>
    private static bool MissingAppend(IrGraph graph)
    {
        IrNode? append = Nodes(graph).LastOrDefault(node => ReferenceEquals(node.Payload, RegionHelpers.AppendText));
        if (append is null)
        {
            return false;
        }

        ReplaceBy(graph, append, append.Inputs[0]);
        return true;
    }

    /// <summary>Removes a store that something reads.</summary>
    private static bool RemovedStore(IrGraph graph)
    {
        IrNode? store = Nodes(graph).FirstOrDefault(node => node.Family == IrFamily.FieldStore);
        return store is not null && store.Block!.Nodes.Remove(store);
    }

    /// <summary>Swaps two arguments of an edge.</summary>
    private static bool SwappedArguments(IrGraph graph)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            if (block is
                {
                    End: IrEnd.Jump, First:
                    {
                        Target.IsLoopHead: false,
                        Arguments: [{ Type: IrType.Int } first, { Type: IrType.Int } second, ..] arguments
                    }
                } && first != second)
            {
                (arguments[0], arguments[1]) = (second, first);
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives back a list before its last use.</summary>
    private static bool EarlyReturn(IrGraph graph)
    {
        IrNode? end = Returns(graph).FirstOrDefault(node => node.Inputs[0].Type == IrType.List);
        IrNode? use = Nodes(graph).LastOrDefault(node => node.Family is IrFamily.ListHeader && node.Inputs[0] == end?.Inputs[0]);
        if (end is null || use is null)
        {
            return false;
        }

        foreach (IrNode moved in new[] { end.Inputs[1], end })
        {
            moved.Block!.Nodes.Remove(moved);
            moved.Block = use.Block;
            use.Block!.Nodes.Insert(use.Block.Nodes.IndexOf(use), moved);
        }

        return true;
    }

    /// <summary>Gives back the content of an object as well, although others may refer to it.</summary>
    private static bool AllLevels(IrGraph graph)
    {
        IrNode[] shallow = [.. Returns(graph).Where(node => node.Inputs[1].Bits == 1)];
        foreach (IrNode node in shallow)
        {
            node.Inputs[1].Bits = 3;
        }

        return shallow.Length > 0;
    }

    /// <summary>Gives back each object twice.</summary>
    public static bool DoubleReturns(IrGraph graph)
    {
        IrNode[] returns = [.. Returns(graph)];
        foreach (IrNode node in returns)
        {
            IrNode second = graph.NewNode(IrOp.Call, IrType.None, [.. node.Inputs]);
            second.Payload = node.Payload;
            second.Block = node.Block;
            node.Block!.Nodes.Insert(node.Block.Nodes.IndexOf(node), second);
        }

        return returns.Length > 0;
    }

    /// <summary>Gives back nothing.</summary>
    public static bool MissingReturns(IrGraph graph)
    {
        IrNode[] returns = [.. Returns(graph)];
        return returns.Length > 0 && Array.TrueForAll(returns, node => node.Block!.Nodes.Remove(node));
    }

    private static IEnumerable<IrNode> Returns(IrGraph graph) =>
        Nodes(graph).Where(node => ReferenceEquals(node.Payload, RegionHelpers.GiveBack));

    /// <summary>Charges one step more than the program takes.</summary>
    private static bool WrongCharge(IrGraph graph)
    {
        IrNode? charge = Nodes(graph).FirstOrDefault(node => node.Op == IrOp.ChargeSteps);
        if (charge is null)
        {
            return false;
        }

        charge.Bits++;
        return true;
    }
}
