using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Oracles;

/// <summary>The oracles that judge each run of a generated program.</summary>
internal static class RunOracles
{
    /// <summary>New oracles for one thread.</summary>
    public static IRunOracle[] Create() => [new RetentionOracle()];
}
