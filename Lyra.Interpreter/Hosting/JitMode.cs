namespace Lyra;

/// <summary>When scripts are compiled to machine code.</summary>
public enum JitMode
{
    /// <summary>Never: everything is interpreted.</summary>
    Off,

    /// <summary>Where a script is hot, if this build and platform can; else everything is interpreted (<c>Statistics.Jit.Available</c> says which).</summary>
    On,

    /// <summary>For testing the compiler: everything is hot at once, and every guard is made to fail in turn.</summary>
    Stress,
}
