using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>The blocks in which an object is live under its own name.</summary>
internal sealed class ObjectLiveness(ObjectUses uses, IrOrder order)
{
    private readonly Dictionary<VirtualObject, HashSet<IrBlock>> _liveIn = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Whether the object, or an object of which it is a part, may be used from a block on, other than through the block's parameters.
    /// </summary>
    public bool IsLiveAt(VirtualObject o, IrBlock block)
    {
        if (!_liveIn.TryGetValue(o, out HashSet<IrBlock>? live))
        {
            live = [];
            _liveIn.Add(o, live);
            Spread(o, o.Node.Block!, live, depth: 0);
        }

        return live.Contains(block);
    }

    private void Spread(VirtualObject o, IrBlock definition, HashSet<IrBlock> live, int depth)
    {
        Stack<IrBlock> work = new();
        foreach (ObjectUse use in uses.Of(o))
        {
            Enter(use.Block, definition, live, work);
            if (use.IsInput && VirtualObject.IsMaker(use.User!) && depth < MaxNesting && uses.Find(use.User!) is { } whole)
            {
                Spread(whole, definition, live, depth + 1);
            }
        }

        while (work.TryPop(out IrBlock? block))
        {
            foreach (IncomingEdge incoming in order.Incoming(block))
            {
                Enter(incoming.From, definition, live, work);
            }
        }
    }

    /// <summary>The depth of parts within parts beyond which objects do not become virtual.</summary>
    public const int MaxNesting = 8;

    private static void Enter(IrBlock block, IrBlock definition, HashSet<IrBlock> live, Stack<IrBlock> work)
    {
        if (!ReferenceEquals(block, definition) && live.Add(block))
        {
            work.Push(block);
        }
    }
}
