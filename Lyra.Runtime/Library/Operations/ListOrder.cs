using System;
using System.Diagnostics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library.Operations;

/// <summary>Reorders a list without reading its elements.</summary>
internal static class ListOrder
{
    /// <summary>Reverses the list in place.</summary>
    public static void Reverse(ScriptContext context, ListObject list)
    {
        context.Charge(list.Count >> 3);
        switch (list.Strategy)
        {
            case ListStrategy.Ints:
                Pieces.Reverse(context, list.Ints.AsSpan(0, list.Count));
                return;
            case ListStrategy.Floats:
                Pieces.Reverse(context, list.Floats.AsSpan(0, list.Count));
                return;
            case ListStrategy.Bools:
                Pieces.Reverse(context, list.Bools.AsSpan(0, list.Count));
                return;
            case ListStrategy.Empty or ListStrategy.Values:
                Pieces.Reverse(context, list.Values.AsSpan(0, list.Count));
                return;
            default:
                throw new UnreachableException();
        }
    }
}
