namespace Lyra.Bench.Suite;

/// <summary>How much a program has to do.</summary>
public enum BenchSize
{
    /// <summary>For tests.</summary>
    Small,

    /// <summary>About 0.05 s in C#: for slow engines.</summary>
    Mid,

    /// <summary>0.1 s to 0.5 s in C#.</summary>
    Full,
}
