using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// The representations of parts that change or merge in parameters: Int, Float or Bool if all stored values are of that type, else Any. The
/// contents of an object from before a loop do not count: they are unboxed in front of the loop, which exits if they are of another type.
/// </summary>
internal sealed class PartTypes
{
    /// <summary>By object and part.</summary>
    private readonly Dictionary<ReferenceKey, IrType> _types = new(ReferenceKey.Comparer);

    private readonly ObjectUses _uses;
    private readonly IrOrder _order;

    public PartTypes(ObjectUses uses, IrOrder order)
    {
        _uses = uses;
        _order = order;
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (VirtualObject o in uses.All)
            {
                for (int part = 0; o.IsCandidate && part < o.PartCount; part++)
                {
                    changed |= Update(o, part);
                }
            }
        }
    }

    public IrType Of(VirtualObject o, int part) => _types[new(o, part)] is var type && type == IrType.None ? IrType.Any : type;

    private bool Update(VirtualObject o, int part)
    {
        IrType before = _types.GetValueOrDefault(new(o, part));
        IrType type = before;
        if (o.IsParameter)
        {
            Merge(o, part, ref type);
        }
        else
        {
            type = Join(type, KindOf(o.Node.Inputs[part]));
        }

        foreach (ObjectUse use in o.IsStored ? _uses.Of(o) : new())
        {
            if (use.Input == 0 && VirtualObject.IsStore(use.User!) && VirtualObject.PartOf(use.User!) == part)
            {
                type = Join(type, KindOf(use.User!.Inputs[1]));
            }
        }

        _types[new(o, part)] = type;
        return type != before;
    }

    private void Merge(VirtualObject parameter, int part, ref IrType type)
    {
        int index = parameter.Node.Block!.Parameters.IndexOf(parameter.Node);
        foreach (IncomingEdge incoming in _order.Incoming(parameter.Node.Block))
        {
            if (_uses.Find(incoming.Edge.Arguments[index]) is { } o)
            {
                type = Join(type, _types.GetValueOrDefault(new(o, part)));
            }
        }
    }

    private static IrType KindOf(IrNode value) =>
        IrRepresentation.Unboxed(value).Type is var type && type is IrType.Int or IrType.Float or IrType.Bool ? type : IrType.Any;

    /// <summary>The type of two parts together; None is the type of a part about which nothing is known.</summary>
    private static IrType Join(IrType a, IrType b) => a == IrType.None || a == b ? b : b == IrType.None ? a : IrType.Any;
}
