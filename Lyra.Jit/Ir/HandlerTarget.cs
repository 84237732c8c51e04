namespace Lyra.Jit.Ir;

/// <summary>
/// The handler at which a region continues when an instruction raises an error that one of its frames catches: the payload of an
/// <see cref="IrOp.CallInterpreter"/>.
/// </summary>
/// <param name="Frame">The frame, counted from the root's.</param>
/// <param name="Pc">The handler's first instruction.</param>
internal sealed record HandlerTarget(int Frame, int Pc);
