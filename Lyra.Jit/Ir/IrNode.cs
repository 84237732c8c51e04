using Lyra.Jit.Recording;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>
/// An SSA value: one operation with its inputs. Belongs to one block, in which its position is the order of evaluation. What an operation means
/// and may do is in its row of <see cref="IrOp"/>; a <see cref="IrOp.Call"/> takes its effects from its helper.
/// </summary>
internal sealed class IrNode(int id, IrOp op, IrType type, IrNode[] inputs)
{
    /// <summary>Unique in the graph; what the printer shows as <c>v7</c>.</summary>
    public readonly int Id = id;

    public readonly IrOp Op = op;

    public IrType Type = type;

    public readonly IrNode[] Inputs = inputs;

    /// <summary>Bits of an UnboxInt of which only small ints were seen; see <see cref="IrOp.GuardSmall"/>.</summary>
    public const long SeenSmall = 1;

    /// <summary>Bits of a GuardIndex on which no bets are made any more.</summary>
    public const long AllBetsLost = 99;

    /// <summary>The number that the row calls "bits".</summary>
    public long Bits;

    /// <summary>The object that the row calls "payload"; also the <see cref="Shape"/> of a value of type <see cref="IrType.Struct"/>.</summary>
    public object? Payload;

    /// <summary>Where an operation that exits goes; null for every other.</summary>
    public Snapshot? Exit;

    /// <summary>Steps that were charged ahead, and are given back when the operation exits. See <see cref="Passes.ChargeMerging"/>.</summary>
    public long Refund;

    /// <summary>
    /// What was recorded of the instruction of a GuardIndex, and of those that a GuardBet stands for: where it is noted that a bet was lost. Empty where
    /// nothing was recorded.
    /// </summary>
    public InstructionProfile[] Recorded = [];

    /// <summary>The block it stands in.</summary>
    public IrBlock? Block;

    /// <summary>Of a guard: its number in the region, under which exits are counted; assigned when the region is emitted.</summary>
    public int GuardId = -1;

    public IrOpInfo Row => IrOpInfo.Of(Op);

    public IrEffects Effects => Payload is RegionHelper helper && Op == IrOp.Call ? helper.Effects : Row.Effects;

    public IrMemory Reads => Payload is RegionHelper helper && Op == IrOp.Call ? helper.Reads : Row.Reads;

    public IrMemory Writes => Payload is RegionHelper helper && Op == IrOp.Call ? helper.Writes : Row.Writes;

    public bool MayExit => (Effects & IrEffects.Exits) != 0;

    /// <summary>The shape of a value of type <see cref="IrType.Struct"/>, where it is known.</summary>
    public Shape? Shape => Payload switch
    {
        Shape shape => shape,
        StructObject instance => instance.Shape,
        RegionCall call => call.Signature.Result?.Shape,
        _ => null,
    };

    /// <summary>Whether the bits are <see cref="OperandFacts"/>.</summary>
    public bool TakesFacts => Op is IrOp.AddIntChecked or IrOp.SubIntChecked or IrOp.MulIntChecked;

    public bool IsConstant => Op is IrOp.ConstInt or IrOp.ConstFloat or IrOp.ConstBool or IrOp.ConstNil or IrOp.ConstUnset or IrOp.ConstObject or IrOp.ConstForeign;

    /// <summary>Whether it stands for an object that is made when the region is left.</summary>
    public bool IsVirtual => Op is >= IrOp.VirtualStruct and <= IrOp.VirtualUpvalue;

    /// <summary>Whether it need not be executed when nothing uses its result; what it charges (<see cref="AllocationCosts"/>) is charged all the same.</summary>
    public bool IsRemovable => (Effects & (IrEffects.Observes | IrEffects.Fixed)) == 0 && Writes == IrMemory.None
        && (!MayExit || AllocationCosts.Of(this) is not null);
}
