using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of channel; see <see cref="ChannelObject"/>.</summary>
internal static class ChannelMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("send(channel, v)")?.Register(Send, id: IntrinsicId.ChannelSend);
        rows.Row("recv(channel)")?.Register(Receive, id: IntrinsicId.ChannelReceive);
        rows.Row("close(channel)")?.Register(Close);

    }

    private static ChannelObject Self(ReadOnlySpan<Value> arguments, string proc) =>
        arguments[0].Ref as ChannelObject ?? throw Argument.Wrong(arguments[0], proc, "channel", "a channel");

    private static Value Send(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(Self(arguments, "send").Send(context, arguments[1]));

    private static Value Receive(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromObject(Self(arguments, "recv").Receive(context));

    private static Value Close(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Self(arguments, "close").Close(context);
        return Value.Nil;
    }
}
