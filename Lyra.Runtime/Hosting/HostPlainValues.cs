using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Script values of the .NET types that need neither memory nor a lookup of types, and for which there always is one: numbers up to 64
/// bits, bools, chars, the names of enums, and these or null.
/// </summary>
internal static class HostPlainValues
{
    public static bool Covers(Type type)
    {
        Type plain = ScriptTypes.Plain(type);
        return plain.IsPrimitive || plain.IsEnum;
    }

    /// <summary>
    /// Writes a value of the more frequent ones of these types; false for others. Each comparison is decided when the code for the type is
    /// made, and each <c>Unsafe.As</c> follows one for exactly that type.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite<T>(T value, out Value result)
    {
        if (typeof(T) == typeof(double))
        {
            result = Value.FromFloat(Unsafe.As<T, double>(ref value));
        }
        else if (typeof(T) == typeof(float))
        {
            result = Value.FromFloat(Unsafe.As<T, float>(ref value));
        }
        else if (typeof(T) == typeof(bool))
        {
            result = Value.FromBool(Unsafe.As<T, bool>(ref value));
        }
        else if (typeof(T) == typeof(char))
        {
            result = Value.FromObject(ScriptString.FromChar(Unsafe.As<T, char>(ref value)));
        }
        else if (typeof(T).IsValueType && typeof(T).IsEnum)
        {
            result = Value.FromObject(Enums<T>.NameOf(value));
        }
        else
        {
            return TryWriteInt(value, out result) || TryWriteNullable(value, out result);
        }

        return true;
    }

    /// <summary>A value of these types, or nil for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value WriteNullable<T>(T? value)
        where T : struct =>
        value is not { } known ? default
            : TryWrite(known, out Value result) ? result
            : HostWriter.Write(known);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteInt<T>(T value, out Value result)
    {
        if (typeof(T) == typeof(ulong))
        {
            result = Value.FromBig(Unsafe.As<T, ulong>(ref value));
            return true;
        }

        long? number = typeof(T) == typeof(int) ? Unsafe.As<T, int>(ref value)
            : typeof(T) == typeof(long) ? Unsafe.As<T, long>(ref value)
            : typeof(T) == typeof(uint) ? Unsafe.As<T, uint>(ref value)
            : typeof(T) == typeof(short) ? Unsafe.As<T, short>(ref value)
            : typeof(T) == typeof(ushort) ? Unsafe.As<T, ushort>(ref value)
            : typeof(T) == typeof(byte) ? Unsafe.As<T, byte>(ref value)
            : typeof(T) == typeof(sbyte) ? Unsafe.As<T, sbyte>(ref value)
            : null;
        result = Value.FromInt(number.GetValueOrDefault());
        return number.HasValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteNullable<T>(T value, out Value result)
    {
        if (typeof(T) == typeof(int?))
        {
            result = WriteNullable(Unsafe.As<T, int?>(ref value));
        }
        else if (typeof(T) == typeof(long?))
        {
            result = WriteNullable(Unsafe.As<T, long?>(ref value));
        }
        else if (typeof(T) == typeof(double?))
        {
            result = WriteNullable(Unsafe.As<T, double?>(ref value));
        }
        else if (typeof(T) == typeof(bool?))
        {
            result = WriteNullable(Unsafe.As<T, bool?>(ref value));
        }
        else
        {
            result = default;
            return false;
        }

        return true;
    }

    /// <summary>The number of a value of an enum; an unsigned one of 64 bits keeps its bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long NumberOf<T>(T value) => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte => Unsafe.As<T, sbyte>(ref value),
        TypeCode.Byte or TypeCode.Boolean => Unsafe.As<T, byte>(ref value),
        TypeCode.Int16 => Unsafe.As<T, short>(ref value),
        TypeCode.UInt16 or TypeCode.Char => Unsafe.As<T, ushort>(ref value),
        TypeCode.Int32 => Unsafe.As<T, int>(ref value),
        TypeCode.UInt32 => Unsafe.As<T, uint>(ref value),
        _ => Unsafe.SizeOf<T>() == sizeof(int) ? Unsafe.As<T, int>(ref value) : Unsafe.As<T, long>(ref value),
    };

    /// <summary>The enum.</summary>
    private static class Enums<T>
    {
        private static readonly HostEnum Names = HostEnum.Of(typeof(T));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ScriptString NameOf(T value) => Names.NameOf(NumberOf(value));
    }
}
