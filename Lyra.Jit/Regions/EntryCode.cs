using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>Calls a proc's code with arguments from the interpreter's register stack.</summary>
/// <param name="context">The engine's context.</param>
/// <param name="stack">The interpreter's register stack.</param>
/// <param name="origin">Where the registers of the proc's frame begin, with the arguments in the first ones.</param>
/// <param name="closure">What the frame runs.</param>
/// <param name="framesLeft">As <see cref="EntryCode{TResult}"/> takes it.</param>
/// <param name="result">The result of the call, if it returned.</param>
/// <returns>Whether the arguments had the representations that the code expects; otherwise nothing was called.</returns>
internal delegate bool EntryBridge(ScriptContext context, Value[] stack, int origin, Closure closure, int framesLeft, ref Value result);

/// <summary>
/// A compiled proc, bound to its <see cref="RegionData"/>. An int, float or bool is passed unboxed, an object of a known class as that
/// class, any other value as the two fields of a <see cref="Value"/>.
/// </summary>
/// <param name="context">The engine's context.</param>
/// <param name="framesLeft">Frames that may be pushed above the callee's, less <see cref="EntryCodes.Reserve"/>.</param>
/// <returns>The result; without meaning if <see cref="RegionState.IsUnwinding"/> is set afterwards.</returns>
internal delegate TResult EntryCode<out TResult>(ScriptContext context, int framesLeft);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, out TResult>(ScriptContext context, int framesLeft, T1 v1);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, out TResult>(ScriptContext context, int framesLeft, T1 v1, T2 v2);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, out TResult>(ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7, T8 v8);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7, T8 v8, T9 v9);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7, T8 v8, T9 v9, T10 v10);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7, T8 v8, T9 v9, T10 v10, T11 v11);

/// <inheritdoc cref="EntryCode{TResult}"/>
internal delegate TResult EntryCode<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, out TResult>(
    ScriptContext context, int framesLeft, T1 v1, T2 v2, T3 v3, T4 v4, T5 v5, T6 v6, T7 v7, T8 v8, T9 v9, T10 v10, T11 v11, T12 v12);

/// <summary>The delegate types of compiled procs.</summary>
internal static class EntryCodes
{
    /// <summary>
    /// Frames that remain when a stack check fails: enough for the calls inlined in the region, for a callee without a stack check, and for
    /// the calls inlined in that one.
    /// </summary>
    public const int Reserve = 32;

    /// <summary>The most parameters behind those that all delegate types have.</summary>
    public const int MaxParameters = 12;

    private static readonly Type[] Definitions =
    [
        typeof(EntryCode<>),
        typeof(EntryCode<,>),
        typeof(EntryCode<,,>),
        typeof(EntryCode<,,,>),
        typeof(EntryCode<,,,,>),
        typeof(EntryCode<,,,,,>),
        typeof(EntryCode<,,,,,,>),
        typeof(EntryCode<,,,,,,,>),
        typeof(EntryCode<,,,,,,,,>),
        typeof(EntryCode<,,,,,,,,,>),
        typeof(EntryCode<,,,,,,,,,,>),
        typeof(EntryCode<,,,,,,,,,,,>),
        typeof(EntryCode<,,,,,,,,,,,,>),
    ];

    /// <summary>The delegate type for a signature.</summary>
    /// <exception cref="BuildAbortException">It has more parameters than there are types for.</exception>
    public static Type TypeFor(EntrySignature signature)
    {
        List<Type> types = [];
        foreach (EntryArgument argument in signature.Arguments)
        {
            types.Add(ClassOf(argument.Representation));
            if (argument.Representation.Type == IrType.Any)
            {
                types.Add(typeof(long));
            }
        }

        return types.Count <= MaxParameters
            ? TypeOf(types, ResultClassOf(signature.Result))
            : throw new BuildAbortException(AbortReason.TooLarge, $"{types.Count} parameters");
    }

    /// <summary>The delegate type with these parameters, at most <see cref="MaxParameters"/>, behind those that all have.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The delegate types require nothing of their type arguments.")]
    public static Type TypeOf(List<Type> parameters, Type result) => RuntimeFeature.IsDynamicCodeSupported
        ? Definitions[parameters.Count].MakeGenericType([.. parameters, result])
        : throw DynamicCode.Missing();

    /// <summary>The CLR type of an argument; of an Any, the type of its reference.</summary>
    public static Type ClassOf(Representation representation) => representation.Type == IrType.Struct
        ? StructObject.ClassFor(representation.Shape!.Fields.Length)
        : IrTypes.ClrType(representation.Type);

    /// <summary>The CLR type of a result. A proc that always returns nil has a bool without meaning.</summary>
    public static Type ResultClassOf(Representation? result) => result is not { } known ? typeof(bool)
        : known.Type == IrType.Any ? typeof(Value) : ClassOf(known);
}
