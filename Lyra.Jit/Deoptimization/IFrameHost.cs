using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Deoptimization;

/// <summary>
/// The interpreter's stacks as compiled code and the deoptimizer see them. The root frame of a loop region is the interpreter's running frame;
/// positions are absolute in the register stack.
/// </summary>
internal interface IFrameHost
{
    /// <summary>The context that emitted code is given.</summary>
    ScriptContext Context { get; }

    /// <summary>The register stack. It may be replaced by a larger one whenever a frame is pushed.</summary>
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
    /// Puts a frame above the running one, without charging or counting: its call was charged where it was made. Makes room in the stack.
    /// </summary>
    void PushInlined(Closure closure, int position, int pc, int returnSlot, bool dropsResult);

    /// <summary>As <see cref="PushInlined"/>, the frame of a generator, with its registers; the loop that drives it is the running frame's.</summary>
    void PushGenerator(GeneratorObject generator, int position, int pc);

    /// <summary>Takes frames away that <see cref="PushInlined"/> and <see cref="PushGenerator"/> put there, down to this index.</summary>
    void PopTo(int frame);

    /// <summary>
    /// Executes the one instruction at the running frame's position, with all the frames that it pushes, to its end; the position is behind it then
    /// (or where it jumped). It charges all that it charges in the interpreter's loop, the back-edge of a loop that goes on included: only the
    /// interpreter can charge that at the right moment, because a generator's own steps come before it.
    /// </summary>
    /// <returns>
    /// False when the running frame can't go on in compiled code: an error left its instruction and is pending, with the frames where it happened;
    /// or the instruction leaves or suspends the frame (return, yield, waiting for a task or channel) and has not been executed.
    /// </returns>
    bool ExecuteOne();

    /// <summary>
    /// Takes the error that <see cref="ExecuteOne"/> left pending to its handler, however far out in this run of the loop that is: the running frame
    /// stands at it then. False when nothing takes it, or nothing is pending; leaving the region settles that.
    /// </summary>
    bool TrySettle();

    /// <summary>
    /// Leaves the error pending that C# code has raised in the instruction before the running frame's position, as <see cref="ExecuteOne"/> does.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="protectedCount">The objects that were protected when the instruction began.</param>
    /// <returns>False when the exception is none of the script's.</returns>
    bool TryPend(Exception exception, int protectedCount);
}
