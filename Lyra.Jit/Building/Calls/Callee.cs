using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// A call of a script proc: its callee, and the position of the callee's frame. Positions count from the caller's first register.
/// </summary>
/// <param name="Code">The proc.</param>
/// <param name="Closure">The closure, a node of type Closure that is known to run the code.</param>
/// <param name="Window">The first register of the callee.</param>
/// <param name="Target">The caller's register that takes the result.</param>
/// <param name="DropsResult">True when no register takes the result (a <c>__setindex</c> hook).</param>
internal readonly record struct Callee(LinkedPrototype Code, IrNode Closure, int Window, int Target, bool DropsResult = false)
{
    /// <summary>The first register of the call's frame. That of a task must not be the one that takes the task.</summary>
    public int Start => Code.Kind == ProcKind.Async && Window == Target ? Window + 1 : Window;

    /// <summary>The callee of a call whose arguments follow the register that takes the result.</summary>
    public static Callee At(Instruction i, IrNode closure, LinkedPrototype code) => new(code, closure, i.A + 1, i.A);
}
