using System.Collections.Generic;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Profiles;

/// <summary>The lists that a call spread: their strategies, and the numbers of elements. It only grows.</summary>
internal sealed class SpreadProfile
{
    /// <summary>The most numbers of arguments that have code of their own.</summary>
    public const int MaxCounts = 4;

    private readonly List<int> _counts = [];

    /// <summary>The observed type of the lists.</summary>
    public ObservedType Lists { get; } = new();

    /// <summary>Up to <see cref="MaxCounts"/> numbers of elements, in the order in which they were first seen.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Whether there were more numbers than <see cref="MaxCounts"/>.</summary>
    public bool HasMoreCounts { get; private set; }

    /// <summary>Increases with each list that changes the profile.</summary>
    public int Version => Lists.Version + _counts.Count + (HasMoreCounts ? 1 : 0);

    /// <summary>Adds a list.</summary>
    public void Add(ListObject list)
    {
        Lists.Add(Value.FromObject(list));
        if (_counts.Contains(list.Count))
        {
            return;
        }

        if (_counts.Count < MaxCounts)
        {
            _counts.Add(list.Count);
        }
        else
        {
            HasMoreCounts = true;
        }
    }
}
