using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Calls with the values of the public API.</summary>
internal static class ScriptCalls
{
    /// <summary>
    /// Calls a value through its engine. Up to <see cref="Arguments.Capacity"/> arguments are passed without an allocation.
    /// </summary>
    public static LyraValue Call(
        IScriptCaller caller, in Value callee, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken)
    {
        if (arguments.Length > Arguments.Capacity)
        {
            return new LyraValue(caller.Call(callee, RawOf(arguments), cancellationToken));
        }

        Arguments few = default;
        for (int i = 0; i < arguments.Length; i++)
        {
            few[i] = arguments[i].Raw;
        }

        return new LyraValue(caller.Call(callee, few[..arguments.Length], cancellationToken));
    }

    /// <summary>As <see cref="Call"/>, without blocking a thread while the tasks of the callee wait.</summary>
    public static Task<LyraValue> CallAsync(
        IScriptCaller caller, in Value callee, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken) =>
        Shown(caller.CallAsync(callee, RawOf(arguments), cancellationToken));

    private static async Task<LyraValue> Shown(Task<Value> call) => new(await call.ConfigureAwait(false));

    /// <summary>A copy of the values as the interpreter takes them.</summary>
    private static Value[] RawOf(ReadOnlySpan<LyraValue> values)
    {
        Value[] raw = new Value[values.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] = values[i].Raw;
        }

        return raw;
    }
}
