using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>The vectors of a pass: of each node of the body several copies, each of as many iterations as a vector has lanes.</summary>
internal sealed class VectorBody(IrGraph graph, VectorLoop loop, int copies)
{
    private readonly Dictionary<(IrNode Node, int Copy), IrNode> _vectors = [];
    private readonly Dictionary<IrNode, IrNode> _lanes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<long, IrNode> _constants = [];
    private readonly Dictionary<IrNode, IrNode> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IrNode, IrNode> _placeCounts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(IrNode Array, IrNode Place)> _tested = [];

    /// <summary>The block to which nodes are added.</summary>
    public required IrBlock Block { get; set; }

    /// <summary>The block before the loop.</summary>
    public required IrBlock Setup { get; init; }

    /// <summary>Where a pass goes that does nothing.</summary>
    public required IrBlock Failure { get; init; }

    /// <summary>The index of the pass's first iteration.</summary>
    public required IrNode Index { get; init; }

    /// <summary>Negative in a lane where an operation overflows; null if none may.</summary>
    public IrNode? Overflow { get; private set; }

    /// <summary>Not 0 in a lane where an operand is not one for which the pass computes what the loop does; null if all are.</summary>
    public IrNode? Beyond { get; private set; }

    public IrNode Emit(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = graph.NewNode(op, type, inputs);
        node.Block = Block;
        Block.Nodes.Add(node);
        return node;
    }

    public IrNode Call(RegionHelper helper, params IrNode[] inputs)
    {
        IrNode call = Emit(IrOp.Call, helper.Result, inputs);
        call.Payload = helper;
        return call;
    }

    public IrNode Int(long value)
    {
        IrNode constant = Emit(IrOp.ConstInt, IrType.Int);
        constant.Bits = value;
        return constant;
    }

    public IrNode Float(double value)
    {
        IrNode constant = Emit(IrOp.ConstFloat, IrType.Float);
        constant.Bits = BitConverter.DoubleToInt64Bits(value);
        return constant;
    }

    /// <summary>A vector with a number in each lane.</summary>
    public IrNode Lanes(IrNode value) =>
        Call(value.Type == IrType.Int ? RegionHelpers.LanesOfInt : RegionHelpers.LanesOfFloat, value);

    /// <summary>A vector with a constant in each lane, made before the loop.</summary>
    public IrNode LanesOf(long value)
    {
        if (!_constants.TryGetValue(value, out IrNode? lanes))
        {
            lanes = InSetup(() => Lanes(Int(value)));
            _constants.Add(value, lanes);
        }

        return lanes;
    }

    public void Set(IrNode node, int copy, IrNode vector) => _vectors[(node, copy)] = vector;

    /// <summary>The vector of a node; of a number from outside, that which is made before the loop.</summary>
    public IrNode VectorOf(IrNode node, int copy)
    {
        if (_vectors.TryGetValue((node, copy), out IrNode? vector))
        {
            return vector;
        }

        if (!_lanes.TryGetValue(node, out IrNode? lanes))
        {
            lanes = InSetup(() => Lanes(node));
            _lanes.Add(node, lanes);
        }

        return lanes;
    }

    /// <summary>Computes all but the stores.</summary>
    public void EmitIterations()
    {
        foreach (VectorParameter parameter in loop.Parameters)
        {
            for (int copy = 0; copy < copies && loop.Needed.Contains(parameter.Parameter); copy++)
            {
                EmitParameter(parameter, copy);
            }
        }

        foreach (VectorItem item in loop.Items)
        {
            for (int copy = 0; copy < copies && loop.Needed.Contains(item.Node); copy++)
            {
                if (VectorTypes.IsGuard(item.Node))
                {
                    CheckGuard(item, copy);
                }
                else if (item.Node.Family != IrFamily.ElementStore)
                {
                    Set(item.Node, copy, VectorOf(item, copy));
                }
            }
        }

        foreach (VectorParameter parameter in loop.Parameters)
        {
            // Of 0.0 and -0.0 the first is kept, which no lane knows.
            for (int copy = 0; parameter.Candidate is { Type: IrType.Float } && copy < copies; copy++)
            {
                AddBeyond(Call(RegionHelpers.AreNegativeZeros, VectorOf(parameter.Candidate, copy)));
            }
        }
    }

