using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A loop over a channel. Before each value, the proc waits for <see cref="Receive"/>.</summary>
internal sealed class ChannelLoop(ChannelObject channel) : LoopState
{
    private TaskObject? _receive;
    private long _index;

    /// <summary>The task that receives the next value.</summary>
    public TaskObject Receive(ScriptContext context) => _receive ??= channel.Receive(context);

    public override bool MoveNext(ScriptContext context, out Value key, out Value value)
    {
        TaskObject received = Receive(context);
        _receive = null;
        key = Value.FromInt(_index++);
        value = received.Result;
        return !received.IsEndOfChannel;
    }
}
