using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A subclass that the host has not defined.</summary>
public sealed class PlainEntity : Entity
{
    public override int Level { get; set; }
}
