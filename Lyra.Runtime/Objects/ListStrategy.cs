namespace Lyra.Runtime.Objects;

/// <summary>How a list keeps its elements. The first element decides; a foreign one widens the list to <see cref="Values"/>.</summary>
internal enum ListStrategy : byte
{
    /// <summary>No element was stored yet.</summary>
    Empty,

    /// <summary>64-bit ints in <see cref="ListObject.Ints"/>.</summary>
    Ints,

    /// <summary>Floats in <see cref="ListObject.Floats"/>.</summary>
    Floats,

    /// <summary>Bools in <see cref="ListObject.Bools"/>.</summary>
    Bools,

    /// <summary>Anything, in <see cref="ListObject.Values"/>.</summary>
    Values,
}
