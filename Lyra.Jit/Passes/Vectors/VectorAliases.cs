using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>
/// Whether the elements that a loop stores may be stored after all that several iterations load. A store may precede a load of the same
/// element in the loop only where their arrays are not the same, which the code then tests before the loop.
/// </summary>
internal static class VectorAliases
{
    /// <summary>An access to elements.</summary>
    /// <param name="Array">The array.</param>
    /// <param name="Index">The index, as that of the iteration to which the access belongs.</param>
    /// <param name="IsStore">Whether it is a store.</param>
    /// <param name="Order">Its position in the iteration.</param>
    private readonly record struct Access(IrNode Array, IrNode Index, bool IsStore, int Order);

    /// <summary>Notes the arrays that must not be the same; false if two accesses to one array are not in the order of the loop.</summary>
    public static bool Fit(VectorLoop loop)
    {
        List<Access> accesses = AccessesOf(loop);
        foreach (Access store in accesses)
        {
            foreach (Access other in accesses)
            {
                if (!store.IsStore || store.Array.Type != other.Array.Type || IsInOrder(store, other))
                {
                    continue;
                }

                if (ReferenceEquals(store.Array, other.Array))
                {
                    return false;
                }

                if (!loop.Distinct.Contains((store.Array, other.Array)) && !loop.Distinct.Contains((other.Array, store.Array)))
                {
                    loop.Distinct.Add((store.Array, other.Array));
                }
            }
        }

        return true;
    }

    /// <summary>Whether the accesses are to the same element in an iteration, and a load of it comes first.</summary>
    private static bool IsInOrder(Access store, Access other) =>
        ReferenceEquals(store.Index, other.Index) && (other.IsStore || other.Order < store.Order);

    private static List<Access> AccessesOf(VectorLoop loop)
    {
        List<Access> accesses = [];
        foreach (VectorParameter parameter in loop.Parameters)
        {
            if (parameter.Role == VectorRole.Element)
            {
                // Of the next index: the element at the index. Any other is one that the loop may have stored before.
                bool isOfIndex = ReferenceEquals(parameter.Next.Inputs[1], loop.Next);
                accesses.Add(new(parameter.Next.Inputs[0], isOfIndex ? loop.Index : parameter.Parameter, false, -1));
            }
        }

        for (int i = 0; i < loop.Items.Count; i++)
        {
            IrNode node = loop.Items[i].Node;
            bool isStore = node.Family == IrFamily.ElementStore;
            if (isStore || (node.Family == IrFamily.ElementLoad && loop.Needed.Contains(node)))
            {
                accesses.Add(new(node.Inputs[0], node.Inputs[1], isStore, i));
            }
        }

        return accesses;
    }
}
