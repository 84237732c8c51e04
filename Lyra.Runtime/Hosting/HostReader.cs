using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Reads script values as .NET types. Common types are read without boxing (the comparisons of <c>typeof</c> fold away in compiled
/// code); each other type has a converter, see <see cref="HostConverters"/>.
/// </summary>
internal static class HostReader
{
    private const int MaxShownBits = 256;

    /// <summary>
    /// Reads a value as a .NET type; returns false when it can't be converted. <paramref name="context"/> is the current run, if any:
    /// copies are charged to it, and procs that belong to no engine are called through its engine.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead<T>(in Value value, ScriptContext? context, [MaybeNullWhen(false)] out T result)
    {
        if (typeof(T) == typeof(LyraValue))
        {
            Exit(context, value);
            return Reinterpret(new LyraValue(value), out result);
        }

        if (typeof(T) == typeof(long) && value.IsInt)
        {
            return Reinterpret(value.AsInt, out result);
        }

        if (typeof(T) == typeof(int) && value.IsInt && value.AsInt == (int)value.AsInt)
        {
            return Reinterpret((int)value.AsInt, out result);
        }

        if (typeof(T) == typeof(double) && (value.IsFloat || value.IsInt))
        {
            return Reinterpret(value.IsFloat ? value.AsFloat : value.AsInt, out result);
        }

        if (typeof(T) == typeof(float) && (value.IsFloat || value.IsInt))
        {
            return Reinterpret((float)(value.IsFloat ? value.AsFloat : value.AsInt), out result);
        }

        if (typeof(T) == typeof(bool) && value.IsBool)
        {
            return Reinterpret(value.AsBool, out result);
        }

        if (typeof(T) == typeof(string) && value.Ref is ScriptString text)
        {
            return Reinterpret(text.Text, out result);
        }

        return TryReadAny(value, context, out result);
    }

    /// <summary>Reads a value as a .NET type, boxed; returns false when it can't be converted.</summary>
    public static bool TryRead(in Value value, Type type, ScriptContext? context, out object? result)
    {
        Exit(context, value);
        if (value.Ref is HostObject host && type != typeof(LyraValue))
        {
            return TryReadHost(host, type, out result);
        }

        if (value.Ref is HostCollection { Source: var source } && type.IsInstanceOfType(source))
        {
            result = source;
            return true;
        }

        if (context is null && ConversionContext.IsNeededFor(value))
        {
            return ConversionContext.TryRead(value, type, out result);
        }

        return context is not (null or DetachedContext or { Copy.IsInProgress: true }) && ConversionContext.IsNeededFor(value)
            ? TryCopy(value, type, context, out result)
            : TryConvert(value, type, context, out result);
    }

    /// <summary>
    /// Reads an argument of a call of the host, whose copies exist until the call. They count together.
    /// </summary>
    /// <param name="value">The argument.</param>
    /// <param name="context">The run.</param>
    /// <param name="isFirst">Whether no argument of the call was read before.</param>
    /// <param name="result">The value for the host.</param>
    public static bool TryReadArgument<T>(in Value value, ScriptContext context, bool isFirst, out T? result)
    {
        context.Copy?.BeginArgument(isFirst);
        bool isRead = TryRead(value, context, out result);
        context.Copy?.EndArgument();
        return isRead;
    }

    /// <inheritdoc cref="TryReadArgument{T}(in Value, ScriptContext, bool, out T)"/>
    public static bool TryReadArgument(in Value value, Type type, ScriptContext context, bool isFirst, out object? result)
    {
        context.Copy?.BeginArgument(isFirst);
        bool isRead = TryRead(value, type, context, out result);
        context.Copy?.EndArgument();
        return isRead;
    }

    /// <summary>Copies a container within a run. What is allocated counts as held by the script until the copy is complete.</summary>
    private static bool TryCopy(in Value value, Type type, ScriptContext context, out object? result)
    {
        int protectedCount = context.ProtectedCount;
        CopyUnderConstruction copy = context.Copy ??= new CopyUnderConstruction();
        copy.Begin();
        context.Protect(copy);
        try
        {
            return TryConvert(value, type, context, out result);
        }
        finally
        {
            copy.IsInProgress = false;
            context.UnprotectTo(protectedCount);
        }
    }

    private static bool TryConvert(in Value value, Type type, ScriptContext? context, out object? result) =>
        HostConverters.For(type)(
            value.Ref is HostCollection collection && type != typeof(LyraValue) ? collection.Copy(context!) : value, context, out result);

    /// <summary>Reads a value as a .NET type, for the host.</summary>
    /// <exception cref="InvalidCastException">It can't be converted.</exception>
    public static T ReadResult<T>(in Value value) => TryRead(value, null, out T? result) ? result! : throw Mismatch(value, typeof(T));

    /// <summary>Returns the exception for a value that can't be read as a type.</summary>
    public static InvalidCastException Mismatch(in Value value, Type type)
    {
        string? reason = HostRecords.For(type)?.Explain(value);
        string? hint = HostRecords.HintFor(type);
        return value.IsAnyInt && IsInteger(type)
            ? new InvalidCastException($"The int {IntText(value)} is outside the range of the .NET type {type}.")
            : new InvalidCastException($"A script value of type {Throw.TypeName(value)} can't be converted to the .NET type {type}"
                + $"{(reason is null ? string.Empty : ": ")}{reason}.{(hint is null ? string.Empty : " ")}{hint}");
    }

    /// <summary>The error for a script's value that the host can't take: ValueError for an int out of range, otherwise TypeError.</summary>
    /// <param name="subject">What the value is for the host: <c>argument 'x' of f</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The .NET type that the host expects.</param>
    public static ScriptErrorException Refused(string subject, in Value value, Type type)
    {
        if (value.IsAnyInt && ScriptTypes.NameOf(type) == "int")
        {
            return Throw.ValueError($"{subject} is {IntText(value)}, outside the range of the host's {ScriptTypes.Plain(type).Name}");
        }

        if (HostRecords.For(type)?.Explain(value) is { } reason)
        {
            return Throw.TypeError($"{subject} does not fit the host's {ScriptTypes.HostName(type)}: {reason}");
        }

        string given = Throw.TypeName(value);
        return Throw.TypeError(given == ScriptTypes.NameOf(ScriptTypes.Plain(type))
            ? $"{subject} is a {given} that does not fit the host's {ScriptTypes.HostName(type)}"
            : $"{subject} must be {ScriptTypes.NameOf(type)}, not {given}");
    }

    /// <summary>Returns an int as text for a message; one with very many digits is not printed.</summary>
    private static string IntText(in Value value)
    {
        BigInteger big = value.AsBig;
        return big.GetBitLength() > MaxShownBits ? "(a huge int)" : big.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reinterprets a TFrom as T, which must be the same type. A cast through <c>object</c> might allocate.</summary>
    private static bool Reinterpret<TFrom, T>(TFrom value, out T result)
    {
        result = Unsafe.As<TFrom, T>(ref value);
        return true;
    }

    private static bool TryReadAny<T>(in Value value, ScriptContext? context, [MaybeNullWhen(false)] out T result)
    {
        if (value.Ref is HostObject host)
        {
            return TryReadHost(host, out result);
        }

        if (value.Ref is HostCollection { Source: T source })
        {
            result = source;
            return true;
        }

        if (TryRead(value, typeof(T), context, out object? boxed))
        {
            result = (T)boxed!;
            return true;
        }

        result = default;
        return false;
    }

    /// <summary>The target of an object of the host; a copy of one that is a .NET struct.</summary>
    private static bool TryReadHost<T>(HostObject host, [MaybeNullWhen(false)] out T result)
    {
        if (host is HostObject<T> exact)
        {
            result = exact.Value!;
            return true;
        }

        bool fits = TryReadHost(host, typeof(T), out object? target);
        result = fits ? (T)target! : default;
        return fits;
    }

    private static bool TryReadHost(HostObject host, Type type, out object? result)
    {
        result = host.Target;
        if (type == typeof(DateTime) && result is DateTimeOffset moment)
        {
            result = moment.UtcDateTime;
            return true;
        }

        return type.IsInstanceOfType(result)
            || (result is decimal exact && type != typeof(decimal) && HostConverters.For(type)(NumberOf(exact), null, out result));
    }

    /// <summary>A decimal as an int, if it is whole, or as a float, for a .NET type that is no decimal.</summary>
    private static Value NumberOf(decimal value) =>
        value == decimal.Truncate(value) ? Value.FromBig(new BigInteger(value)) : Value.FromFloat((double)value);

    /// <summary>Outside a run there is nothing to do: the host got the value before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exit(ScriptContext? context, in Value value)
    {
        if (context is not null)
        {
            EngineBoundary.Exit(context, value);
        }
    }

    private static bool IsInteger(Type type) =>
        (Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.UInt64)
        || type == typeof(nint) || type == typeof(nuint) || type == typeof(Int128) || type == typeof(UInt128);
}
