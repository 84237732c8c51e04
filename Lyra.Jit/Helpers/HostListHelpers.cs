using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>
/// What emitted code calls for lists of the host of any elements, where several types were recorded: rows of the table of
/// <see cref="RegionHelpers"/>. A guard has found the class; the casts are checked all the same. So tests and counts accept any value, and
/// may leave a loop in which nothing of the host runs.
/// </summary>
internal static class HostListHelpers
{
    public static readonly RegionHelper IsHostList = Add(HostListRows.Testing(nameof(IsItems), typeof(HostListHelpers)));

    public static readonly RegionHelper HostListCount =
        Add(HostListRows.Reading(nameof(CountItems), typeof(HostListHelpers), IrType.Int));

    /// <summary>An element; the index is inside. It exits where the conversion fails or reaches a limit.</summary>
    public static readonly RegionHelper HostListGet = Add(HostListRows.Converting(nameof(ReadItem), typeof(HostListHelpers)));

    /// <summary>Stores an element; the index is inside. It exits where the list takes no such value.</summary>
    public static readonly RegionHelper HostListSet = Add(HostListRows.Storing(nameof(WriteItem), typeof(HostListHelpers)) with
    {
        Effects = RegionHelpers.Charges,
        Reads = RegionHelpers.Contents,
    });

    internal static bool IsItems(object? reference, long bits) => reference is HostItems;

    internal static long CountItems(object? reference, long bits) => (reference as HostItems)?.Count ?? 0;

    /// <summary>Reads an element whose value may have to be made.</summary>
    internal static Value ReadItem(ScriptContext context, object? reference, long bits, long index)
    {
        Value at = Value.FromInt(index);
        return RegionHelpers.GetIndex(context, reference, bits, at.Ref, at.Bits);
    }

    internal static bool WriteItem(ScriptContext context, object? reference, long bits, long index, object? item, long itemBits)
    {
        Value at = Value.FromInt(index);
        return RegionHelpers.SetIndex(context, reference, bits, at.Ref, at.Bits, item, itemBits);
    }

    private static RegionHelper Add(RegionHelper row) => RegionHelpers.Index.Add(row);
}
