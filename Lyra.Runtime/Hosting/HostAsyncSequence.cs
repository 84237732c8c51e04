using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A sequence of the host whose elements come asynchronously. <c>for</c> awaits each of them, as it awaits the values of a channel: in an
/// async proc or at the top level, where other tasks go on meanwhile.
/// </summary>
internal abstract class HostAsyncSequence : ScriptIterator
{
    private TaskObject? _advance;

    /// <summary>The last step of the host's enumerator, which may be unfinished when the loop around it has ended.</summary>
    private Task<bool>? _step;

    public override long OwnBytes => 64;

    /// <summary>
    /// The task that tells whether there is a next element, which is then <see cref="Current"/>. The same one until <see cref="Take"/>.
    /// </summary>
    /// <exception cref="ScriptErrorException">HostError when the host's sequence throws at once.</exception>
    public TaskObject Advance(ScriptContext context) =>
        _advance ??= (TaskObject)HostTasks.Adopt(context, "next", _step = Begin(context)).Ref!;

    /// <summary>Ends a step. The sequence is disposed if it has no further element.</summary>
    public void Take(ScriptContext context, bool hasNext)
    {
        _advance = null;
        if (!hasNext)
        {
            Close(context);
        }
    }

    /// <summary>The element that the last step has found.</summary>
    public abstract Value Current(ScriptContext context);

    public override bool MoveNext(ScriptContext context, out Value value) => throw Throw.TypeError(
        "the elements of an async sequence can only be taken by for, in an async proc or at the top level");

    /// <remarks>The disposal goes on while the script continues; the run does not end before it.</remarks>
    public override void Close(ScriptContext context)
    {
        _advance = null;
        if (!IsDone)
        {
            IsDone = true;
            HostTasks.Adopt(context, "dispose", HostElements.Run(context, this, static sequence => sequence.EndAfterStep()));
        }
    }

    public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(_advance);

    /// <summary>Starts a step.</summary>
    protected abstract Task<bool> Begin(ScriptContext context);

    /// <summary>Starts the disposal.</summary>
    protected abstract Task End();

    /// <summary>Starts the disposal, or lets it follow a step that a cancelled task has left: no enumerator allows both at once.</summary>
    private Task EndAfterStep()
    {
        return _step is { IsCompleted: false } step ? EndAfter(step) : End();

        async Task EndAfter(Task step)
        {
            await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await End().ConfigureAwait(false);
        }
    }
}

/// <summary>An async sequence of the host.</summary>
internal sealed class HostAsyncSequence<T>(IAsyncEnumerable<T> source) : HostAsyncSequence
{
    private IAsyncEnumerator<T>? _items;

    public override Value Current(ScriptContext context) => HostElements.Write(_items!.Current, context);

    protected override Task<bool> Begin(ScriptContext context) => HostElements.Run(context, (this, context), static state =>
    {
        CancellationToken token = state.context.Host.Caller?.RunToken ?? default;
        state.Item1._items ??= state.Item1.Open(token);
        return state.Item1._items.MoveNextAsync().AsTask();
    });

    protected override Task End() => _items?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    /// <summary>The token is that of the run that takes the first element.</summary>
    private IAsyncEnumerator<T> Open(CancellationToken token) => source.GetAsyncEnumerator(token);
}
