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
                Array.Reverse(list.Ints, 0, list.Count);
                return;
            case ListStrategy.Floats:
                Array.Reverse(list.Floats, 0, list.Count);
                return;
            case ListStrategy.Bools:
                Array.Reverse(list.Bools, 0, list.Count);
                return;
            case ListStrategy.Empty or ListStrategy.Values:
                Array.Reverse(list.Values, 0, list.Count);
                return;
            default:
                throw new UnreachableException();
        }
    }
}
