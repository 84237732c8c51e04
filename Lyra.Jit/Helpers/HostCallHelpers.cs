using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Parts of calls of the host's delegates, which emitted code calls. The call raises their exceptions; see
/// <see cref="Regions.EntryScope"/>.
/// </summary>
internal static class HostCallHelpers
{
    /// <summary>The method of this class with a name.</summary>
    public static MethodInfo Method(string name) => typeof(HostCallHelpers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    internal static Value CallHandler(ScriptContext context, NativeFunction handler, ref Value arguments, int count) =>
        handler(context, NativeArguments.Span(ref arguments, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LyraValue NumberForHost(object? reference, long bits) => new(new Value(reference, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LyraValue ValueForHost(object? reference, long bits, ScriptContext context)
    {
        Value value = new(reference, bits);
        EngineBoundary.Exit(context, value);
        return new LyraValue(value);
    }

    /// <summary>The result of a delegate, charged: the host may have made it for this call.</summary>
    internal static Value ValueFromHost(ScriptContext context, LyraValue value) => HostWriter.Write(value, context);

    /// <summary>The value of an object or text that a delegate has returned, if it is kept; otherwise null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static object? FindResult(ScriptContext context, object? result, HostObject? owner, bool isProperty) =>
        HostWriter.FindResult(result, context, owner, isProperty);

    /// <summary>The value of an object or text that a delegate has returned, charged.</summary>
    internal static Value MakeResult(ScriptContext context, object result, HostObject? owner, bool isProperty) =>
        HostWriter.WriteResult(result, context, owner, isProperty);

    /// <summary>The same where the region can exit instead, because the delegate may be called again.</summary>
    internal static Value TryMakeResult(ScriptContext context, object result, HostObject? owner, bool isProperty) =>
        TryWrite(result, context, owner, isProperty);

    /// <summary>The value of a .NET struct that a delegate has returned, charged.</summary>
    internal static Value MakeStruct<T>(T result, ScriptContext context, bool isProperty) =>
        HostWriter.WriteResult(result, context, null, isProperty);

    /// <summary>The same where the region can exit instead.</summary>
    internal static Value TryMakeStruct<T>(T result, ScriptContext context, bool isProperty) => TryWrite(result, context, null, isProperty);

    /// <summary>The object for a decimal whose memory is charged.</summary>
    internal static object DecimalObject(decimal value) => HostDecimal.Make(value).Ref!;

    /// <summary>Charges the object for a decimal; false where that reaches a limit.</summary>
    internal static bool TryChargeDecimal(ScriptContext context) => context.TryChargeMemory(HostObject.Bytes);

    /// <summary>The value of a decimal, charged.</summary>
    internal static Value TryMakeDecimal(decimal result, ScriptContext context) =>
        context.TryChargeMemory(HostObject.Bytes) ? HostDecimal.Make(result) : GuardedCalls.Exit;

    /// <summary>The value of a struct that <see cref="HostPlainValues"/> covers, which never fails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value MakePlain<T>(T result)
        where T : struct => HostPlainValues.WriteNullable<T>(result);

    /// <summary>The same for one of them or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value MakePlainOrNil<T>(T? result)
        where T : struct => HostPlainValues.WriteNullable(result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T? Null<T>()
        where T : struct => null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T? OrNull<T>(T value)
        where T : struct => value;

    private static Value TryWrite<T>(T result, ScriptContext context, HostObject? owner, bool isProperty)
    {
        GuardedCalls.Account account = new(context);
        try
        {
            return HostWriter.WriteResult(result, context, owner, isProperty);
        }
        catch (Exception)
        {
            // Any exception: the delegate only reads, so the interpreter calls it again and raises the error.
            return account.TakeBack();
        }
    }
}
