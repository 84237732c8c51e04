using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Appends operations to the present block: constants, guards, calls of helpers, and the ends of blocks.</summary>
internal sealed partial class IrBuilder(BuildState state, SnapshotBuilder snapshots)
{
    public SnapshotBuilder Snapshots { get; } = snapshots;

    /// <summary>The block being built; null when the path has ended.</summary>
    public IrBlock? Block { get; set; }

    /// <summary>True when the present instruction has had an effect, so that it can't be executed again.</summary>
    public bool HadEffect { get; set; }

    /// <summary>
    /// Appends to another block until the result is disposed; then the block and the validity of snapshots are as before.
    /// </summary>
    public Detour At(IrBlock block)
    {
        Detour detour = new(this);
        Block = block;
        return detour;
    }

    public IrNode Emit(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = state.Graph.NewNode(op, type, inputs);
        Append(node);
        return node;
    }

    /// <summary>Emits an operation that exits before the present instruction.</summary>
    public IrNode EmitGuarded(IrOp op, IrType type, params IrNode[] inputs)
    {
        Snapshot exit = Snapshots.Current();
        IrNode node = state.Graph.NewNode(op, type, inputs);
        node.Exit = exit;
        Append(node);
        return node;
    }

    public void Append(IrNode node)
    {
        node.Block = Block;
        Block!.Nodes.Add(node);
        if (node.Writes != IrMemory.None || (node.Effects & (IrEffects.Observes | IrEffects.Fixed)) != 0)
        {
            HadEffect = true;
            Snapshots.Invalidate();
        }
        else if ((node.Effects & IrEffects.Allocates) != 0)
        {
            // Executing it again would do no harm, but would be charged twice.
            Snapshots.Invalidate();
        }
    }

    /// <summary>Puts a node at the start of the graph, where it holds on every path.</summary>
    public void InsertAtEntry(IrNode node)
    {
        IrBlock entry = state.Graph.Entry;
        node.Block = entry;
        entry.Nodes.Insert(0, node);
    }

    /// <summary>Exits unless the condition holds.</summary>
    public void Guard(IrNode condition) => EmitGuarded(IrOp.Guard, IrType.None, condition);

    /// <summary>Exits when the condition holds.</summary>
    public void GuardNot(IrNode condition) => EmitGuarded(IrOp.GuardNot, IrType.None, condition);

    /// <summary>Exits unless an index is inside; returns it. A region whose speculations failed too often makes no more of them.</summary>
    public IrNode CheckIndex(IrNode index, IrNode count)
    {
        IrNode guard = EmitGuarded(IrOp.GuardIndex, IrType.None, index, count);
        guard.Recorded = [state.Profile];
        guard.Bits = state.Graph.MaySpeculate ? state.Profile.FailedSpeculations : IrNode.NeverSpeculate;
        return index;
    }

    /// <summary>Exits when an int is not in an interval; does nothing where every int is.</summary>
    public void GuardInterval(IrNode value, Interval accepted)
    {
        if (accepted != Interval.All)
        {
            Guard(Emit(IrOp.LeInt, IrType.Bool, Int(accepted.Min), value));
            Guard(Emit(IrOp.LeInt, IrType.Bool, value, Int(accepted.Max)));
        }
    }

    /// <summary>The sum of two ints; exits when it does not fit.</summary>
    public IrNode AddChecked(IrNode x, IrNode y)
    {
        IrNode sum = EmitGuarded(IrOp.AddIntChecked, IrType.Int, x, y);
        sum.Recorded = [state.Profile];
        return sum;
    }

    /// <summary>Calls a helper; the inputs are of its parameters' types.</summary>
    public IrNode Call(RegionHelper helper, params IrNode[] inputs)
    {
        IrNode node = state.Graph.NewNode(IrOp.Call, helper.Result, inputs);
        node.Payload = helper;
        if (node.MayExit)
        {
            // The snapshot of a helper with effects must not be shared with the guards before it.
            node.Exit = helper.Writes == IrMemory.None ? Snapshots.Current() : Snapshots.At(state.Pc);
        }

        Append(node);
        return node;
    }

