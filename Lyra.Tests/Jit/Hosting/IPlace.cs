using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An interface with members that are objects and texts.</summary>
public interface IPlace
{
    string Name { get; }

    Place Parent { get; }
}
