using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// What emitted code calls for dictionaries and sets of the host whose members run none of the host's code: rows of the table of
/// <see cref="RegionHelpers"/>. So an access that fails may be repeated by the interpreter, which raises the error.
/// </summary>
internal static class HostTableHelpers
{
    [RegionHelper(IrType.Any, Computes, Reads = IrMemory.HostElements)]
    internal static Value ReadEntry(ScriptContext context, object? reference, long bits, object? key, long keyBits) =>
        reference is HostMap map && map.TryPeek(new Value(key, keyBits), out _, out Value value) ? value
            : ListHelpers.GetIndex(context, reference, bits, key, keyBits);

    /// <summary><c>item in container</c> as a value that is a bool; the container comes first.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = IrMemory.HostElements)]
    internal static Value HasEntry(ScriptContext context, object? reference, long bits, object? key, long keyBits) =>
        reference is HostMap map && map.TryPeek(new Value(key, keyBits), out bool found, out _) ? Value.FromBool(found)
            : ListHelpers.ContainsItem(context, reference, bits, key, keyBits);

    [RegionHelper(IrType.Bool, Pure, IsTotal = true)]
    internal static bool IsPlainTable(object? reference, long bits) => reference is HostCollection { IsPlainTable: true };
}
