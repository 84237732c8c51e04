using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A class whose members its subclasses define.</summary>
public abstract class Place : IPlace
{
    public abstract string Name { get; }

    public abstract Place Parent { get; }

    /// <summary>How often a member was read that counts this.</summary>
    public int Visits { get; set; }
}
