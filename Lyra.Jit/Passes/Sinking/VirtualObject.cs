using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// An object that need not exist while the region runs: what it is made of are values of the graph. Stands for a node that makes one, or for a block
/// parameter all of whose values are such objects.
/// </summary>
internal sealed class VirtualObject(IrNode node, int number)
{
    /// <summary>The node or parameter.</summary>
    public readonly IrNode Node = node;

    /// <summary>Tells it from the others of the graph.</summary>
    public readonly int Number = number;

    /// <summary>Fields, items or captures, or the one variable; -1 for a tuple of which that is not known yet.</summary>
    public int PartCount { get; set; } = node.Op == IrOp.Parameter ? node.Shape?.Fields.Length ?? -1 : node.Inputs.Length;

    public bool IsParameter => Node.Op == IrOp.Parameter;

    /// <summary>Whether something still speaks for it.</summary>
    public bool IsCandidate { get; set; } = true;

    /// <summary>
    /// Whether the object may exist in some iterations: a parameter that had an object before the loop, or one that is made where it escapes. It has a
    /// variable with the reference then, nil while there is none.
    /// </summary>
    public bool MayBeReal { get; set; }

    /// <summary>Whether its parts change after it was made.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether it flows into a block parameter.</summary>
    public bool Flows { get; set; }

    /// <summary>Whether it is a part of another one, or has another one as its part.</summary>
    public bool IsNested { get; set; }

    /// <summary>Whether it is made, where it does not exist yet, at some uses.</summary>
    public bool IsMadeLater { get; set; }

    /// <summary>
    /// The instructions that the interpreter executes behind which the object, a struct that may be real, is still wanted: it is made before, and its fields
    /// are loaded behind.
    /// </summary>
    public List<IrNode> Meetings { get; } = [];

    /// <summary>What the allocation is charged.</summary>
    public long Bytes => AllocationCosts.Of(Node)!.Value;

    /// <summary>The operation by which snapshots name it.</summary>
    public IrOp VirtualOp => Node.Type switch
    {
        IrType.Struct => IrOp.VirtualStruct,
        IrType.Tuple => IrOp.VirtualTuple,
        IrType.Closure => IrOp.VirtualClosure,
        _ => IrOp.VirtualUpvalue,
    };

    /// <summary>The operation that makes it where it escapes.</summary>
    public IrOp MakeOp => Node.Type switch
    {
        IrType.Struct => IrOp.MakeStruct,
        IrType.Tuple => IrOp.MakeTuple,
        _ => IrOp.MakeClosure,
    };

    /// <summary>The shape or code; null for what needs none.</summary>
    public object? Payload => Node.Payload as Shape ?? (object?)(Node.Payload as LinkedPrototype);

    /// <summary>Whether a node makes an object that may become virtual.</summary>
    public static bool IsMaker(IrNode node) => node.Op is IrOp.NewStruct or IrOp.NewTuple or IrOp.NewClosure or IrOp.NewUpvalue;

    /// <summary>The part that a load or store of the object is about; -1 when the node is neither, or the part is not known.</summary>
    public static int PartOf(IrNode access) => access.Op switch
    {
        IrOp.LoadField or IrOp.LoadFieldInt or IrOp.LoadFieldFloat or IrOp.LoadFieldBool => (int)access.Bits,
        IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat or IrOp.LoadCapture => (int)access.Bits,
        IrOp.TupleItem when access.Inputs[1].Op == IrOp.ConstInt && access.Inputs[1].Bits is >= 0 and < int.MaxValue => (int)access.Inputs[1].Bits,
        IrOp.LoadUpvalue or IrOp.StoreUpvalue => 0,
        _ => -1,
    };

    public static bool IsStore(IrNode node) => node.Op is IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat or IrOp.StoreUpvalue;

    public static bool IsFieldStore(IrNode node) => node.Op is IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat;
}
