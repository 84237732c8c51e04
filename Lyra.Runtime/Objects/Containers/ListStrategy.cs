namespace Lyra.Runtime.Objects;

/// <summary>
/// The representation of a list's elements. The first element decides; one that does not fit widens the list. Each but
/// <see cref="Empty"/> is a bit of its own, so that compiled code tests for one of them or an empty list at once.
/// </summary>
internal enum ListStrategy : byte
{
    /// <summary>No element has been stored yet.</summary>
    Empty = 0,

    /// <summary>64-bit ints in <see cref="ListObject.Ints"/>.</summary>
    Ints = 1,

    /// <summary>Floats in <see cref="ListObject.Floats"/>.</summary>
    Floats = 2,

    /// <summary>Bools in <see cref="ListObject.Bools"/>.</summary>
    Bools = 4,

    /// <summary>Any values, in <see cref="ListObject.Values"/>.</summary>
    Values = 8,
}
