using System;
using System.Reflection;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A proc as a delegate of the host, of any type with up to <see cref="Arguments.Capacity"/> parameters. Bound once; a call allocates nothing of its
/// own. Works without dynamic code.
/// </summary>
internal sealed partial class ProcAdapter
{
    private readonly IScriptCaller _caller;
    private readonly Value _proc;

    private ProcAdapter(IScriptCaller caller, in Value proc)
    {
        _caller = caller;
        _proc = proc;
    }

    /// <summary>The delegate, when the value is a proc and its engine is known.</summary>
    public static bool TryCreate(Type type, in Value proc, ScriptContext? context, out object? result)
    {
        result = null;
        if (proc.Ref is not (Closure or NativeProc or BoundProc or Shape) || (DetachedContext.CallerOf(proc) ?? context?.Host.Caller) is not { } caller)
        {
            return false;
        }

        result = Create(type, proc, caller);
        return true;
    }

    /// <exception cref="ArgumentException">The delegate type has too many parameters or such as no script value can be passed to.</exception>
    public static Delegate Create(Type type, in Value proc, IScriptCaller caller)
    {
        MethodInfo invoke = type.GetMethod("Invoke")
            ?? throw new ArgumentException($"{type} is not a delegate type with a signature.", nameof(type));
        ParameterInfo[] parameters = invoke.GetParameters();
        bool isAction = invoke.ReturnType == typeof(void);
        Type[] types = new Type[parameters.Length + (isAction ? 0 : 1)];
        for (int i = 0; i < parameters.Length; i++)
        {
            types[i] = parameters[i].ParameterType;
        }

        if (!isAction)
        {
            types[^1] = invoke.ReturnType;
        }

        if (parameters.Length > Arguments.Capacity || Array.Exists(types, static t => t.IsByRef || t.IsPointer || t.IsByRefLike))
        {
            throw new ArgumentException(
                $"A proc can't be a {type}: at most {Arguments.Capacity} parameters are possible, none by reference, and no pointers or spans.",
                nameof(type));
        }

        MethodInfo method = typeof(ProcAdapter).GetMethod(
            (isAction ? "Action" : "Func") + parameters.Length, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return (method.IsGenericMethodDefinition ? method.MakeGenericMethod(types) : method).CreateDelegate(type, new ProcAdapter(caller, proc));
    }

    private static TResult Result<TResult>(in Value value) =>
        HostReader.TryRead(value, null, out TResult? result) ? result! : throw HostReader.Mismatch(value, typeof(TResult));
}
