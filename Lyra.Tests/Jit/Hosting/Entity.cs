using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class whose property its subclasses define.</summary>
public abstract class Entity
{
    public int Number { get; set; }

    public abstract int Level { get; set; }
}
