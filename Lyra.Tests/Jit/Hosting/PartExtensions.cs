using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Methods that delegates call with a bound first argument.</summary>
internal static class PartExtensions
{
    public static int LevelOfFirst(this Part first, Part _) => first.Level;
}
