using System.Text;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A text that a builtin puts together piece by piece, for <see cref="Execution.ScriptContext.Protect"/>: else the heap walk would not see it, and forget
/// what was charged for it.
/// </summary>
internal sealed class TextUnderConstruction(StringBuilder text) : ScriptObject
{
    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "text under construction";

    public override long OwnBytes => 56 + (2L * text.Length);
}
