using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>
/// What emitted code calls for dictionaries and sets of the host whose members run none of the host's code: rows of the table of
/// <see cref="RegionHelpers"/>. So an access that fails may be repeated by the interpreter, which raises the error.
/// </summary>
internal static class HostTableHelpers
{
    public static readonly RegionHelper IsHostTable =
        RegionHelpers.Index.Add(HostListRows.Testing(nameof(IsPlainTable), typeof(HostTableHelpers)));

    public static readonly RegionHelper HostTableGet =
        RegionHelpers.Index.Add(HostListRows.Converting(nameof(ReadEntry), typeof(HostTableHelpers)));

    public static readonly RegionHelper HostTableHas =
        RegionHelpers.Index.Add(HostListRows.Converting(nameof(HasEntry), typeof(HostTableHelpers)));

    public static readonly RegionHelper HostTableSet = RegionHelpers.Index.Add(
        HostListRows.Converting(nameof(WriteEntry), typeof(HostTableHelpers)) with
        {
            Result = IrType.None,
            Writes = IrMemory.HostElements,
        });

    internal static bool IsPlainTable(object? reference, long bits) => reference is HostCollection { IsPlainTable: true };

    internal static Value ReadEntry(ScriptContext context, object? table, long tableBits, object? key, long keyBits)
    {
        RegionHelpers.Account account = new(context);
        try
        {
            return Indexing.Get(context, new Value(table, tableBits), new Value(key, keyBits));
        }
        catch (Exception e) when (RegionHelpers.IsLeaving(e))
        {
            return account.TakeBack();
        }
    }

    internal static Value HasEntry(ScriptContext context, object? table, long tableBits, object? key, long keyBits) =>
        RegionHelpers.ContainsItem(context, table, tableBits, key, keyBits);

    internal static bool WriteEntry(
        ScriptContext context, object? table, long tableBits, object? key, long keyBits, object? value, long bits) =>
        RegionHelpers.SetIndex(context, table, tableBits, key, keyBits, value, bits);
}
