using System;
using System.Collections.Generic;
using System.Numerics;

namespace Lyra.Runtime.HostTypes;

/// <summary>
/// The implicit conversions of C# between .NET types, by which C# compares the parameters of overloads: an overload whose parameter
/// converts to that of another one, and not the other way round, is the more specific one.
/// </summary>
/// <remarks>
/// Of the conversions that types define themselves, those of the platform's numbers and dates count, and that of everything to
/// <see cref="LyraValue"/>. Others would have to be found by reflection, which trimmed programs can't.
/// </remarks>
internal static class ImplicitConversions
{
    private static readonly Type[] Fractional = [typeof(float), typeof(double), typeof(decimal)];

    private static readonly Type[] Wide = [typeof(Int128), typeof(BigInteger), .. Fractional];

    private static readonly Type[] WideUnsigned = [typeof(UInt128), .. Wide];

    /// <summary>For each number type the types that it converts to.</summary>
    private static readonly Dictionary<Type, Type[]> OfNumbers = new()
    {
        [typeof(sbyte)] = [typeof(short), typeof(int), typeof(long), typeof(nint), typeof(Half), .. Wide],
        [typeof(byte)] =
        [
            typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint),
            typeof(Half), .. WideUnsigned,
        ],
        [typeof(short)] = [typeof(int), typeof(long), typeof(nint), .. Wide],
        [typeof(ushort)] =
            [typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint), .. WideUnsigned],
        [typeof(char)] =
            [typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint), .. WideUnsigned],
        [typeof(int)] = [typeof(long), typeof(nint), .. Wide],
        [typeof(uint)] = [typeof(long), typeof(ulong), typeof(nuint), .. WideUnsigned],
        [typeof(nint)] = [typeof(long), .. Wide],
        [typeof(nuint)] = [typeof(ulong), .. WideUnsigned],
        [typeof(long)] = Wide,
        [typeof(ulong)] = WideUnsigned,
        [typeof(Int128)] = [typeof(BigInteger)],
        [typeof(UInt128)] = [typeof(BigInteger)],
        [typeof(float)] = [typeof(double)],
        [typeof(DateTime)] = [typeof(DateTimeOffset)],
    };

    private static readonly Dictionary<Type, Type[]> UnsignedOf = new()
    {
        [typeof(sbyte)] = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)],
        [typeof(short)] = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)],
        [typeof(int)] = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)],
        [typeof(long)] = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)],
    };

    /// <summary>Whether a parameter of one type is more specific than one of another type.</summary>
    public static bool IsBetter(Type type, Type other) =>
        (Exists(type, other) && !Exists(other, type)) || IsSignedOf(type, other);

    private static bool Exists(Type from, Type to)
    {
        if (to == typeof(LyraValue))
        {
            return from != typeof(object);
        }

        if (Nullable.GetUnderlyingType(from) is { } given)
        {
            return Nullable.GetUnderlyingType(to) is { } wanted ? ExistsToValue(given, wanted) : to.IsAssignableFrom(given);
        }

        return to.IsAssignableFrom(from) || ExistsToValue(from, Nullable.GetUnderlyingType(to) ?? to);
    }

    private static bool ExistsToValue(Type from, Type to) =>
        from == to || (OfNumbers.TryGetValue(from, out Type[]? targets) && Array.IndexOf(targets, to) >= 0);

    /// <summary>C# prefers a signed integer to an unsigned one to which it does not convert.</summary>
    private static bool IsSignedOf(Type type, Type other) =>
        UnsignedOf.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out Type[]? unsigned)
        && Array.IndexOf(unsigned, Nullable.GetUnderlyingType(other) ?? other) >= 0
        && !Exists(other, type);
}
