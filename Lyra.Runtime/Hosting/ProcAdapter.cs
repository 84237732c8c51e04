using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
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
    private readonly IScriptCaller _caller;
    private readonly Value _proc;

    /// <summary>Starts the call of a delegate that returns a task; null for other delegates.</summary>
    private readonly ProcTask? _task;

    /// <summary>The position of the delegate's cancellation token; -1 if it has none.</summary>
    private readonly int _token;

    private ProcAdapter(IScriptCaller caller, in Value proc, ProcTask? task, int token)
    {
        _caller = caller;
        _proc = proc;
        _task = task;
        _token = token;
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
    public static bool Fits(Type type) => DelegateSignature.Find(type) is { } invoke
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

        MethodInfo invoke = DelegateSignature.Of(type);
        bool isAction = invoke.ReturnType == typeof(void);
        int count = invoke.GetParameters().Length;
        Type[] types = SignatureOf(invoke);
        ProcTask? task = isAction ? null : ProcTask.For(invoke.ReturnType);
        ProcAdapter adapter = new(caller, proc, task, Array.IndexOf(types, typeof(CancellationToken), 0, count));
        return RuntimeFeature.IsDynamicCodeSupported
            ? adapter.Bind(type, (isAction ? "Action" : task is null ? "Func" : "Async") + count, types)
            : adapter.Interpret(type, invoke);
    }

    /// <summary>Whether the type is a reference, a pointer or a span, so that no script can hold its values.</summary>
    public static bool IsByRefOrPointer(Type type) => type.IsByRef || type.IsPointer || type.IsFunctionPointer || type.IsByRefLike;

    /// <summary>A delegate whose code is the generic method of a name.</summary>
    [RequiresDynamicCode("The code for the types is made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The methods require nothing of their type arguments.")]
    private Delegate Bind(Type type, string name, Type[] types)
    {
        MethodInfo method = typeof(ProcAdapter).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return (method.IsGenericMethodDefinition ? method.MakeGenericMethod(types) : method).CreateDelegate(type, this);
    }

    /// <summary>
    /// A delegate that boxes its arguments and result, for a program without dynamic code: there, .NET interprets the expression.
    /// </summary>
    private Delegate Interpret(Type type, MethodInfo invoke)
    {
        ParameterExpression[] parameters = Array.ConvertAll(
            invoke.GetParameters(), static p => Expression.Parameter(p.ParameterType, p.Name));
        List<Expression> arguments = [Expression.Constant(invoke.ReturnType, typeof(Type)), Expression.Constant(parameters.Length)];
        foreach (ParameterExpression parameter in parameters)
        {
            arguments.Add(Expression.Convert(parameter, typeof(object)));
        }

        while (arguments.Count < Arguments.Capacity + 2)
        {
            arguments.Add(Expression.Constant(null));
        }

        MethodInfo method = typeof(ProcAdapter).GetMethod(nameof(CallBoxed), BindingFlags.Instance | BindingFlags.NonPublic)!;
        Expression call = Expression.Call(Expression.Constant(this), method, arguments);
        Expression body = invoke.ReturnType == typeof(void) ? call : Expression.Convert(call, invoke.ReturnType);
        return Expression.Lambda(type, body, parameters).Compile(preferInterpretation: true);
    }

    private object? CallBoxed(
        Type result, int count, object? a1, object? a2, object? a3, object? a4, object? a5, object? a6, object? a7, object? a8)
    {
        Arguments written = default;
        ReadOnlySpan<object?> given = [a1, a2, a3, a4, a5, a6, a7, a8];
        for (int i = 0; i < count; i++)
        {
            written[i] = i == _token ? default : HostWriter.WriteFor(given[i], _caller);
        }

        CancellationToken token = _token < 0 ? default : (CancellationToken)given[_token]!;
        ReadOnlySpan<Value> arguments = WithoutToken(written[..count]);
        if (_task is not null)
        {
            return _task.Start(_caller, _proc, arguments, token);
        }

        Value value = _caller.Call(_proc, arguments, token);
        return result == typeof(void) ? null
            : HostReader.TryRead(value, result, null, out object? read) ? read
            : throw HostReader.Mismatch(value, result);
    }

    /// <summary>The types of the parameters, followed by that of the result if there is one.</summary>
    private static Type[] SignatureOf(MethodInfo invoke)
    {
        Type[] parameters = Array.ConvertAll(invoke.GetParameters(), static p => p.ParameterType);
        return invoke.ReturnType == typeof(void) ? parameters : [.. parameters, invoke.ReturnType];
    }

    /// <summary>
    /// The value of an argument of the proc; a cancellation token is put aside. The comparison folds away in compiled code.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value Write<T>(T argument, ref CancellationToken token)
    {
        if (typeof(T) == typeof(CancellationToken))
        {
            token = Unsafe.As<T, CancellationToken>(ref argument);
            return default;
        }

        return HostWriter.WriteFor(argument, _caller);
    }

    /// <summary>The arguments of the proc: without the place of the delegate's cancellation token, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<Value> WithoutToken(Span<Value> arguments)
    {
        if (_token < 0)
        {
            return arguments;
        }

        arguments[(_token + 1)..].CopyTo(arguments[_token..]);
        return arguments[..^1];
    }

    private static TResult Result<TResult>(in Value value) => HostReader.ReadResult<TResult>(value);
}
