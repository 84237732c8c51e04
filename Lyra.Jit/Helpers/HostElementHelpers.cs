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

/// <summary>The elements are numbers.</summary>
/// <typeparam name="T">Their .NET type.</typeparam>
/// <typeparam name="TNumber">Their representation: <see langword="long"/> or <see langword="double"/>.</typeparam>
internal static class HostNumberHelpers<T, TNumber>
    where T : struct, INumberBase<T>
    where TNumber : struct, INumberBase<TNumber>
{
    public static readonly RegionHelper Get = HostListRows.Reading(
        nameof(ReadNumber), typeof(HostNumberHelpers<T, TNumber>), typeof(TNumber) == typeof(long) ? IrType.Int : IrType.Float) with
    {
        Range = HostCall.IntervalOf(typeof(T)),
    };

    public static readonly RegionHelper Set = HostListRows.Storing(nameof(WriteNumber), typeof(HostNumberHelpers<T, TNumber>));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TNumber ReadNumber(object? reference, long bits, long index) =>
        reference is HostItems<T> list ? TNumber.CreateTruncating(list.Read(index)) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteNumber(object? reference, long bits, long index, TNumber value) =>
        (reference as HostItems<T>)?.Write(index, T.CreateTruncating(value));
}
