using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Calls script values from host code: the engine, seen from below.</summary>
internal interface IScriptCaller
{
    /// <summary>Calls a value with full limits, alone or nested in the run that the calling thread is in.</summary>
    /// <exception cref="LyraException">The callee threw.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    Value Call(in Value callee, ReadOnlySpan<Value> arguments);

    /// <summary>A pending task that something outside the engine finishes: the event loop waits for it.</summary>
    /// <param name="name">Names the task in reports.</param>
    /// <param name="run">The run that it belongs to, for <see cref="EndTask"/>.</param>
    TaskObject BeginTask(string name, out int run);

    /// <summary>Runs the action that finishes a task of <see cref="BeginTask"/> on the event loop, soon. May be called by any thread.</summary>
    void EndTask(int run, Action finish);

    /// <summary>Runs an action on the calling thread, which stands in for the one that uses the engine and waits for it.</summary>
    void RunInStead(Action body);
}
