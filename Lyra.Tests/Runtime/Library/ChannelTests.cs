using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class ChannelTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Sends_complete_at_once_while_the_channel_has_capacity()
    {
        ChannelObject channel = Channel(1);
        Send(channel, 1).IsDone.ShouldBeTrue();
        TaskObject waiting = Send(channel, 2);
        waiting.IsDone.ShouldBeFalse();
        Receive(channel).Result.AsInt.ShouldBe(1);
        waiting.IsDone.ShouldBeTrue();
        Receive(channel).Result.AsInt.ShouldBe(2);
    }

    [Fact]
    public void A_channel_without_capacity_is_a_rendezvous()
    {
        ChannelObject channel = (ChannelObject)LibraryCalls.Call(_context, "task.chan").Ref!;
        channel.Capacity.ShouldBe(0);
        TaskObject send = Send(channel, 1);
        send.IsDone.ShouldBeFalse();
        Receive(channel).Result.AsInt.ShouldBe(1);
        send.IsDone.ShouldBeTrue();
        TaskObject receive = Receive(channel);
        receive.IsDone.ShouldBeFalse();
        Send(channel, 2).IsDone.ShouldBeTrue();
        receive.Result.AsInt.ShouldBe(2);
    }

    [Fact]
    public void Receivers_are_served_in_order()
    {
        ChannelObject channel = Channel(0);
        TaskObject first = Receive(channel);
        TaskObject second = Receive(channel);
        Send(channel, 1);
        Send(channel, 2);
        first.Result.AsInt.ShouldBe(1);
        second.Result.AsInt.ShouldBe(2);
    }

    [Fact]
    public void Values_sent_before_the_close_still_arrive_in_order()
    {
        ChannelObject channel = Channel(1);
        Send(channel, 1);
        TaskObject second = Send(channel, 2);
        Send(channel, 3);
        LibraryCalls.Call(_context, "channel.close", channel);
        channel.Count.ShouldBe(3);
        Receive(channel).Result.AsInt.ShouldBe(1);
        Receive(channel).Result.AsInt.ShouldBe(2);
        second.IsDone.ShouldBeTrue();
        Receive(channel).Result.AsInt.ShouldBe(3);
        TaskObject end = Receive(channel);
        end.Result.IsNil.ShouldBeTrue();
        end.IsEndOfChannel.ShouldBeTrue();
    }

    [Fact]
    public void Closing_returns_nil_to_waiting_receivers()
    {
        ChannelObject channel = Channel(0);
        TaskObject waiting = Receive(channel);
        LibraryCalls.Call(_context, "channel.close", channel);
        waiting.State.ShouldBe(TaskState.Finished);
        waiting.Result.IsNil.ShouldBeTrue();
        waiting.IsEndOfChannel.ShouldBeTrue();
    }

    [Fact]
    public void Sending_on_a_closed_channel_is_a_value_error()
    {
        ChannelObject channel = Channel(5);
        LibraryCalls.Call(_context, "channel.close", channel);
        LibraryCalls.Show(_context, "channel.send", channel, 1).ShouldBe("!" + ErrorKinds.ValueError);
    }

    [Fact]
    public void Cancelled_tasks_are_passed_over()
    {
        ChannelObject channel = Channel(0);
        TaskObject gone = Receive(channel);
        TaskObject waiting = Receive(channel);
        _context.Scheduler.Cancel(gone);
        Send(channel, 1);
        waiting.Result.AsInt.ShouldBe(1);
        TaskObject dropped = Send(channel, 2);
        _context.Scheduler.Cancel(dropped);
        Send(channel, 3);
        Receive(channel).Result.AsInt.ShouldBe(3);
    }

    [Fact]
    public void The_heap_walk_visits_queued_values()
    {
        ChannelObject channel = Channel(1);
        ListObject queued = new(100);
        channel.Send(_context, Value.FromObject(queued));
        channel.Send(_context, Value.FromObject(new ListObject(1000)));
        HeapVisitor visitor = new();
        visitor.Visit(channel);
        visitor.Drain();
        visitor.Bytes.ShouldBeGreaterThan(queued.OwnBytes + (16 * 1000));
    }

    private ChannelObject Channel(int capacity) => LibraryCalls.Call(_context, "chan", capacity).Ref.ShouldBeOfType<ChannelObject>();

    private TaskObject Send(ChannelObject channel, int value) =>
        LibraryCalls.Call(_context, "channel.send", channel, value).Ref.ShouldBeOfType<TaskObject>();

    private TaskObject Receive(ChannelObject channel) => LibraryCalls.Call(_context, "channel.recv", channel)
        .Ref.ShouldBeOfType<TaskObject>();
}
