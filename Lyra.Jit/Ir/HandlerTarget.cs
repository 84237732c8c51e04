namespace Lyra.Jit.Ir;

/// <summary>
/// Where a region goes on when an error that leaves an instruction is caught in one of its frames: payload of an <see cref="IrOp.Interpret"/>.
/// </summary>
/// <param name="Frame">The frame, counted from the root's.</param>
/// <param name="Pc">The handler.</param>
internal sealed record HandlerTarget(int Frame, int Pc);
