using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

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
        RegionHelpers.Index.Add(HostListRows.Converting(nameof(RegionHelpers.GetIndex), typeof(RegionHelpers)));

    public static readonly RegionHelper HostTableSet = RegionHelpers.Index.Add(
        HostListRows.Storing(nameof(RegionHelpers.SetIndex), typeof(RegionHelpers)) with
        {
            Effects = RegionHelpers.Charges,
            Reads = RegionHelpers.Contents,
        });

    internal static bool IsPlainTable(object? reference, long bits) => reference is HostCollection { IsPlainTable: true };
}
