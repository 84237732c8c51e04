using Lyra.Jit.Ir;

namespace Lyra.Jit.Regions;

/// <summary>
/// A step of a loop over a generator, through the compiled code of the generator. The result is the value that it yields; the unset marker
/// if it has ended, or if nothing happened because it has no compiled code that resumes where it stands. The latter is for the interpreter.
/// </summary>
/// <param name="yieldCost">The steps of a back-edge of the loop.</param>
internal sealed class ResumeCall(int yieldCost) : CallTarget(EntrySignature.OfResume())
{
    public int YieldCost { get; } = yieldCost;
}
