using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>
/// The interpreter's call of a hot proc, whose frame is the running one and has executed nothing yet. Such calls take some ten nanoseconds,
/// so the interpreter passes what <see cref="IFrameHost"/> would have to be asked for.
/// </summary>
/// <param name="context">The context that is passed to emitted code.</param>
/// <param name="stack">The register stack.</param>
/// <param name="origin">Where the registers of the frame begin.</param>
/// <param name="closure">The proc.</param>
/// <param name="framesLeft">
/// The frames that compiled procs may need above the running one; negative if compiled code must not be entered now.
/// </param>
internal readonly ref struct ProcCall(ScriptContext context, Value[] stack, int origin, Closure closure, int framesLeft)
{
    public readonly ScriptContext Context = context;

    public readonly Value[] Stack = stack;

    public readonly int Origin = origin;

    public readonly Closure Closure = closure;

    public readonly int FramesLeft = framesLeft;
}
