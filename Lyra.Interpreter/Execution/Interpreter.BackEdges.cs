using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Execution;

/// <content>Back-edges that made a loop hot or spent the budget, and traps.</content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// The head of a loop was passed that is hot now, or the budget is spent. The frame goes on at <paramref name="pc"/>, behind the head.
    /// </summary>
    /// <returns>What the loop over instructions is to return; <see cref="LoopExit.None"/> when it goes on.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnLoopHead(int loop, int pc) => OnBackEdge(loop, pc, pc, pc);

    /// <summary>As <see cref="OnLoopHead"/>, for the back-edge of a for loop, which jumps to <paramref name="pc"/>.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="pc">Where its body begins.</param>
    /// <param name="pcBehind">Behind the back-edge.</param>
    /// <remarks>An error of a limit is handled as one of the body's first instruction, so that the loop's iterator is closed.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnBackEdge(int loop, int pc, int pcBehind) => OnBackEdge(loop, pc, pcBehind, pc + 1);

    private LoopExit OnBackEdge(int loop, int pc, int pcBehind, int pcOfErrors)
    {
        bool isSpent = Budget.Left < 0;
        if (isSpent)
        {
            SpendAtBackEdge(pcBehind, pcOfErrors);
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

    /// <summary>Charges a back-edge that is not taken by the loop over instructions. The running frame goes on at the body then.</summary>
    private void ChargeBackEdge(long cost, int pcBehind, int body)
    {
        if ((Budget.Left -= cost) < 0)
        {
            SpendAtBackEdge(pcBehind, body + 1);
        }

        Stack.Running.Pc = body;
    }

    /// <summary>
    /// Which instruction stands first in a loop's body depends on the optimization level. So the trace of a limit's error begins at the
    /// back-edge.
    /// </summary>
    private void SpendAtBackEdge(int pcBehind, int pcOfErrors)
    {
        Stack.Running.Pc = pcBehind;
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

    /// <summary>A trap: the end of a single step, or a recording is to look at the instruction.</summary>
    private Cold OnTrap()
    {
        int pc = --Stack.Running.Pc;
        return Stack.IsStepping ? Cold.Stepped : ColdOf(Tiering.OnTrap(pc));
    }

    private static Cold ColdOf(LoopExit exit) => exit switch
    {
        LoopExit.Failed => Cold.Failed,
        LoopExit.Waiting => Cold.Waiting,
        _ => Cold.Reload,
    };
}
