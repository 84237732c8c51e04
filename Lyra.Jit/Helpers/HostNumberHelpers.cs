using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Helpers;

/// <summary>
/// What emitted code calls for lists of numbers of the host: rows of the table of <see cref="RegionHelpers"/>. A guard has found the class;
/// the casts are checked all the same, which costs a comparison. So all but the stores accept any value, and may leave a loop in which
/// nothing of the host runs.
/// </summary>
internal static class HostNumberHelpers
{
    public static readonly RegionHelper IsHostInts = Reading(nameof(AreHostInts), IrType.Bool, IrMemory.None);

    public static readonly RegionHelper IsHostFloats = Reading(nameof(AreHostFloats), IrType.Bool, IrMemory.None);

    public static readonly RegionHelper HostIntCount = Reading(nameof(CountHostInts), IrType.Int);

    public static readonly RegionHelper HostFloatCount = Reading(nameof(CountHostFloats), IrType.Int);

    /// <summary>An int; the index is inside.</summary>
    public static readonly RegionHelper HostIntAt = Reading(nameof(ReadHostInt), IrType.Int);

    /// <summary>A float; the index is inside.</summary>
    public static readonly RegionHelper HostFloatAt = Reading(nameof(ReadHostFloat), IrType.Float);

    /// <summary>Stores an int; the index is inside.</summary>
    public static readonly RegionHelper SetHostInt = Storing(nameof(WriteHostInt));

    /// <summary>Stores a float; the index is inside.</summary>
    public static readonly RegionHelper SetHostFloat = Storing(nameof(WriteHostFloat));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreHostInts(object? reference, long bits) => reference is HostNumbers<long>;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool AreHostFloats(object? reference, long bits) => reference is HostNumbers<double>;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountHostInts(object? reference, long bits) => (reference as HostNumbers<long>)?.Count ?? 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountHostFloats(object? reference, long bits) => (reference as HostNumbers<double>)?.Count ?? 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long ReadHostInt(object? reference, long bits, long index) => (reference as HostNumbers<long>)?.Read(index) ?? 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ReadHostFloat(object? reference, long bits, long index) =>
        (reference as HostNumbers<double>)?.Read(index) ?? 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteHostInt(object? reference, long bits, long index, long value) =>
        (reference as HostNumbers<long>)?.Write(index, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteHostFloat(object? reference, long bits, long index, double value) =>
        (reference as HostNumbers<double>)?.Write(index, value);

    private static RegionHelper Reading(string name, IrType result, IrMemory reads = IrMemory.HostElements) =>
        RegionHelpers.Index.Add(
            new RegionHelper(name, typeof(HostNumberHelpers), result, IrEffects.None, reads, IrMemory.None, IsTotal: true));

    private static RegionHelper Storing(string name) => RegionHelpers.Index.Add(
        new RegionHelper(name, typeof(HostNumberHelpers), IrType.None, IrEffects.None, IrMemory.None, IrMemory.HostElements));
}
