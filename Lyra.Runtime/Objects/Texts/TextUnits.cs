using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The code units of a str, wherever its form keeps them. Compiled loops hold it in a local, so that they find the form of a str only once.
/// </summary>
internal readonly ref struct TextUnits(ReadOnlySpan<char> units)
{
    private readonly ReadOnlySpan<char> _units = units;

    /// <summary>The code unit at an index inside the str.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char At(TextUnits units, int index) => units._units[index];
}
