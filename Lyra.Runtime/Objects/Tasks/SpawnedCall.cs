using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A spawned call that waits for its turn.</summary>
/// <param name="callee">The value to call.</param>
/// <param name="arguments">Its arguments, in the order of the parameters.</param>
internal sealed class SpawnedCall(in Value callee, Value[] arguments)
{
    public readonly Value Callee = callee;

    public readonly Value[] Arguments = arguments;
}
