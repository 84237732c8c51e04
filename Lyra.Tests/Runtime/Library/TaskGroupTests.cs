using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class TaskGroupTests
{
    private readonly BareContext _context = new();
    private readonly TaskObject _first = new("first");
    private readonly TaskObject _second = new("second");

    [Fact]
    public void Sleep_asks_for_a_timer()
    {
        LibraryCalls.Call(_context, "sleep", 1.5).Ref.ShouldBeOfType<TaskObject>();
        LibraryCalls.Call(_context, "task.sleep", 0);
        LibraryCalls.Call(_context, "sleep", 1e300);
        _context.Scheduler.Sleeps.ShouldBe([TimeSpan.FromMilliseconds(1.5), TimeSpan.Zero, TimeSpan.FromMilliseconds(int.MaxValue - 1)]);
    }

    [Fact]
    public void Gather_returns_all_results_in_the_order_of_its_members()
    {
        TaskObject group = Group("gather", _first, 7, _second);
        _context.Scheduler.Complete(_second, Value.FromInt(2));
        group.IsDone.ShouldBeFalse();
        _context.Scheduler.Complete(_first, Value.FromInt(1));
        Formatting.ToLiteral(_context, group.Result).ShouldBe("[1, 7, 2]");
        group.State.ShouldBe(TaskState.Finished);
    }

    [Fact]
    public void Gather_of_nothing_and_of_finished_tasks_is_done_at_once()
    {
        Group("gather").IsDone.ShouldBeTrue();
        _context.Scheduler.Complete(_first, Value.FromInt(1));
        Formatting.ToLiteral(_context, Group("task.gather", _first, _first).Result).ShouldBe("[1, 1]");
    }

    [Fact]
    public void Gather_fails_with_the_first_failure_and_observes_the_others()
    {
        TaskObject group = Group("gather", _first, _second);
        _context.Scheduler.Fail(_second, new ErrorObject("Bad", "second"));
        group.State.ShouldBe(TaskState.Failed);
        group.Error!.Message.ShouldBe("second");
        _context.Scheduler.Fail(_first, new ErrorObject("Bad", "first"));
        group.Error!.Message.ShouldBe("second");
        _first.IsObserved.ShouldBeTrue();
        _second.IsObserved.ShouldBeTrue();
    }

    [Fact]
    public void A_cancelled_member_fails_the_group_with_an_error_that_can_be_caught()
    {
        TaskObject group = Group("gather", _first);
        _context.Scheduler.Cancel(_first);
        group.Error!.ErrorKind.ShouldBe(ErrorKinds.Cancelled);
        group.Error.IsCatchable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gather")]
    [InlineData("race")]
    public void Cancelling_a_group_cancels_its_members(string name)
    {
        TaskObject group = Group(name, _first, _second);
        LibraryCalls.Call(_context, "task.cancel", group);
        group.State.ShouldBe(TaskState.Cancelled);
        _first.State.ShouldBe(TaskState.Cancelled);
        _second.State.ShouldBe(TaskState.Cancelled);
    }

    [Fact]
    public void Cancelling_a_finished_task_changes_nothing()
    {
        _context.Scheduler.Complete(_first, Value.FromInt(1));
        LibraryCalls.Call(_context, "task.cancel", _first);
        _first.State.ShouldBe(TaskState.Finished);
    }

    [Fact]
    public void Race_ends_as_its_first_member_does()
    {
        TaskObject won = Group("race", _first, _second);
        _context.Scheduler.Complete(_second, Value.FromInt(2));
        won.Result.AsInt.ShouldBe(2);
        _first.IsDone.ShouldBeFalse();
        TaskObject lost = Group("task.race", _first);
        _context.Scheduler.Fail(_first, new ErrorObject("Bad", "m"));
        lost.Error!.ErrorKind.ShouldBe("Bad");
        won.Result.AsInt.ShouldBe(2);
    }

    [Fact]
    public void A_value_that_is_no_task_wins_a_race() => Group("race", _first, 5).Result.AsInt.ShouldBe(5);

    private TaskObject Group(string name, params object?[] members) =>
        LibraryCalls.Call(_context, name, new Items(members)).Ref.ShouldBeOfType<TaskObject>();
}
