using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Base of the classes that lower one area of the instructions to IR. A method that lowers an instruction returns false when only the
/// interpreter can execute it; it has then appended nothing but guards and values that nothing uses.
/// </summary>
internal abstract class Lowering(BuildParts parts)
{
    protected BuildState State { get; } = parts.State;

    protected IrBuilder Ir { get; } = parts.Ir;

    protected RegisterFile Registers { get; } = parts.Registers;

    protected PathBuilder Paths { get; } = parts.Paths;

    /// <summary>The frame being built.</summary>
    protected FrameScope Frame => State.Frame;

    /// <summary>The recording of the instruction being built.</summary>
    protected InstructionProfile Profile => State.Profile;

    /// <summary>The instruction being built.</summary>
    protected int Pc => State.Pc;

    /// <summary>Whether the next instruction awaits the result of the present one, which nothing else reads.</summary>
    protected bool IsAwaitedNext
    {
        get
        {
            Instruction i = State.Code[Pc];
            Instruction next = Pc + 1 < State.Code.Length ? State.Code[Pc + 1] : default;
            return next.Op == Opcode.Await && next.B == i.A && (next.A == i.A || !Frame.Code.Liveness.IsLive(Pc + 2, i.A));
        }
    }

    /// <summary>Whether nothing needs the task that the present instruction makes, only its result, if that is no task itself.</summary>
    /// <param name="target">The register that takes the task.</param>
    protected bool NeedsNoTask(int target) => IsAwaitedNext || !Frame.Code.Liveness.IsLive(Pc + 1, target);

    /// <summary>Whether a value may be a task, so that an await of it may not just give it.</summary>
    protected static bool MayBeTask(IrNode value) => value.Type is IrType.Any or IrType.Object or IrType.Task;

    /// <summary>Sets the register that takes an instruction's result; always true.</summary>
    protected bool Set(int register, IrNode value)
    {
        Registers.Set(register, value);
        return true;
    }

    /// <summary>Sets the register that takes an instruction's result; false when there is none.</summary>
    protected bool SetIfAny(int register, IrNode? value) => value is not null && Set(register, value);
}
