namespace Lyra.Tests.Unit.Jit.Hosting;

/// <summary>A subclass that the host has not defined.</summary>
public sealed class PlainEntity : Entity
{
    public override int Level { get; set; }
}
