using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// <c>break</c>, <c>continue</c> and <c>return</c>: the jumps, and the code for each loop and finally block that they exit.
/// </summary>
internal sealed class ExitEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The open loops and finally blocks, innermost last.</summary>
    private readonly List<ExitPoint> _points = [];

    /// <summary>True if a return must close an iterator or run a finally block.</summary>
    public bool HasWork => _points.Exists(static point => point is FinallyPoint or LoopPoint { Iterator: not RegisterStack.None });

    public void Open(ExitPoint point) => _points.Add(point);

    public void Close() => _points.RemoveAt(_points.Count - 1);

    /// <summary>Emits a break or continue of the innermost loop, or of the one with a label.</summary>
    public void EmitLoopExit(string? label, bool isBreak)
    {
        for (int i = _points.Count - 1; i >= 0; i--)
        {
            if (_points[i] is not LoopPoint loop || (label is not null && loop.Label != label))
            {
                continue;
            }

            EmitExit(new Exit(loop, isBreak), RegisterStack.None);
            return;
        }
    }

    public void EmitReturn(int register) => EmitExit(Exit.Return, register);

    /// <summary>Emits, after a finally block, the rest of each exit that runs through it.</summary>
    public void EmitPendingExits(FinallyPoint point)
    {
        for (int i = 0; i < point.Exits.Count; i++)
        {
            Label next = Code.NewLabel();
            Code.EmitJump(Opcode.JumpNeInt, next, point.Register, i + 1);
            EmitExit(point.Exits[i], point.ValueRegister);
            Code.Bind(next);
        }
    }

    /// <summary>Emits an exit up to the next finally block; the code after that block emits the rest.</summary>
    private void EmitExit(Exit exit, int value)
    {
        for (int i = _points.Count - 1; i >= 0; i--)
        {
            if (_points[i] is FinallyPoint guarded)
            {
                EnterFinally(guarded, exit, value);
                return;
            }

            LoopPoint loop = (LoopPoint)_points[i];
            bool isLast = loop == exit.Loop;
            bool staysInLoop = isLast && !exit.IsBreak;
            if (loop.Iterator != RegisterStack.None && !staysInLoop)
            {
                Code.Emit(Opcode.CloseIter, loop.Iterator);
            }

            if (!isLast)
            {
                continue;
            }

            Code.EmitJump(Opcode.Jump, exit.IsBreak ? loop.Break : loop.Continue);
            return;
        }

        Code.Emit(Opcode.Return, value);
    }

    private void EnterFinally(FinallyPoint guarded, Exit exit, int value)
    {
        if (exit.Loop is null)
        {
            Code.Move(guarded.ValueRegister, value);
        }

        Code.EmitWide(Opcode.LoadInt, guarded.Register, guarded.SelectorOf(exit));
        Code.EmitJump(Opcode.Jump, guarded.Body);
    }
}