    public void EmitStores()
    {
        foreach (VectorItem item in loop.Items)
        {
            for (int copy = 0; copy < copies && item.Node.Family == IrFamily.ElementStore; copy++)
            {
                IrNode store = item.Node;
                RegionHelper helper = store.Op == IrOp.StoreInt ? RegionHelpers.StoreInts : RegionHelpers.StoreFloats;
                Call(helper, store.Inputs[0], PlaceOf(store, copy), VectorOf(store.Inputs[2], copy));
            }
        }
    }

    private void EmitParameter(VectorParameter parameter, int copy)
    {
        if (parameter.Role == VectorRole.Index)
        {
            Set(parameter.Parameter, copy, Call(RegionHelpers.LanesFrom, Ahead(Index, copy)));
        }
        else if (parameter.Role == VectorRole.Element)
        {
            Set(parameter.Parameter, copy, Load(parameter.Next, Ahead(_places[parameter.Parameter], copy)));
        }
    }

    private IrNode VectorOf(VectorItem item, int copy)
    {
        IrNode node = item.Node;
        if (item.IsChoice)
        {
            RegionHelper select = node.Type == IrType.Float ? RegionHelpers.SelectFloats : RegionHelpers.SelectInts;
            return Call(select, VectorOf(item.Condition!, copy), VectorOf(item.First!, copy), VectorOf(item.Second!, copy));
        }

        if (node.Family == IrFamily.ElementLoad)
        {
            return Load(node, PlaceOf(node, copy));
        }

        if (node.Op == IrOp.IntToFloat)
        {
            return Call(RegionHelpers.FloatLanesFrom, Ahead(Index, copy));
        }

        IrNode result = Call(
            VectorTypes.HelperOf(node)!, Array.ConvertAll(node.Inputs, input => VectorOf(input, copy)));
        Check(item, copy, result);
        return result;
    }

    /// <summary>Notes the lanes in which an operation would exit, or of which the vector would not be what the loop computes.</summary>
    private void Check(VectorItem item, int copy, IrNode result)
    {
        IrNode node = item.Node;
        if (loop.Sums.Contains(node))
        {
            IrNode term = loop.Sums.Contains(node.Inputs[0]) ? node.Inputs[1] : node.Inputs[0];
            CheckBits(item, copy, term, VectorCode.TermBits);
        }
        else if (node.Op == IrOp.MulIntChecked)
        {
            CheckBits(item, copy, node.Inputs[0], VectorHelpers.FactorBits);
            CheckBits(item, copy, node.Inputs[1], VectorHelpers.FactorBits);
        }
        else if (node.Op is IrOp.AddIntChecked or IrOp.SubIntChecked)
        {
            RegionHelper overflow = node.Op == IrOp.AddIntChecked ? RegionHelpers.OverflowOfSum : RegionHelpers.OverflowOfDifference;
            IrNode lanes = OnPath(
                item, copy, Call(overflow, VectorOf(node.Inputs[0], copy), VectorOf(node.Inputs[1], copy), result));
            Overflow = Overflow is null ? lanes : Call(RegionHelpers.OrOfInts, Overflow, lanes);
        }
    }

    private void CheckGuard(VectorItem item, int copy)
    {
        IrNode condition = VectorOf(item.Node.Inputs[0], copy);
        AddBeyond(OnPath(item, copy, item.Node.Op == IrOp.GuardNot ? condition : Call(RegionHelpers.ComplementOfInts, condition)));
    }

