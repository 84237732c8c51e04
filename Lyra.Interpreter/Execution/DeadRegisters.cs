using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Clears registers that no instruction will read.</summary>
internal static class DeadRegisters
{
    /// <summary>Clears the dead registers of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="registers">Its registers, without those that belong to the frame above it.</param>
    /// <param name="isRunning">
    /// Whether the frame is about to execute its next instruction. Otherwise it executes the one before its position, which has called.
    /// </param>
    public static void Clear(in Frame frame, Span<Value> registers, bool isRunning)
    {
        LivenessMap liveness = frame.Closure.Code.Liveness;
        Instruction[] code = frame.Closure.Prototype.Code;
        int next = Math.Min(frame.Pc, code.Length - 1);
        int calling = isRunning ? next : Math.Max(frame.Pc - 1, 0);
        ref readonly Instruction call = ref code[calling];
        int target = isRunning ? -1 : OpcodeInfo.Of(call.Op).JumpTarget(call, calling);
        RegisterSpan written = isRunning ? default : RegisterUse.Writes(call);
        RegisterSpan variables = isRunning ? default : RegisterUse.LoopVariables(call);
        for (int register = 0; register < registers.Length; register++)
        {
            bool isNeeded = liveness.IsLive(next, register) || liveness.IsLive(calling, register)
                || (target >= 0 && liveness.IsLive(target, register)) || Contains(written, register) || Contains(variables, register);
            if (!isNeeded)
            {
                registers[register] = default;
            }
        }
    }

    private static bool Contains(RegisterSpan span, int register) => register >= span.First && register < span.End;
}
