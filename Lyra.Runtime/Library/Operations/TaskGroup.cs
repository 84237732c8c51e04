using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// The tasks that <c>gather</c> and <c>race</c> return. A member that is not a task counts as a finished task, as for <c>await</c>. Members
/// are marked as observed, so that their failures are not reported as unobserved too. Cancelling the group cancels its members, whose
/// outcomes then no longer affect the group.
/// </summary>
internal static class TaskGroup
{
    /// <summary>
    /// A task whose result is the list of all results, in the order of the members. It fails with the first failure; the other members
    /// continue.
    /// </summary>
    public static TaskObject Gather(ScriptContext context, ListObject members)
    {
        TaskObject group = Create(context, "gather", members);

        // Counts this method too, which completes the group itself if all members are finished already.
        int unfinished = 1;
        TaskContinuation onMember = OnMember;
        for (int i = 0; i < members.Count; i++)
        {
            if (members.Get(i).Ref is TaskObject member)
            {
                unfinished++;
                context.Tasks.WhenFinished(member, group, onMember);
            }
        }

        CompleteIfLast();
        return group;

        void OnMember(TaskObject waiter, TaskObject member)
        {
            if (!group.IsDone && !group.IsCancelRequested && member.State != TaskState.Finished)
            {
                context.Tasks.Fail(group, FailureOf(member));
            }

            CompleteIfLast();
        }

        void CompleteIfLast()
        {
            if (--unfinished == 0 && !group.IsDone && !group.IsCancelRequested)
            {
                TakeResults(context, members);
                context.Tasks.Complete(group, Value.FromObject(members));
            }
        }
    }

    /// <summary>A task with the result or error of the member that finishes first; the other members continue.</summary>
    public static TaskObject Race(ScriptContext context, ListObject members)
    {
        TaskObject group = Create(context, "race", members);
        for (int i = 0; i < members.Count && !group.IsDone; i++)
        {
            Value member = members.Get(i);
            if (member.Ref is TaskObject task)
            {
                context.Tasks.WhenFinished(task, group, OnMember);
            }
            else
            {
                context.Tasks.Complete(group, member);
            }
        }

        return group;

        void OnMember(TaskObject waiter, TaskObject member)
        {
            if (group.IsDone || group.IsCancelRequested)
            {
                return;
            }

            if (member.State == TaskState.Finished)
            {
                context.Tasks.Complete(group, member.Result);
            }
            else
            {
                context.Tasks.Fail(group, FailureOf(member));
            }
        }
    }

    /// <summary>Until the group is finished, its result holds the members, so that heap walks find them.</summary>
    private static TaskObject Create(ScriptContext context, string name, ListObject members)
    {
        TaskObject group = context.Tasks.CreatePending(name);
        group.Result = Value.FromObject(members);
        context.ChargeMemory((members.Count * TaskObject.ContinuationBytes) + TaskObject.CancellationBytes);
        context.Charge(members.Count * 4L);
        for (int i = 0; i < members.Count; i++)
        {
            if (members.Get(i).Ref is TaskObject member)
            {
                member.IsObserved = true;
            }
        }

        group.OnCancel = () => CancelAll(context, members);
        return group;
    }

    /// <summary>Puts the results of the members, which are all finished, in their places.</summary>
    private static void TakeResults(ScriptContext context, ListObject members)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (members.Get(i).Ref is TaskObject member)
            {
                members.Set(context, i, member.Result);
            }
        }
    }

    private static void CancelAll(ScriptContext context, ListObject members)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (members.Get(i).Ref is TaskObject { IsDone: false } member)
            {
                context.Tasks.Cancel(member);
            }
        }
    }

    /// <summary>
    /// The error that an awaiter gets. The awaiter of a cancelled task can catch the error; the cancelled task itself could not.
    /// </summary>
    private static ErrorObject FailureOf(TaskObject member) => member.State == TaskState.Cancelled
        ? new ErrorObject(ErrorKinds.Cancelled, "the awaited task was cancelled")
        : member.Error!;
}
