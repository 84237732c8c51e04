using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>
/// The interpreter's stacks, as compiled code and the deoptimizer use them. The root frame of a loop region is the interpreter's running
/// frame. Positions are absolute in the register stack.
/// </summary>
internal interface IFrameHost
{
    /// <summary>The context that is passed to emitted code.</summary>
    ScriptContext Context { get; }

    /// <summary>The register stack. Each push of a frame may replace it by a larger one.</summary>
    Value[] Stack { get; }

    /// <summary>Index of the running frame.</summary>
    int Top { get; }

    /// <summary>Where a frame's registers begin.</summary>
    int BaseOf(int frame);

    Closure ClosureOf(int frame);

    /// <summary>The instruction that a frame executes next.</summary>
    int PcOf(int frame);

    void SetPc(int frame, int pc);

    /// <summary>
    /// Pushes a frame without charging or counting, because compiled code has charged the call. It grows the stack if necessary.
    /// </summary>
    void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult);

    /// <summary>
    /// Pushes the frame of a generator or task, with its registers. The loop that drives the generator, or the call of the async proc, is
    /// in the running frame.
    /// </summary>
    void PushCoroutine(GeneratorObject coroutine, int position, int pc, int returnSlot);

    /// <summary>The coroutine whose frame is the running one.</summary>
    GeneratorObject RunningCoroutine { get; }

    /// <summary>Pops frames that <see cref="PushInlined"/> and <see cref="PushCoroutine"/> have pushed, down to this index.</summary>
    void PopTo(int frame);

    /// <summary>
    /// Executes the one instruction at the running frame's position, with all the frames that it pushes, to its end. The position is then
    /// after it, or at its jump target. It charges all that it charges in the interpreter's loop, the back-edge of a loop that goes on
    /// included: only the interpreter can charge that at the right moment, because a generator's own steps come before it.
    /// </summary>
    /// <returns>
    /// False when the running frame can't go on in compiled code: an error left its instruction and is pending, with the frames where it
    /// happened; or the instruction leaves or suspends the frame (return, yield, waiting for a task or channel) and has not been executed.
    /// </returns>
    bool ExecuteOne();

    /// <summary>
    /// A compiled proc exited, and its frames and those of its callees were built: lets the interpreter execute them to their end. The
    /// result is then in the caller's register.
    /// </summary>
    /// <param name="frame">The proc's frame.</param>
    /// <returns>False when an error propagated out of that frame, which is pending in the caller's.</returns>
    bool Finish(int frame);

    /// <summary>
    /// Takes the error that <see cref="ExecuteOne"/> left pending to its handler, in any frame of this run of the interpreter's loop. The
    /// running frame is then at the handler. False when nothing is pending, or no handler takes it; the end of the region settles that.
    /// </summary>
    bool TryFinish();

    /// <summary>
    /// Stores an error as pending, as <see cref="ExecuteOne"/> does. C# code has raised it in the instruction before the running frame's
    /// position.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="protectedCount">The objects that were protected when the instruction began.</param>
    /// <returns>False when the exception is none of the script's.</returns>
    bool TryPend(Exception exception, int protectedCount);
}
