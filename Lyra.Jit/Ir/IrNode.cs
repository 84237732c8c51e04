using Lyra.Jit.Profiles;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>
/// An SSA value: one operation with its inputs. It belongs to one block; its position there is the order of evaluation. The row of the
/// operation in <see cref="IrOp"/> tells what it means and does; a <see cref="IrOp.Call"/> has the effects of its helper.
/// </summary>
internal sealed class IrNode(int id, IrOp op, IrType type, IrNode[] inputs)
{
    /// <summary>Unique in the graph; the printer shows it as <c>v7</c>.</summary>
    public readonly int Id = id;

    public readonly IrOp Op = op;

    public IrType Type = type;

    public readonly IrNode[] Inputs = inputs;

    /// <summary>Bits of an UnboxInt for which the profile saw only small ints; see <see cref="IrOp.GuardSmall"/>.</summary>
    public const long SeenSmall = 1;

    /// <summary>Bits of a GuardIndex on which no pass speculates any more: more failures than there are loops around it.</summary>
    public const long NeverSpeculate = 99;

    /// <summary>The number that the row calls "bits".</summary>
    public long Bits;

    /// <summary>
    /// The object that the row calls "payload"; also the <see cref="Shape"/> of a value of type <see cref="IrType.Struct"/>.
    /// </summary>
    public object? Payload;

    /// <summary>The snapshot through which an operation exits; null for one that never exits.</summary>
    public Snapshot? Exit;

    /// <summary>
    /// Steps that were charged ahead, and are given back when the operation exits. See <see cref="Passes.ChargeMerging"/>.
    /// </summary>
    public long Refund;

    /// <summary>
    /// Of a GuardIndex or an addition the profile of its instruction, of a GuardSpeculation the profiles of the checks that it replaces:
    /// they count failed speculations. Empty without a profile.
    /// </summary>
    public InstructionProfile[] Recorded = [];

    /// <summary>
    /// Whether it is computed at its position even if one node alone uses it, so that fewer values are alive at a time.
    /// </summary>
    public bool IsInPlace;

    /// <summary>The block to which it belongs.</summary>
    public IrBlock? Block;

    /// <summary>Of a guard: its number in the region, by which exits are counted; the emitter assigns it.</summary>
    public int GuardId = -1;

    public IrOpInfo Row => IrOpInfo.Of(Op);

    public IrFamily Family => Row.Family;

    public IrEffects Effects => Payload is RegionHelper helper && Op == IrOp.Call ? helper.Effects : Row.Effects;

    public IrMemory Reads => Op switch
    {
        IrOp.Call when Payload is RegionHelper helper => helper.Reads,
        IrOp.CallHost when Payload is HostCall call => call.Reads,
        _ => Row.Reads,
    };

    public IrMemory Writes => Op switch
    {
        IrOp.Call when Payload is RegionHelper helper => helper.Writes,
        IrOp.CallHost when Payload is HostCall call => call.Writes,
        _ => Row.Writes,
    };

    public bool MayExit => (Effects & IrEffects.Exits) != 0;

    /// <summary>The shape of a value of type <see cref="IrType.Struct"/>, where it is known.</summary>
    public Shape? Shape => Payload switch
    {
        Shape shape => shape,
        StructObject instance => instance.Shape,
        CallTarget call => call.Signature.Result?.Shape,
        _ => null,
    };

    /// <summary>Whether the bits are <see cref="OperandBounds"/>.</summary>
    public bool TakesBounds => Row.Bits == IrBits.Bounds;

    public bool IsConstant => Family == IrFamily.Const;

    /// <summary>Whether it describes an object that an exit makes.</summary>
    public bool IsVirtual => Family == IrFamily.Virtual;

    /// <summary>Whether an equal node that dominates it replaces it.</summary>
    public bool IsShareable => !IsConstant && Op != IrOp.Parameter && Reads == IrMemory.None && Writes == IrMemory.None
        && (Effects & ~IrEffects.Exits) == IrEffects.None;

    public bool Has(IrTraits traits) => (Row.Traits & traits) == traits;

    /// <summary>Whether it may be removed when its result is unused. Its charge (<see cref="AllocationCosts"/>) has to stay.</summary>
    public bool IsRemovable => (Effects & (IrEffects.Observes | IrEffects.Fixed)) == 0 && Writes == IrMemory.None
        && (!MayExit || AllocationCosts.Of(this) is not null);
}
