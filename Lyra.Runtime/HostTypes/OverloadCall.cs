using System;

namespace Lyra.Runtime.HostTypes;

/// <summary>The arguments of one call, as a choice among overloads sees them.</summary>
/// <param name="ranks">The ranks of the arguments, those of the first overload first; 0 where an overload is not possible.</param>
/// <param name="count">The number of arguments.</param>
/// <param name="positions">
/// For each overload the positions of the parameters, null where the names do not fit; null in all for a call without named arguments.
/// </param>
internal readonly ref struct OverloadCall(Span<int> ranks, int count, int[]?[]? positions)
{
    public Span<int> Ranks { get; } = ranks;

    public int Count { get; } = count;

    /// <summary>Whether an overload takes so many arguments, and has their names.</summary>
    public bool IsTakenBy(int index, OverloadRow row) => positions is null ? row.Takes(Count) : positions[index] is not null;

    /// <summary>The position of the parameter that an argument is for.</summary>
    public int PositionOf(int index, int argument) => positions is null ? argument : positions[index]![argument];

    public int RankOf(int index, int argument) => Ranks[(index * Count) + argument];

    /// <summary>Whether an overload can take each argument.</summary>
    public bool Fits(int index) => !Ranks.Slice(index * Count, Count).Contains(ArgumentFit.None);
}
