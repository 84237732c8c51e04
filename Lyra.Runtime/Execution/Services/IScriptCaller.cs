using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>Calls script values from host code; the engine implements it.</summary>
internal interface IScriptCaller
{
    /// <summary>Calls a value with full limits, as a run of its own or nested in the calling thread's current run.</summary>
    /// <exception cref="LyraException">The callee threw.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    Value Call(in Value callee, ReadOnlySpan<Value> arguments, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="Call"/>, without blocking a thread while the callee's tasks wait. Every exception is that of the returned task.
    /// </summary>
    Task<Value> CallAsync(Value callee, Value[] arguments, CancellationToken cancellationToken = default);

    /// <summary>A member of a value as a script reads it: a field, a property, or a method bound to the value.</summary>
    /// <exception cref="LyraException">There is no such member.</exception>
    Value GetMember(in Value receiver, string name);

    /// <summary>A method of a value, bound to it, or a proc in its field.</summary>
    /// <exception cref="LyraException">There is no such method.</exception>
    Value GetMethod(in Value receiver, string name);

    /// <summary>Assigns a field.</summary>
    /// <exception cref="LyraException">There is no such field, or its annotation refuses the value.</exception>
    /// <exception cref="ArgumentException">The value belongs to another engine.</exception>
    void SetMember(in Value target, string name, in Value value);

    /// <summary><c>container[index]</c>.</summary>
    Value GetItem(in Value container, in Value index);

    /// <summary><c>container[index] = value</c>.</summary>
    /// <exception cref="LyraException">The container refuses the index or the value.</exception>
    /// <exception cref="ArgumentException">The index or the value belongs to another engine.</exception>
    void SetItem(in Value container, in Value index, in Value value);

    /// <summary><c>length(container)</c>.</summary>
    Value LengthOf(in Value container);

    /// <summary>Copies a value and what it contains into the engine.</summary>
    /// <exception cref="ArgumentException">It contains something that can't be copied, such as a proc.</exception>
    Value Copy(in Value value);

    /// <summary>The token that cancels the present run.</summary>
    CancellationToken RunToken { get; }

    /// <summary>Makes a pending task that code outside the engine finishes; the event loop waits for it.</summary>
    /// <param name="name">The task's name in reports.</param>
    /// <param name="run">The run that the task belongs to, for <see cref="EndTask"/>.</param>
    TaskObject BeginTask(string name, out int run);

    /// <summary>
    /// Queues the action that finishes a task of <see cref="BeginTask"/>; the event loop runs it. Any thread may call this.
    /// </summary>
    void EndTask(int run, Action finish);

    /// <summary>The host types of the engine; null while it has none.</summary>
    HostTypeTable? HostTypes { get; }

    /// <summary>The limits of a conversion outside a run.</summary>
    ConversionLimits ConversionLimits { get; }

    /// <summary>Runs an action on the calling thread on behalf of the engine's thread, which waits for it.</summary>
    void RunOnBehalf(Action body);
}
