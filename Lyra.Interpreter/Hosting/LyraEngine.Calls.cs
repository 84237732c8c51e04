using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Calling the procs that scripts define.</content>
public sealed partial class LyraEngine
{
    /// <summary>
    /// Calls a proc that a script or the host defined, and runs the tasks that it starts. The call of an async proc returns the result of
    /// its task; within a host delegate that a running script calls, it returns the task.
    /// </summary>
    /// <param name="name">The name of the global that holds the proc.</param>
    /// <param name="arguments">The arguments. Numbers, strings and bools convert to <see cref="LyraValue"/> implicitly.</param>
    /// <returns>The result of the proc.</returns>
    /// <exception cref="KeyNotFoundException">The engine has no global of this name.</exception>
    /// <exception cref="ArgumentException">An argument belongs to another engine.</exception>
    /// <exception cref="LyraException">The proc threw an error and did not catch it.</exception>
    /// <exception cref="LyraLimitException">The call reached a limit of <see cref="LyraOptions.Limits"/>.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public LyraValue Call(string name, params ReadOnlySpan<LyraValue> arguments) => Call(name, arguments, CancellationToken.None);

    /// <inheritdoc cref="Call(string, ReadOnlySpan{LyraValue})"/>
    /// <param name="name">The name of the global that holds the proc.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    public LyraValue Call(string name, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        ScriptCalls.Call(this, Find(name), arguments, cancellationToken);

    /// <inheritdoc cref="Call(string, ReadOnlySpan{LyraValue}, CancellationToken)"/>
    public LyraValue Call(string name, CancellationToken cancellationToken) => Call(name, [], cancellationToken);

    /// <summary>
    /// Calls a proc as <see cref="Call(string, ReadOnlySpan{LyraValue})"/> does, without blocking a thread while it awaits. The engine is
    /// in use until the returned task completes. After a wait, the script continues on a thread of the pool. Within a host delegate that a
    /// running script calls, the proc's first part runs at once, and the event loop of that run completes the returned task.
    /// </summary>
    /// <returns>A task with the result of the proc; for an async proc, with the result of its task.</returns>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{LyraValue})"/>
    public Task<LyraValue> CallAsync(string name, params ReadOnlySpan<LyraValue> arguments) =>
        CallAsync(name, arguments, CancellationToken.None);

    /// <inheritdoc cref="CallAsync(string, ReadOnlySpan{LyraValue})"/>
    /// <param name="name">The name of the global that holds the proc.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled. The task is canceled, not faulted.</exception>
    public Task<LyraValue> CallAsync(string name, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        ScriptCalls.CallAsync(this, Find(name), arguments, cancellationToken);

    /// <inheritdoc cref="CallAsync(string, ReadOnlySpan{LyraValue}, CancellationToken)"/>
    public Task<LyraValue> CallAsync(string name, CancellationToken cancellationToken) => CallAsync(name, [], cancellationToken);

    /// <summary>
    /// Calls a value in this engine. For callable values that belong to no engine, such as builtins; others have
    /// <see cref="LyraValue.Invoke(ReadOnlySpan{LyraValue})"/>.
    /// </summary>
    /// <param name="callee">A proc, a struct type, a builtin, or a method bound to its object.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="LyraException">The proc threw an error and did not catch it, or the value can't be called.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{LyraValue})"/>
    public LyraValue Invoke(LyraValue callee, params ReadOnlySpan<LyraValue> arguments) =>
        Invoke(callee, arguments, CancellationToken.None);

    /// <param name="callee">A proc, a struct type, a builtin, or a method bound to its object.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    /// <inheritdoc cref="Invoke(LyraValue, ReadOnlySpan{LyraValue})"/>
    public LyraValue Invoke(LyraValue callee, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        ScriptCalls.Call(this, callee.Raw, arguments, cancellationToken);

    /// <summary>
    /// Returns a proc as a delegate. Its result is converted as <see cref="LyraValue.As{T}"/> does. If the result is a task, the delegate
    /// calls the proc as <see cref="CallAsync(string, ReadOnlySpan{LyraValue})"/> does. A parameter of type
    /// <see cref="CancellationToken"/> stops the call and is no argument of the proc. The delegate keeps calling the same proc when the
    /// global is assigned later.
    /// </summary>
    /// <typeparam name="TDelegate">The type of the delegate, such as <c>Func&lt;double, int, double&gt;</c> or
    /// <c>Func&lt;string, CancellationToken, Task&lt;int&gt;&gt;</c>.</typeparam>
    /// <param name="name">The name of the global that holds the proc.</param>
    /// <exception cref="KeyNotFoundException">The engine has no global of this name.</exception>
    /// <exception cref="InvalidCastException">The global is not a proc.</exception>
    /// <exception cref="ArgumentException">The delegate has more than eight parameters, or one of a type that no script value
    /// represents.</exception>
    public TDelegate GetProc<TDelegate>(string name)
        where TDelegate : Delegate
    {
        Value proc = Find(name);
        return proc.Kind is ValueKind.Proc or ValueKind.StructType
            ? (TDelegate)ProcAdapter.Create(typeof(TDelegate), proc, this)
            : throw HostReader.Mismatch(proc, typeof(TDelegate));
    }

    CancellationToken IScriptCaller.RunToken => _interpreter.Limiter.Cancellation;

    Value IScriptCaller.Call(in Value callee, ReadOnlySpan<Value> arguments, CancellationToken cancellationToken) =>
        _runs.CallValue(callee, arguments, cancellationToken);

    Task<Value> IScriptCaller.CallAsync(Value callee, Value[] arguments, CancellationToken cancellationToken) =>
        _runs.CallValueAsync(callee, arguments, cancellationToken);

    /// <summary>Finds a value by name: a variable of the script that is calling back, else a global.</summary>
    private Value Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _runs.Current is { } run && run.TryGet(name, out Value value) ? value : Globals[name].Raw;
    }
}
