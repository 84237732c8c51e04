using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The keys of maps that one place makes, and the shape that maps with these keys have.</summary>
internal sealed class KnownKeys(params ScriptString[] texts)
{
    public ScriptString[] Texts { get; } = texts;

    /// <summary>The shape, as soon as it is known.</summary>
    public MapShape Shape { get; set; } = MapShape.None;
}
