using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A subclass with a property that throws.</summary>
public sealed class FragileEntity : Entity
{
    public int[]? Levels { get; set; }

    public override int Level
    {
        get => Levels!.Length;
        set => Number = value;
    }
}
