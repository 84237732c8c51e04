using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class that implements the interface as its own property.</summary>
public sealed class Ranked : IHasRank
{
    public int Rank { get; set; } = 7;
}
