using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// What emitted code calls for lists of the host of any elements, where several types were recorded: rows of the table of
/// <see cref="RegionHelpers"/>. A guard has found the class; the casts are checked all the same. So tests and counts accept any value, and
/// may leave a loop in which nothing of the host runs.
/// </summary>
internal static class HostListHelpers
{
    [RegionHelper(IrType.Bool, Pure, IsTotal = true)]
    internal static bool IsItems(object? reference, long bits) => reference is HostItems;

    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.HostElements, IsTotal = true)]
    internal static long CountItems(object? reference, long bits) => (reference as HostItems)?.Count ?? 0;

    /// <summary>
    /// Reads an element, whose value may have to be made; the index is inside. Exits where the conversion fails or reaches a limit.
    /// </summary>
    [RegionHelper(IrType.Any, Computes, Reads = IrMemory.HostElements)]
    internal static Value ReadItem(ScriptContext context, object? reference, long bits, long index)
    {
        Value at = Value.FromInt(index);
        return ListHelpers.GetIndex(context, reference, bits, at.Ref, at.Bits);
    }

    /// <summary>Stores an element; the index is inside. It exits where the list takes no such value.</summary>
    [RegionHelper(IrType.None, Charges, Reads = Contents, Writes = IrMemory.HostElements)]
    internal static bool WriteItem(ScriptContext context, object? reference, long bits, long index, object? item, long itemBits)
    {
        Value at = Value.FromInt(index);
        return ListHelpers.SetIndex(context, reference, bits, at.Ref, at.Bits, item, itemBits);
    }
}
