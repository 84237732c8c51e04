using Lyra.Runtime.Objects;

namespace Lyra.Jit.Helpers;

/// <summary>A str that the code of a region looks up in maps, and where the last map with a shape had it: an inline cache.</summary>
internal sealed class KnownKey(ScriptString text)
{
    public ScriptString Text { get; } = text;

    /// <summary>The shape of that map.</summary>
    public MapShape Shape { get; set; } = MapShape.None;

    /// <summary>The position of the key there; -1 when it is absent.</summary>
    public long Position { get; set; }
}
