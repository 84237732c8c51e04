using Lyra.Jit.Ir;

namespace Lyra.Jit.Regions;

/// <summary>A direct call of a compiled proc.</summary>
/// <param name="signature">How the callee is called.</param>
/// <param name="cell">The callee's cell; null when the region calls itself.</param>
internal sealed class RegionCall(EntrySignature signature, EntryCell? cell) : CallTarget(signature)
{
    public EntryCell? Cell { get; } = cell;
}
