using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Execution;

/// <content>Slow paths of back-edges (the loop is hot or the budget is exhausted), and traps.</content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// Called at the head of a loop that is hot, or when the budget is exhausted. The frame continues at <paramref name="pc"/>, after the
    /// head.
    /// </summary>
    /// <returns>The result for the loop over instructions; <see cref="LoopExit.None"/> to continue.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnLoopHead(int loop, int pc) => OnBackEdge(loop, pc, pc, pc);

    /// <summary>As <see cref="OnLoopHead"/>, for the back-edge of a for loop, which jumps to <paramref name="pc"/>.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="pc">The start of its body.</param>
    /// <param name="pcAfter">The position after the back-edge.</param>
    /// <remarks>The error of a limit is handled as one of the body's first instruction, so that the loop's iterator is closed.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnBackEdge(int loop, int pc, int pcAfter) => OnBackEdge(loop, pc, pcAfter, pc + 1);

    private LoopExit OnBackEdge(int loop, int pc, int pcAfter, int pcOfErrors)
    {
        bool isSpent = Budget.Left < 0;
        if (isSpent)
        {
            SpendAtBackEdge(pcAfter, pcOfErrors);
        }

        Stack.Running.Pc = pc;
        LoopExit exit = LoopExit.None;
        if (Stack.IsStepping)
        {
            Stepper.End();
        }
        else if (Stack.Running.Closure.Code.Loops[loop].Heat < 0)
        {
            exit = Tiering.OnHotLoop(loop, pc);
        }

        return isSpent && exit == LoopExit.None ? LoopExit.Refilled : exit;
    }

    /// <summary>
    /// Charges a back-edge that the loop over instructions does not take itself. The running frame then continues at the body.
    /// </summary>
    private void ChargeBackEdge(long cost, int pcAfter, int body)
    {
        if ((Budget.Left -= cost) < 0)
        {
            SpendAtBackEdge(pcAfter, body + 1);
        }

        Stack.Running.Pc = body;
    }

    /// <summary>
    /// Handles an exhausted budget. The trace of a limit error begins at the back-edge, because the first instruction of a loop's body
    /// depends on the optimization level.
    /// </summary>
    private void SpendAtBackEdge(int pcAfter, int pcOfErrors)
    {
        Stack.Running.Pc = pcAfter;
        try
        {
            OnBudgetSpent();
        }
        catch (ScriptErrorException e)
        {
            Unwinder.CaptureTrace(e.Error);
            Stack.Running.Pc = pcOfErrors;
            throw;
        }
    }

    /// <summary>Handles a trap: it ends a single step, or the recorder observes the instruction.</summary>
    private Cold OnTrap()
    {
        int pc = --Stack.Running.Pc;
        if (Stack.IsStepping)
        {
            return Cold.Stepped;
        }

        Events.ReportTrap(pc);
        return Cold.Reload;
    }

    private static Cold ColdOf(LoopExit exit) => exit switch
    {
        LoopExit.Failed => Cold.Failed,
        LoopExit.Waiting => Cold.Waiting,
        LoopExit.None or LoopExit.Returned or LoopExit.Yielded or LoopExit.Refilled or LoopExit.Stepped => Cold.Reload,
    };
}
