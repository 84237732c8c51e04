using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// An object that need not exist while the region runs, because its parts are values of the graph: the result of a node that makes one, or
/// a block parameter whose arguments are all such objects.
/// </summary>
internal sealed class VirtualObject(IrNode node, int number)
{
    /// <summary>The node or parameter.</summary>
    public readonly IrNode Node = node;

    /// <summary>Its number, unique in the graph.</summary>
    public readonly int Number = number;

    /// <summary>
    /// The number of fields, items, captures or properties of a range, 1 for a captured variable; -1 for a tuple of unknown size.
    /// </summary>
    public int PartCount { get; set; } = node.Op == IrOp.Parameter ? node.Shape?.Fields.Length ?? -1 : node.Inputs.Length;

    public bool IsParameter => Node.Op == IrOp.Parameter;

    /// <summary>Whether it may still become virtual.</summary>
    public bool IsCandidate { get; set; } = true;

    /// <summary>
    /// Whether the object may be real in some iterations: a parameter that had a real object before the loop, or an object that is made
    /// where it escapes. It then has a variable for the reference, which is nil while the object is virtual.
    /// </summary>
    public bool MayBeReal { get; set; }

    /// <summary>The parts that change after it is made.</summary>
    public HashSet<int> StoredParts { get; } = [];

    /// <summary>Whether its parts change after it is made.</summary>
    public bool IsStored => StoredParts.Count > 0;

    /// <summary>Whether it flows into a block parameter.</summary>
    public bool Flows { get; set; }

    /// <summary>Whether it is a part of another object, or has one as its part.</summary>
    public bool IsNested { get; set; }

    /// <summary>Whether some uses make it, unless it exists.</summary>
    public bool IsMadeLater { get; set; }

    /// <summary>
    /// The interpreter call-outs behind which the object, a struct that may be real, is still live: it is made before them, and its fields
    /// are loaded behind.
    /// </summary>
    public List<IrNode> Joins { get; } = [];

    /// <summary>
    /// Whether a part differs between points of the graph. Only such a part is a variable: the other parts may be objects that are never
    /// made, which no parameter of a block can represent.
    /// </summary>
    public bool Varies(int part) => IsParameter || StoredParts.Contains(part) || Joins.Count > 0;

    /// <summary>The bytes that the allocation charges.</summary>
    public long Bytes => AllocationCosts.Of(Node)!.Value;

    /// <summary>The row of the operation that makes such an object.</summary>
    public IrOpInfo Maker => IrOpInfo.Of(!IsParameter ? Node.Op : Node.Type == IrType.Struct ? IrOp.NewStruct : IrOp.NewTuple);

    /// <summary>The shape or code; null for an object without one.</summary>
    public object? Payload => Node.Payload as Shape ?? (object?)(Node.Payload as LinkedPrototype);

    /// <summary>Whether a node makes an object that may become virtual.</summary>
    public static bool IsMaker(IrNode node) => node.Row.Virtual != default;

    /// <summary>The part that a load or store accesses; -1 when the node is neither, or the part is unknown.</summary>
    public static int PartOf(IrNode access) => access.Row.Place switch
    {
        IrPlace.Field or IrPlace.Capture => (int)access.Bits,
        IrPlace.Item when access.Inputs[1] is { Op: IrOp.ConstInt, Bits: >= 0 and < int.MaxValue } index => (int)index.Bits,
        IrPlace.Upvalue => 0,
        IrPlace.None or IrPlace.Register or IrPlace.Element or IrPlace.Variable or IrPlace.Item or IrPlace.Entry => -1,
    };

    public static bool IsStore(IrNode node) => IsFieldStore(node) || node.Op == IrOp.StoreUpvalue;

    public static bool IsFieldStore(IrNode node) => node.Family == IrFamily.FieldStore;
}
