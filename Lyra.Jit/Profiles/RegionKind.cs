namespace Lyra.Jit.Profiles;

/// <summary>The unit of code that a region is compiled from.</summary>
internal enum RegionKind : byte
{
    /// <summary>
    /// A loop. The region is entered at a back-edge, loads the live registers from the interpreter's stack, and ends only through exits.
    /// </summary>
    Loop,

    /// <summary>A proc. Its arguments are the region's parameters, and its result is the return value.</summary>
    Entry,
}
