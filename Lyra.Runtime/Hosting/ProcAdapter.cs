using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Makes a proc callable as a delegate of any type with up to <see cref="Arguments.Capacity"/> parameters. The adapter is bound once; the
/// call itself allocates nothing, unless its result is a task. A cancellation token among the parameters is no argument of the proc. Works
/// without dynamic code.
/// </summary>
internal sealed partial class ProcAdapter
{
    private const string InvokeName = "Invoke";

    private readonly IScriptCaller _caller;
    private readonly Value _proc;

    /// <summary>Starts the call of a delegate that returns a task; null for other delegates.</summary>
    private readonly ProcTask? _task;

    private ProcAdapter(IScriptCaller caller, in Value proc, ProcTask? task)
    {
        _caller = caller;
        _proc = proc;
        _task = task;
    }

    /// <summary>Makes a delegate of a type that <see cref="Fits"/> accepts, when the value is a proc and its engine is known.</summary>
    public static bool TryCreate(Type type, in Value proc, ScriptContext? context, out object? result)
    {
        result = null;
        if (proc.Ref is not (Closure or NativeProc or BoundProc or Shape)
            || (EngineDirectory.CallerOf(proc) ?? context?.Host.Caller) is not { } caller)
        {
            return false;
        }

        result = Create(type, proc, caller);
        return true;
    }

    /// <summary>Whether a proc can become a delegate of the type.</summary>
    public static bool Fits(Type type) => type.GetMethod(InvokeName) is { } invoke
        && invoke.GetParameters().Length <= Arguments.Capacity && !Array.Exists(SignatureOf(invoke), IsByRefOrPointer)
        && Array.FindAll(invoke.GetParameters(), static p => p.ParameterType == typeof(CancellationToken)).Length <= 1;

    /// <exception cref="ArgumentException">The delegate type has too many parameters, or one that no script value converts to.</exception>
    public static Delegate Create(Type type, in Value proc, IScriptCaller caller)
    {
        if (!Fits(type))
        {
            throw new ArgumentException(
                $"A proc can't be converted to {type}: the delegate may have at most {Arguments.Capacity} parameters, none by reference, "
                    + $"no pointers or spans, and one CancellationToken.",
                nameof(type));
        }

        MethodInfo invoke = type.GetMethod(InvokeName)!;
        bool isAction = invoke.ReturnType == typeof(void);
        int count = invoke.GetParameters().Length;
        Type[] types = SignatureOf(invoke);
        ProcTask? task = isAction ? null : ProcTask.For(invoke.ReturnType);
        MethodInfo method = typeof(ProcAdapter).GetMethod(
            (isAction ? "Action" : task is null ? "Func" : "Async") + count, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return (method.IsGenericMethodDefinition ? method.MakeGenericMethod(types) : method)
            .CreateDelegate(type, new ProcAdapter(caller, proc, task));
    }

    /// <summary>Whether the type is a reference, a pointer or a span, so that no script can hold its values.</summary>
    public static bool IsByRefOrPointer(Type type) => type.IsByRef || type.IsPointer || type.IsFunctionPointer || type.IsByRefLike;

    /// <summary>The types of the parameters, followed by that of the result if there is one.</summary>
    private static Type[] SignatureOf(MethodInfo invoke)
    {
        Type[] parameters = Array.ConvertAll(invoke.GetParameters(), static p => p.ParameterType);
        return invoke.ReturnType == typeof(void) ? parameters : [.. parameters, invoke.ReturnType];
    }

    /// <summary>Adds an argument of the proc; a cancellation token is put aside. The comparison folds away in compiled code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add<T>(T argument, ref Arguments arguments, ref int next, ref CancellationToken token)
    {
        if (typeof(T) == typeof(CancellationToken))
        {
            token = Unsafe.As<T, CancellationToken>(ref argument);
            return;
        }

        arguments[next++] = HostWriter.WriteFor(argument, _caller);
    }

    private static TResult Result<TResult>(in Value value) =>
        HostReader.TryRead(value, null, out TResult? result) ? result! : throw HostReader.Mismatch(value, typeof(TResult));
}
