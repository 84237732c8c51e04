using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Execution;

/// <summary>Slow paths of back-edges: the loop is hot, or the budget is exhausted.</summary>
internal static class BackEdges
{
    /// <summary>
    /// Called at the head of a loop that is hot, or when the budget is exhausted. The frame continues at <paramref name="pc"/>, after the
    /// head.
    /// </summary>
    /// <returns>The result for the loop over instructions; <see cref="LoopExit.None"/> to continue.</returns>
    public static LoopExit OnLoopHead(FrameContext frames, Unwinder unwinder, TierAdapter tiering, int loop, int pc) =>
        OnBackEdge(frames, unwinder, tiering, loop, pc, (pc, pc));

    /// <summary>As <see cref="OnLoopHead"/>, for the back-edge of a for loop, which jumps to <paramref name="pc"/>.</summary>
    /// <param name="frames">The stacks.</param>
    /// <param name="unwinder">Captures the trace of a limit error.</param>
    /// <param name="tiering">Compiles hot loops.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="pc">The start of its body.</param>
    /// <param name="pcAfter">The position after the back-edge.</param>
    /// <remarks>The error of a limit is handled as one of the body's first instruction, so that the loop's iterator is closed.</remarks>
    public static LoopExit OnBackEdge(FrameContext frames, Unwinder unwinder, TierAdapter tiering, int loop, int pc, int pcAfter) =>
        OnBackEdge(frames, unwinder, tiering, loop, pc, (pcAfter, pc + 1));

    /// <summary>
    /// Charges a back-edge that the loop over instructions does not take itself. The running frame then continues at the body.
    /// </summary>
    public static void Charge(FrameContext frames, Unwinder unwinder, long cost, int pcAfter, int body)
    {
        if ((frames.Budget.Left -= cost) < 0)
        {
            Spend(frames, unwinder, pcAfter, body + 1);
        }

        frames.Stack.Running.Pc = body;
    }

    private static LoopExit OnBackEdge(
        FrameContext frames, Unwinder unwinder, TierAdapter tiering, int loop, int pc, (int After, int OfErrors) limit)
    {
        bool isSpent = frames.Budget.Left < 0;
        if (isSpent)
        {
            Spend(frames, unwinder, limit.After, limit.OfErrors);
        }

        frames.Stack.Running.Pc = pc;
        LoopExit exit = LoopExit.None;
        if (frames.Stack.IsStepping)
        {
            tiering.Stepper.End();
        }
        else if (frames.Stack.Running.Closure.Code.Loops[loop].Heat < 0)
        {
            exit = tiering.OnHotLoop(loop, pc);
        }

        return isSpent && exit == LoopExit.None ? LoopExit.Refilled : exit;
    }

    /// <summary>
    /// Handles an exhausted budget. The trace of a limit error begins at the back-edge, because the first instruction of a loop's body
    /// depends on the optimization level.
    /// </summary>
    private static void Spend(FrameContext frames, Unwinder unwinder, int pcAfter, int pcOfErrors)
    {
        frames.Stack.Running.Pc = pcAfter;
        try
        {
            frames.OnBudgetSpent();
        }
        catch (ScriptErrorException e)
        {
            unwinder.CaptureTrace(e.Error);
            frames.Stack.Running.Pc = pcOfErrors;
            throw;
        }
    }
}
