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
        int unfinished = members.Count;
        for (int i = 0; i < members.Count; i++)
        {
            if (members.Get(i).Ref is not TaskObject member)
            {
                unfinished--;
            }
            else if (member.IsDone)
            {
                OnMember(member, i);
            }
            else
            {
                int index = i;
                context.Tasks.WhenFinished(member, group, (_, finished) => OnMember(finished, index));
            }
        }

        CompleteWhenAll();
        return group;

        void OnMember(TaskObject member, int index)
        {
            unfinished--;
            if (group.IsDone || group.IsCancelRequested)
            {
                return;
            }

            if (member.State != TaskState.Finished)
            {
                context.Tasks.Fail(group, FailureOf(member));
                return;
            }

            members.Set(context, index, member.Result);
            CompleteWhenAll();
        }

        void CompleteWhenAll()
        {
            if (unfinished == 0 && !group.IsDone)
            {
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
        context.ChargeMemory(members.Count * TaskObject.ContinuationBytes);
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
