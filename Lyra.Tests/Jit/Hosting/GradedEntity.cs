using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Subclasses that only differ by their class.</summary>
/// <typeparam name="T">Any type.</typeparam>
public sealed class GradedEntity<T> : Entity
{
    private int _level = 2;

    public override int Level
    {
        get => _level + 1;
        set => _level = value;
    }
}
