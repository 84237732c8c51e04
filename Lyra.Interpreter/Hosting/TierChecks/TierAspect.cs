namespace Lyra;

/// <summary>What two runs of a program are compared by.</summary>
public enum TierAspect
{
    /// <summary>What it printed.</summary>
    Output,

    /// <summary>How it ended: by itself, with which error, with which code given to <c>exit</c>.</summary>
    Ending,

    /// <summary>The trace of the error that ended it.</summary>
    Trace,

    /// <summary>The steps that it took.</summary>
    Steps,

    /// <summary>What can be reached when it has ended: its result, the globals, the imported modules, the state of module <c>random</c>.</summary>
    Heap,

    /// <summary>The compiler itself: it is to do its work without a fault.</summary>
    Compiler,
}
