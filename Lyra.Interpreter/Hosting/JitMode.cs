namespace Lyra;

/// <summary>When scripts are compiled to machine code.</summary>
public enum JitMode
{
    /// <summary>Never; everything is interpreted.</summary>
    Off,

    /// <summary>Hot loops and procs are compiled, if the platform supports it (see <see cref="JitStatistics.Available"/>).</summary>
    On,

    /// <summary>For tests of the compiler: everything is hot at once, and each guard is made to fail in turn.</summary>
    Stress,
}
