using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The context of an engine with its frames. A base class of the interpreter and not an object within it, so that the loop reaches the
/// stacks without an indirection.
/// </summary>
internal abstract class FrameContext : ScriptContext
{
    /// <summary>The frames and their registers.</summary>
    public FrameStack Stack;

    /// <summary>The most registers that a frame of a proc of the linked modules has.</summary>
    public int WidestProc = 1;

    /// <summary>The result of the frame whose return ended the loop.</summary>
    public Value Result;

    /// <summary>The error that propagated out of the innermost run of the loop.</summary>
    public ErrorObject? Failure;

    /// <summary>The events of frames that a recording observes.</summary>
    public FrameEvents Events { get; } = new();

    /// <inheritdoc/>
    public sealed override int FramesLeft() => Stack.FramesLeft(WidestProc);

    /// <summary>Called before the registers or the frames need more bytes than <see cref="FrameStack.LimitBytes"/> allows.</summary>
    /// <param name="bytes">The bytes that would have to be allowed.</param>
    /// <exception cref="Lyra.Runtime.Errors.ScriptErrorException">The host does not raise the memory limit.</exception>
    public abstract void OnStackSpent(long bytes);

    /// <summary>Called before the arrays of the stacks grow by some bytes, which takes time and the memory of the process.</summary>
    /// <exception cref="Lyra.Runtime.Errors.ScriptErrorException">A limit of time is reached, or the process lacks the memory.</exception>
    public abstract void OnStackGrowth(long bytes);

    /// <summary>
    /// Takes the result of the run of the loop that has just ended. It is not kept afterwards, because it would count as reachable.
    /// </summary>
    public Value TakeResult()
    {
        Value result = Result;
        Result = default;
        return result;
    }

    /// <summary>Returns and clears <see cref="Failure"/>; null when there is none.</summary>
    public ErrorObject? TakeFailure()
    {
        ErrorObject? failure = Failure;
        Failure = null;
        return failure;
    }

    /// <summary>
    /// Pushes a frame whose arguments are stored from <paramref name="newBase"/> on, and charges the callee's cost of entry. The caller's
    /// <see cref="Frame.Pc"/> must be up to date.
    /// </summary>
    public void PushFrame(Closure callee, int newBase, int returnSlot, FrameFlags flags) =>
        PushFrame(callee, newBase, returnSlot, flags, callee.Code.EntryCost);

    /// <summary>As <see cref="PushFrame(Closure, int, int, FrameFlags)"/>, with the steps to charge.</summary>
    public void PushFrame(Closure callee, int newBase, int returnSlot, FrameFlags flags, int cost)
    {
        Stack.Push(this, callee, newBase, returnSlot, flags, cost);
        if (Stack.ReportsCalls)
        {
            Events.ReportPush(flags);
        }
    }
}
