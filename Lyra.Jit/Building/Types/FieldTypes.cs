using System.Collections.Generic;
using System.Threading;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>
/// The representations of fields that the annotation guarantees, or that all values had so far (<see cref="Shape.TagOf"/>). The latter hold
/// behind a guard on the shape's version, one for all fields; the interpreter changes the version when it stores another kind of value.
/// </summary>
/// <remarks>
/// Model: the field representations of V8's hidden classes, which invalidate code instead of having it check a version. A check is enough
/// here, because loops hoist it.
/// </remarks>
internal sealed class FieldTypes(BuildParts parts) : Lowering(parts)
{
    /// <summary>
    /// The representation of all values of a field; Any where there are several, None where there is no value yet. Emits a guard where it
    /// is only learned.
    /// </summary>
    public IrType Of(Shape shape, int field)
    {
        IrType guaranteed = IrRepresentation.Guaranteed(shape.FieldTypes[field]);
        if (guaranteed != IrType.Any)
        {
            return guaranteed;
        }

        // The version first: if another store changes the tag meanwhile, the guard fails.
        int version = Volatile.Read(ref shape.FieldVersion);
        IrType learned = Learned(shape, field);
        if (learned != IrType.Any)
        {
            GuardVersion(shape, version);
        }

        return learned;
    }

    /// <summary>
    /// A value as a field of a representation keeps it; exits where an unknown value has another one. Null where the value certainly has
    /// another one, so that only the interpreter can store it.
    /// </summary>
    public IrNode? Fit(IrType field, IrNode value)
    {
        if (field == IrType.Any || value.Type == field)
        {
            return value;
        }

        return value.IsUnknown && field != IrType.None ? Registers.NarrowTo(new Representation(field, null), value) : null;
    }

    private static IrType Learned(Shape shape, int field) => shape.TagOf(field) switch
    {
        null => IrType.Any,
        Tag.Int => IrType.Int,
        Tag.Float => IrType.Float,
        Tag.Bool => IrType.Bool,
        _ => IrType.None,
    };

    private void GuardVersion(Shape shape, int version)
    {
        if (!IsGuarded(shape, version))
        {
            IrNode present = Ir.Emit(IrOp.FieldVersion, IrType.Int).About(shape, 0);
            Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, present, Ir.Int(version)));
        }
    }

    /// <summary>Whether the present block has the guard already. The passes find those of other blocks.</summary>
    private bool IsGuarded(Shape shape, int version)
    {
        List<IrNode> nodes = Ir.Block!.Nodes;
        for (int i = nodes.Count - 1; i >= 0 && (nodes[i].Writes & IrMemory.FieldTags) == IrMemory.None; i--)
        {
            if (nodes[i] is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.EqInt, Inputs: [{ Op: IrOp.FieldVersion } present, { } known] }] }
                && ReferenceEquals(present.Payload, shape))
            {
                return known.Bits == version;
            }
        }

        return false;
    }
}
