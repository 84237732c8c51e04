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
    /// <param name="above">
    /// The flags of the frame above it, which the instruction before its position has called; null if the frame is about to execute its
    /// next instruction.
    /// </param>
    public static void Clear(in Frame frame, Span<Value> registers, FrameFlags? above)
    {
        bool isRunning = above is null;
        LivenessMap liveness = frame.Closure.Code.Liveness;
        Instruction[] code = frame.Closure.Prototype.Code;
        int next = Math.Min(frame.Pc, code.Length - 1);
        int calling = isRunning ? next : Math.Max(frame.Pc - 1, 0);
        ref readonly Instruction call = ref code[calling];
        int target = isRunning ? -1 : OpcodeInfo.Of(call.Op).JumpTarget(call, calling);
        RegisterSpan written = isRunning ? default : RegisterUse.Writes(call);

        // The frame above returns into the register, so its present value is lost. Other instructions call between the writes of several
        // registers, or, as async calls do, after their write.
        RegisterSpan overwritten = above == FrameFlags.None && written.Count == 1 ? written : default;
        RegisterSpan variables = isRunning ? default : RegisterUse.LoopVariables(call);
        for (int register = 0; register < registers.Length; register++)
        {
            bool isNeeded = liveness.IsLive(next, register) || (target >= 0 && liveness.IsLive(target, register))
                || written.Contains(register) || variables.Contains(register);
            if (!liveness.IsLive(calling, register) && (!isNeeded || overwritten.Contains(register)))
            {
                registers[register] = default;
            }
        }
    }
}
