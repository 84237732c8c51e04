namespace Lyra;

/// <summary>The aspects by which a <see cref="TierCheck"/> compares two runs.</summary>
public enum TierAspect
{
    /// <summary>The printed text.</summary>
    Output,

    /// <summary>The ending: by itself, by an error, or by <c>exit</c> with a code.</summary>
    Ending,

    /// <summary>The trace of the error that ended the run.</summary>
    Trace,

    /// <summary>The number of steps.</summary>
    Steps,

    /// <summary>The reachable heap at the end: the result, the globals, the imported modules, the state of module <c>random</c>.</summary>
    Heap,

    /// <summary>The compiler itself: it must not fail.</summary>
    Compiler,
}
