using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The memory of a pattern or a replacement while it is read. It is protected meanwhile, so that a heap walk counts the tree and does not
/// remove its charges.
/// </summary>
/// <param name="context">The engine that is charged.</param>
internal sealed class PatternMemory(ScriptContext context) : ScriptObject
{
    private long _bytes;

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "pattern";

    public override long OwnBytes => _bytes;

    /// <summary>Takes steps.</summary>
    public void Charge(long steps) => context.Charge(steps);

    /// <summary>Charges memory that is kept until the end.</summary>
    public void ChargeMemory(long bytes)
    {
        context.ChargeMemory(bytes);
        _bytes += bytes;
    }

    /// <inheritdoc cref="ScriptContext.CheckClock"/>
    public void CheckClock() => context.CheckClock();
}
