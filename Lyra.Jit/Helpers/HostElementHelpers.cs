using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>What emitted code calls for lists of the host with elements of one .NET type. The CLR inlines it.</summary>
internal static class HostElementHelpers<T>
{
    public static readonly RegionHelper IsList = HostListRows.Testing(nameof(IsItems), typeof(HostElementHelpers<T>));

    public static readonly RegionHelper Count = HostListRows.Reading(nameof(CountItems), typeof(HostElementHelpers<T>), IrType.Int);

    public static readonly RegionHelper Get = HostListRows.Converting(nameof(ReadItem), typeof(HostElementHelpers<T>));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsItems(object? reference, long bits) => reference is HostItems<T>;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long CountItems(object? reference, long bits) => reference is HostItems<T> list ? list.Count : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value ReadItem(ScriptContext context, object? reference, long bits, long index) =>
        reference is HostItems<T> list && list.TryPeek(context, (int)index, out Value value) ? value
            : HostListHelpers.ReadItem(context, reference, bits, index);
}

/// <summary>The elements are ints of any size.</summary>
internal static class HostIntHelpers<T>
    where T : struct, IBinaryInteger<T>
{
    public static readonly RegionHelper Get = HostListRows.Reading(nameof(ReadInt), typeof(HostIntHelpers<T>), IrType.Int) with
    {
        Range = HostCall.IntervalOf(typeof(T)),
    };

    public static readonly RegionHelper Set = HostListRows.Storing(nameof(WriteInt), typeof(HostIntHelpers<T>));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long ReadInt(object? reference, long bits, long index) =>
        reference is HostItems<T> list ? long.CreateTruncating(list.Read(index)) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteInt(object? reference, long bits, long index, long value) =>
        (reference as HostItems<T>)?.Write(index, T.CreateTruncating(value));
}

/// <summary>The elements are floats of 32 or 64 bits.</summary>
internal static class HostFloatHelpers<T>
    where T : struct, IFloatingPoint<T>
{
    public static readonly RegionHelper Get = HostListRows.Reading(nameof(ReadFloat), typeof(HostFloatHelpers<T>), IrType.Float);

    public static readonly RegionHelper Set = HostListRows.Storing(nameof(WriteFloat), typeof(HostFloatHelpers<T>));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ReadFloat(object? reference, long bits, long index) =>
        reference is HostItems<T> list ? double.CreateTruncating(list.Read(index)) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteFloat(object? reference, long bits, long index, double value) =>
        (reference as HostItems<T>)?.Write(index, T.CreateTruncating(value));
}
