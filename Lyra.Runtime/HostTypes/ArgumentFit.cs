using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.HostTypes;

/// <summary>
/// How well an argument fits a parameter, apart from how specific its type is: a rank. Of parameters with the same rank, the more specific
/// one fits better (<see cref="ImplicitConversions"/>).
/// </summary>
internal static class ArgumentFit
{
    /// <summary>The host would refuse the argument.</summary>
    public const int None = 0;

    /// <summary>The parameter gets a copy, or a value made of a text, where another one could get the argument as it is.</summary>
    private const int Copied = 1;

    private const int Converted = 2;

    /// <summary>The type is the second one for values of this kind: for an int beyond 64 bits any integer type, and as below.</summary>
    private const int Near = 3;

    /// <summary>The type is that of the argument: long for an int, double for a float.</summary>
    private const int Exact = 4;

    /// <summary>The rank of an argument.</summary>
    /// <param name="context">The run.</param>
    /// <param name="value">The argument.</param>
    /// <param name="parameter">The type of the parameter.</param>
    /// <exception cref="ScriptErrorException">A copy that shows whether the argument fits would exceed a limit.</exception>
    public static int Of(ScriptContext context, in Value value, Type parameter)
    {
        if (IsAny(parameter))
        {
            return Converted;
        }

        switch (value.Ref)
        {
            case null when value.IsNil:
                return !parameter.IsValueType || Nullable.GetUnderlyingType(parameter) is not null ? Converted : None;
            case BytesObject when parameter == typeof(byte[]):
                return Exact;
            case HostObject host:
                return OfObject(host.ClrType, parameter);
            case HostCollection { Source: var source } when OfObject(source.GetType(), parameter) is > None and int rank:
                return rank;
        }

        Type type = ScriptTypes.Plain(parameter);
        return !IsRead(value, type, context) ? None
            : value.Ref is HostCollection ? Copied
            : value.Ref is BigInt ? OfBig(type)
            : OfReadable(value.Kind, parameter);
    }

    /// <summary>
    /// The rank of an argument of which the kind is known, if the host can read it; none when it certainly can't. Unknown arguments fit
    /// alike.
    /// </summary>
    public static int Of(OverloadArgument argument, Type parameter) =>
        argument.Kind is not { } kind || IsAny(parameter) ? Converted
        : argument.Class is { } given ? OfObject(given, parameter)
        : MayRead(kind, ScriptTypes.Plain(parameter)) ? OfReadable(kind, parameter)
        : None;

    private static bool IsAny(Type type) => type == typeof(object) || type == typeof(LyraValue);

    private static int OfObject(Type given, Type parameter) =>
        given == parameter ? Exact : parameter.IsAssignableFrom(given) ? Converted : None;

    /// <summary>An int beyond 64 bits: an integer type fits better than one that rounds.</summary>
    private static int OfBig(Type type) =>
        type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(ulong) || type == typeof(nuint)
            || type.IsEnum
            ? Near
            : Converted;

    private static int OfReadable(ValueKind kind, Type type) => KindInfo.Of(kind).Default switch
    {
        SlotDefault.IntZero => type == typeof(long) ? Exact : type == typeof(int) ? Near : Converted,
        SlotDefault.FloatZero => type == typeof(double) ? Exact : type == typeof(float) ? Near : Converted,
        SlotDefault.False => type == typeof(bool) ? Exact : Converted,
        SlotDefault.EmptyStr => type == typeof(string) ? Exact
            : type.IsAssignableFrom(typeof(string)) || ScriptTypes.Plain(type).IsEnum ? Converted
            : Copied,
        SlotDefault.Nil or SlotDefault.EmptyContainer => Converted,
    };

    /// <summary>
    /// Whether the host can read some value of a kind as a type. Of the types that accept an int or a float, all but enums accept a small
    /// one; what a str is read as depends on its text.
    /// </summary>
    private static bool MayRead(ValueKind kind, Type type) => KindInfo.Of(kind).Default switch
    {
        SlotDefault.False => IsRead(Value.FromBool(true), type, null),
        SlotDefault.IntZero => type.IsEnum || IsRead(Value.FromInt(1), type, null),
        SlotDefault.FloatZero => IsRead(Value.FromFloat(1), type, null) || IsRead(Value.FromFloat(0.5), type, null),
        SlotDefault.EmptyStr => type.IsAssignableFrom(typeof(string)) || type.IsEnum || type == typeof(char)
            || HostScalars.ConverterTo(type) is not null,
        SlotDefault.Nil or SlotDefault.EmptyContainer => true,
    };

    /// <summary>Whether the host can read a value as a type. The common types need no object for the result.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type.</param>
    /// <param name="context">The run; null for a number or bool.</param>
    private static bool IsRead(in Value value, Type type, ScriptContext? context)
    {
        if (type == typeof(int))
        {
            return HostReader.TryRead<int>(value, context, out _);
        }

        if (type == typeof(long))
        {
            return HostReader.TryRead<long>(value, context, out _);
        }

        if (type == typeof(double))
        {
            return HostReader.TryRead<double>(value, context, out _);
        }

        return type == typeof(string) ? value.Ref is ScriptString : HostReader.TryRead(value, type, context, out _);
    }
}
