using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>What the builder asks of nodes, and sets on new ones.</summary>
internal static class NodeExtensions
{
    extension(IrNode node)
    {
        /// <summary>True for a value of which neither the representation nor the constant is known.</summary>
        public bool IsUnknown => node.Type == IrType.Any && !node.IsConstant;

        /// <summary>The code of a closure that is a constant or made in the region; null for any other value.</summary>
        public LinkedPrototype? KnownCode => node switch
        {
            { Op: IrOp.ConstObject, Payload: Closure closure } => closure.Code,
            { Op: IrOp.NewClosure, Payload: LinkedPrototype code } => code,
            _ => null,
        };

        /// <summary>The value that a node narrows, or the node itself.</summary>
        public IrNode Unrefined => node.Family is IrFamily.Unbox or IrFamily.As ? node.Inputs[0] : node;

        /// <summary>Sets a node's payload and bits.</summary>
        public IrNode About(object? payload, long bits)
        {
            node.Payload = payload;
            node.Bits = bits;
            return node;
        }
    }
}
