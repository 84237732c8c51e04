using Lyra.Jit.Ir;

namespace Lyra.Jit.Regions;

/// <summary>
/// A call of a closure whose proc is only known when the call is made: of one of many callbacks, for example. The closure and the arguments
/// are passed as values of any kind. The result is the unset marker if nothing was called, because the proc has no compiled code, or
/// because its code expects other arguments; then the interpreter has to make the call.
/// </summary>
/// <param name="arguments">The number of arguments.</param>
/// <param name="needsNoTask">
/// Whether the result is only awaited or not used: then the result of a finished task may take the task's place.
/// </param>
internal sealed class IndirectCall(int arguments, bool needsNoTask) : CallTarget(EntrySignature.OfAny(arguments))
{
    public bool NeedsNoTask { get; } = needsNoTask;
}
