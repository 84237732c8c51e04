using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
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

    /// <summary><c>item in container</c> as a value that is a bool; the container comes first.</summary>
    public static readonly RegionHelper HostTableHas = RegionHelpers.Index.Add(
        HostListRows.Converting(nameof(HasEntry), typeof(HostTableHelpers)) with { Effects = RegionHelpers.Charges });

    public static readonly RegionHelper HostTableSet = RegionHelpers.Index.Add(
        HostListRows.Storing(nameof(RegionHelpers.SetIndex), typeof(RegionHelpers)) with
        {
            Effects = RegionHelpers.Charges,
            Reads = RegionHelpers.Contents,
        });

    internal static Value ReadEntry(ScriptContext context, object? reference, long bits, object? key, long keyBits) =>
        reference is HostMap map && map.TryPeek(new Value(key, keyBits), out _, out Value value) ? value
            : RegionHelpers.GetIndex(context, reference, bits, key, keyBits);

    internal static Value HasEntry(ScriptContext context, object? reference, long bits, object? key, long keyBits) =>
        reference is HostMap map && map.TryPeek(new Value(key, keyBits), out bool found, out _) ? Value.FromBool(found)
            : RegionHelpers.ContainsItem(context, reference, bits, key, keyBits);

    internal static bool IsPlainTable(object? reference, long bits) => reference is HostCollection { IsPlainTable: true };
}
