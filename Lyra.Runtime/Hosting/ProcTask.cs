using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Starts calls of procs whose delegates return a .NET task of one type.</summary>
internal abstract class ProcTask
{
    private static readonly TypeTable<ProcTask?> Known = new(new Dictionary<Type, ProcTask?>
    {
        [typeof(Task)] = new WithoutResult(isValueTask: false),
        [typeof(ValueTask)] = new WithoutResult(isValueTask: true),
    });

    /// <summary>Returns the one for a type; null when it is not that of a task.</summary>
    public static ProcTask? For(Type type) => Known.GetOrAdd(type, Make);

    /// <summary>Begins a call and returns its task, which has the type.</summary>
    public abstract object Start(IScriptCaller caller, in Value proc, ReadOnlySpan<Value> arguments, CancellationToken token = default);

    private static ProcTask? Make(Type type)
    {
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>)
            ? TypedCode.For(type.GetGenericArguments()[0]).CallsWithResult(definition == typeof(ValueTask<>))
            : null;
    }

    private sealed class WithoutResult(bool isValueTask) : ProcTask
    {
        public override object Start(IScriptCaller caller, in Value proc, ReadOnlySpan<Value> arguments, CancellationToken token)
        {
            Task task = caller.CallAsync(proc, arguments.ToArray(), token);
            return isValueTask ? new ValueTask(task) : task;
        }
    }

    /// <summary>Calls whose task has a result.</summary>
    internal sealed class WithResult<T>(bool isValueTask) : ProcTask
    {
        public override object Start(IScriptCaller caller, in Value proc, ReadOnlySpan<Value> arguments, CancellationToken token)
        {
            Task<T> task = ReadResult(caller.CallAsync(proc, arguments.ToArray(), token));
            return isValueTask ? new ValueTask<T>(task) : task;
        }

        private static async Task<T> ReadResult(Task<Value> call) =>
            HostReader.ReadResult<T>(await call.ConfigureAwait(false));
    }
}
