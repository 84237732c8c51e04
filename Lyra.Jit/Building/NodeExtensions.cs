using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <summary>Setting a new node's immediates where it is made.</summary>
internal static class NodeExtensions
{
    /// <summary>Gives a node its payload and its bits.</summary>
    public static IrNode About(this IrNode node, object? payload, long bits)
    {
        node.Payload = payload;
        node.Bits = bits;
        return node;
    }
}