    /// <summary>Ends the path with a return from the region; null returns nothing, where the result is always nil.</summary>
    public void Return(IrNode? value)
    {
        Block!.End = IrEnd.Return;
        Block.Value = value;
        Block = null;
    }

    /// <summary>Charges steps. Nothing before the charge can be executed again.</summary>
    public void ChargeSteps(int cost) => EmitGuarded(IrOp.ChargeSteps, IrType.None).Bits = cost;

    public IrNode Int(long value) => Constant(IrOp.ConstInt, IrType.Int, value);

    public IrNode Float(double value) => Constant(IrOp.ConstFloat, IrType.Float, System.BitConverter.DoubleToInt64Bits(value));

    public IrNode Bool(bool value) => Constant(IrOp.ConstBool, IrType.Bool, value ? 1 : 0);

    public IrNode Nil() => Constant(IrOp.ConstNil, IrType.Any, 0);

    public IrNode Unset() => Constant(IrOp.ConstUnset, IrType.Any, 0);

    /// <summary>An object that no script can see, as an argument for a helper.</summary>
    public IrNode Foreign(object value) => Constant(IrOp.ConstForeign, IrType.Object, 0).About(value, 0);

    public IrNode Object(ScriptObject value)
    {
        IrNode node = state.Graph.NewNode(IrOp.ConstObject, IrTypes.OfObject(value));
        node.Payload = value;
        Append(node);
        return node;
    }

    public IrNode ConstantOf(in Value value)
    {
        if (value.IsInt)
        {
            return Int(value.AsInt);
        }

        if (value.IsFloat)
        {
            return Float(value.AsFloat);
        }

        if (value.IsBool)
        {
            return Bool(value.AsBool);
        }

        return value.IsNil ? Nil() : value.IsUnset ? Unset() : Object((ScriptObject)value.Ref!);
    }

    /// <summary>A constant that holds on every path.</summary>
    public IrNode ConstantAtEntry(in Value value)
    {
        IrBlock? block = Block;
        Block = state.Graph.Entry;
        IrNode constant = ConstantOf(value);
        Block = block;
        return constant;
    }

    /// <summary>A new range of 64-bit bounds; exits when the step is 0.</summary>
    public IrNode Range(IrNode start, IrNode stop, IrNode step, bool isInclusive)
    {
        GuardNot(Emit(IrOp.EqInt, IrType.Bool, step, Int(0)));
        IrNode isClosed = Bool(isInclusive);
        IrNode count = Call(RegionHelpers.LengthOfRange, start, stop, step, isClosed);
        return EmitGuarded(IrOp.NewRange, IrType.Range, start, stop, step, count, isClosed);
    }

    /// <summary>Ends the block with an exit before the present instruction.</summary>
    public void Exit()
    {
        Block!.Exit = Snapshots.At(state.Pc);
        Block.End = IrEnd.Exit;
        Block = null;
    }

    /// <summary>Ends the block with a branch to two new ones.</summary>
    public (IrBlock WhenTrue, IrBlock WhenFalse) Split(IrNode condition)
    {
        IrBlock from = Block!;
        IrBlock whenTrue = state.Graph.NewBlock();
        IrBlock whenFalse = state.Graph.NewBlock();
        from.End = IrEnd.Branch;
        from.Value = condition;
        from.First = new IrEdge(whenTrue, []);
        from.Second = new IrEdge(whenFalse, []);
        Snapshots.Invalidate();
        return (whenTrue, whenFalse);
    }

    public static void Jump(IrBlock from, IrBlock to, IrNode[] arguments)
    {
        from.End = IrEnd.Jump;
        from.First = new IrEdge(to, arguments);
    }

    private IrNode Constant(IrOp op, IrType type, long bits)
    {
        IrNode node = state.Graph.NewNode(op, type);
        node.Bits = bits;
        Append(node);
        return node;
    }

    /// <summary>Work on another block: see <see cref="At"/>.</summary>
    public readonly ref struct Detour(IrBuilder ir)
    {
        private readonly (IrBlock? Block, int Epoch) _before = (ir.Block, ir.Snapshots.Epoch);

        public void Dispose() => (ir.Block, ir.Snapshots.Epoch) = _before;
    }
}
