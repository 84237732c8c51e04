using System;

namespace Lyra.Runtime.Kinds;

/// <summary>What is true of all values of a kind.</summary>
[Flags]
internal enum KindTraits : byte
{
    None = 0,

    /// <summary>An annotation without element types accepts all of them and nothing else, so a pattern can be chosen by the kind.</summary>
    Distinct = 1,

    /// <summary>They equal only values of the same kind, or numbers, and no hook is called for that.</summary>
    Plain = 2,

    /// <summary>A loop over them runs no code of the script.</summary>
    Sequence = 4,

    /// <summary>Their contents may change, and <c>==</c> compares contents.</summary>
    Mutable = 8,

    /// <summary>Their methods are those of the library, whatever the value is.</summary>
    Methods = 16,

    /// <summary>The annotation names a type, which <see cref="SlotKind"/> alone does not tell.</summary>
    Named = 32,
}