    private void CheckBits(VectorItem item, int copy, IrNode value, int bits)
    {
        if (value.Op == IrOp.ConstInt && value.Bits >= -1L << bits && value.Bits < 1L << bits)
        {
            return;
        }

        AddBeyond(OnPath(item, copy, Call(RegionHelpers.BeyondBits, VectorOf(value, copy), LanesOf(-1L << bits))));
    }

    private void AddBeyond(IrNode lanes) => Beyond = Beyond is null ? lanes : Call(RegionHelpers.OrOfInts, Beyond, lanes);

    /// <summary>The lanes, with 0 for the iterations that do not come to the operation.</summary>
    private IrNode OnPath(VectorItem item, int copy, IrNode lanes)
    {
        if (item.Condition is null)
        {
            return lanes;
        }

        IrNode condition = VectorOf(item.Condition, copy);
        return Call(RegionHelpers.AndOfInts, lanes, item.IsNegated ? Call(RegionHelpers.ComplementOfInts, condition) : condition);
    }

    private IrNode Load(IrNode load, IrNode place) =>
        Call(load.Op == IrOp.LoadInt ? RegionHelpers.LoadInts : RegionHelpers.LoadFloats, load.Inputs[0], place);

    /// <summary>The place of an access in the first iteration of a copy.</summary>
    private IrNode PlaceOf(IrNode access, int copy) => Ahead(_places[access.Inputs[1]], copy);

    /// <summary>
    /// Computes the places of all accesses in the first iteration of the pass, and tests them: the loop may have a guard that fails in an
    /// iteration of the pass before the access.
    /// </summary>
    /// <param name="place">Gives the place for an index of the loop.</param>
    public void EmitPlaces(Func<IrNode, IrNode> place)
    {
        foreach (VectorParameter parameter in loop.Parameters)
        {
            // The iteration before has loaded the element, for the next index.
            if (parameter.Role == VectorRole.Element && loop.Needed.Contains(parameter.Parameter))
            {
                IrNode before = Emit(IrOp.SubInt, IrType.Int, place(parameter.Next.Inputs[1]), Int(1));
                _places.Add(parameter.Parameter, before);
                Test(parameter.Next.Inputs[0], before);
            }
        }

        foreach (VectorItem item in loop.Items)
        {
            if (item.Node.Family is IrFamily.ElementLoad or IrFamily.ElementStore && loop.Needed.Contains(item.Node))
            {
                IrNode index = item.Node.Inputs[1];
                _places.TryAdd(index, _places.GetValueOrDefault(index) ?? place(index));
                Test(item.Node.Inputs[0], _places[index]);
            }
        }
    }

    /// <summary>Leaves the pass unless the accesses to an array from a place on are inside of it.</summary>
    private void Test(IrNode array, IrNode place)
    {
        if (!_placeCounts.TryGetValue(array, out IrNode? count))
        {
            RegionHelper helper = array.Type == IrType.IntArray ? RegionHelpers.PlacesOfInts : RegionHelpers.PlacesOfFloats;
            count = InSetup(() => Call(helper, array, Int(copies * VectorHelpers.LaneCount)));
            _placeCounts.Add(array, count);
        }

        if (_tested.Add((array, place)))
        {
            Require(Call(RegionHelpers.IsPlace, place, count));
        }
    }

    /// <summary>Leaves the pass unless a condition holds.</summary>
    public void Require(IrNode condition)
    {
        IrBlock on = graph.NewBlock();
        on.Origin = Block.Origin;
        Block.End = IrEnd.Branch;
        Block.Value = condition;
        Block.First = new IrEdge(on, []);
        Block.Second = new IrEdge(Failure, []);
        Block = on;
    }

    private IrNode Ahead(IrNode place, int copy) =>
        copy == 0 ? place : Emit(IrOp.AddInt, IrType.Int, place, Int(copy * VectorHelpers.LaneCount));

    private IrNode InSetup(Func<IrNode> make)
    {
        IrBlock block = Block;
        Block = Setup;
        IrNode made = make();
        Block = block;
        return made;
    }
}
