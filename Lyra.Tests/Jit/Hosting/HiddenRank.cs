using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class that implements the interface explicitly.</summary>
public class HiddenRank : IHasRank
{
    public int Divisor { get; set; } = 4;

    int IHasRank.Rank => 100 / Divisor;
}
