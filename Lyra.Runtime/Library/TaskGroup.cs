using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>
/// The tasks behind <c>gather</c> and <c>race</c>. A value that is no task counts as a finished one, as <c>await</c> has it. Failures of
/// members are heard of by the group, so that none of them is reported again as unheard. Cancelling the group cancels its members; how they
/// end then is not its result.
/// </summary>
internal static class TaskGroup
{
    /// <summary>
    /// A task for the list of all results, in the order of the members; it fails with the first failure, the others go on.
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
            else
            {
                int index = i;
                context.Tasks.WhenFinished(member, group, finished => OnMember(finished, index));
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

    /// <summary>A task that ends as the first of the members to finish does; the others go on.</summary>
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

        void OnMember(TaskObject member)
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

    /// <summary>The group's result holds the members until it is finished, so that the heap walk sees them.</summary>
    private static TaskObject Create(ScriptContext context, string name, ListObject members)
    {
        TaskObject group = context.Tasks.CreatePending(name);
        group.Result = Value.FromObject(members);
        context.ChargeMemory(members.Count * 96L);
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

    /// <summary>The awaiter of a cancelled task may catch that; the task itself could not.</summary>
    private static ErrorObject FailureOf(TaskObject member) => member.State == TaskState.Cancelled
        ? new ErrorObject(ErrorKinds.Cancelled, "the task that was waited for was cancelled")
        : member.Error!;
}
