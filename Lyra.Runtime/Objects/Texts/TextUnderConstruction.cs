using System.Text;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A text that a builtin builds piece by piece, for <see cref="Execution.ScriptContext.Protect"/>: otherwise the heap walk would miss it
/// and forget its charge.
/// </summary>
internal sealed class TextUnderConstruction(StringBuilder text) : ScriptObject
{
    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "text under construction";

    public override long OwnBytes => 56 + (2L * text.Length);
}
