using System;
using Lyra.Jit.Tiering;

namespace Lyra.Jit.Ir;

/// <summary>What a <see cref="IrOp.CallRegion"/> calls.</summary>
/// <param name="signature">How.</param>
/// <param name="cell">Where the callee's code is found; null for a call of the region that is being built.</param>
internal sealed class RegionCall(EntrySignature signature, EntryCell? cell)
{
    public EntrySignature Signature { get; } = signature;

    public EntryCell? Cell { get; } = cell;

    /// <summary>Whether values are of the types that the callee takes.</summary>
    public bool Takes(ReadOnlySpan<IrNode> arguments)
    {
        IrType[] wanted = Signature.ArgumentTypes;
        bool fits = arguments.Length == wanted.Length;
        for (int i = 0; fits && i < wanted.Length; i++)
        {
            fits = arguments[i].Type == wanted[i];
        }

        return fits;
    }
}
