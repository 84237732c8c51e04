using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;

namespace Lyra;

/// <content>Calling script values.</content>
public readonly partial struct LyraValue
{
    /// <summary>
    /// Calls the value in its engine: a proc, a struct type, or a method bound to its object. The call runs the tasks that it starts, and
    /// an async proc returns the result of its task; within a host delegate that a running script calls, it returns the task.
    /// </summary>
    /// <param name="arguments">The arguments. Numbers, strings and bools convert implicitly.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument belongs to another engine.</exception>
    /// <exception cref="InvalidOperationException">The value belongs to no engine, or another thread is using its engine.</exception>
    /// <exception cref="LyraException">The proc threw an error and did not catch it, or the value can't be called.</exception>
    /// <exception cref="LyraLimitException">The call reached a limit of the engine.</exception>
    public LyraValue Invoke(params ReadOnlySpan<LyraValue> arguments) => Invoke(arguments, CancellationToken.None);

    /// <inheritdoc cref="Invoke(ReadOnlySpan{LyraValue})"/>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    public LyraValue Invoke(ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        ScriptCalls.Call(EngineToCall(), Raw, arguments, cancellationToken);

    /// <summary>
    /// Calls the value as <see cref="Invoke(ReadOnlySpan{LyraValue})"/> does, without blocking a thread while it awaits. The engine is in
    /// use until the returned task completes. Within a host delegate that a running script calls, the proc's first part runs at once, and
    /// that run's event loop completes the returned task.
    /// </summary>
    /// <returns>A task with the result; for an async proc, with the result of its task.</returns>
    /// <inheritdoc cref="Invoke(ReadOnlySpan{LyraValue})"/>
    public Task<LyraValue> InvokeAsync(params ReadOnlySpan<LyraValue> arguments) => InvokeAsync(arguments, CancellationToken.None);

    /// <inheritdoc cref="InvokeAsync(ReadOnlySpan{LyraValue})"/>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    public Task<LyraValue> InvokeAsync(ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        ScriptCalls.CallAsync(EngineToCall(), Raw, arguments, cancellationToken);

    private IScriptCaller EngineToCall() => EngineDirectory.CallerOf(Raw) ?? throw new InvalidOperationException(
        Kind is ValueKind.Proc or ValueKind.StructType or ValueKind.Struct
            ? $"This {Throw.TypeName(Raw)} belongs to no engine, or to one that has ended; call engine.Invoke(value, …)."
            : $"A value of type {Throw.TypeName(Raw)} can't be called.");
}
