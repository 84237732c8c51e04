namespace Lyra.Runtime.Objects;

/// <summary>The representation of a list's elements. The first element decides; one that does not fit widens the list.</summary>
internal enum ListStrategy : byte
{
    /// <summary>No element has been stored yet.</summary>
    Empty,

    /// <summary>64-bit ints in <see cref="ListObject.Ints"/>.</summary>
    Ints,

    /// <summary>Floats in <see cref="ListObject.Floats"/>.</summary>
    Floats,

    /// <summary>Bools in <see cref="ListObject.Bools"/>.</summary>
    Bools,

    /// <summary>Any values, in <see cref="ListObject.Values"/>.</summary>
    Values,
}
