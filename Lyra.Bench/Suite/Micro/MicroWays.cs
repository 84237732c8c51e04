namespace Lyra.Bench.Suite.Micro;

/// <summary>What performs an operation.</summary>
internal static class MicroWays
{
    /// <summary>C# calls a part of the runtime.</summary>
    public const string CSharp = "C#";

    public const string Baseline = "baseline";
    public const string Interpreted = "interpreted";
    public const string Compiled = "compiled";

    /// <summary>All, in the order of the tables.</summary>
    public static readonly string[] All = [CSharp, Baseline, Interpreted, Compiled];
}
