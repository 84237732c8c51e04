using Lyra.Jit.Regions;

namespace Lyra.Jit.Building;

/// <summary>How a call of a script proc is lowered.</summary>
internal enum CallChoice : byte
{
    /// <summary>The interpreter executes it.</summary>
    None,

    /// <summary>It makes a generator, which runs later.</summary>
    Generator,

    /// <summary>It is inlined.</summary>
    Inline,

    /// <summary>It calls the proc's compiled code.</summary>
    Region,

    /// <summary>
    /// It calls the proc's compiled code when the arguments have the representations that the code expects, and is inlined otherwise.
    /// </summary>
    RegionOrInline,
}
