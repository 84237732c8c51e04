using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>What the host defines as a type of scripts by an interface.</summary>
public interface IHasRank
{
    int Rank { get; }
}
