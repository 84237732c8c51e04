using System;
using System.IO;
using Lyra.Fuzz.Running;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Oracles;

/// <summary>
/// Compares the bytes that an engine counts as reachable with those of the .NET objects that the engine really keeps alive. A script that
/// can keep memory that the engine does not count can exceed its memory limit.
/// </summary>
/// <remarks>
/// Cheap enough for every run: an engine can't retain more than its thread has allocated, so most runs need no measurement. The measurement
/// follows the references of the engine, so neither the garbage collector nor other engines affect it.
/// </remarks>
internal sealed class RetentionOracle : IRunOracle
{
    /// <summary>The most bytes that an engine may retain for each byte that it counts.</summary>
    public const int Factor = 3;

    /// <summary>
    /// The most bytes that an engine may retain uncounted, apart from its code: a new engine has 60 KB, and its stacks, buffers and library
    /// objects grow to less than 1 MB, as measured over the conformance cases.
    /// </summary>
    public const long Slack = 2L << 20;

    private int _thread;
    private long _allocated;

    /// <inheritdoc/>
    public void Begin(LyraEngine engine, LyraScript script, RunPlan plan) => Watch();

    /// <inheritdoc/>
    public string? End(LyraEngine engine, LyraScript script, RunPlan plan) => Check(engine);

    /// <summary>Starts to observe an engine of this thread, which has not run a script yet.</summary>
    public void Watch() =>
        (_thread, _allocated) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());

    /// <summary>Describes the memory that the engine retains without counting it; null if there is no more than allowed.</summary>
    public string? Check(LyraEngine engine)
    {
        bool mayExceed = _thread != Environment.CurrentManagedThreadId || GC.GetAllocatedBytesForCurrentThread() - _allocated > Slack;
        return mayExceed ? Measure(engine).Excess : null;
    }

    /// <summary>Measures an engine between two runs.</summary>
    public static Retention Measure(LyraEngine engine)
    {
        long counted = engine.ReachableBytes();
        return new Retention(counted, new ManagedGraph(IsNotScripts).Add(engine));
    }

    /// <summary>
    /// Whether the memory limit does not cover an object: code, whose size the source determines, the compiler and its regions, and the
    /// host's streams.
    /// </summary>
    private static bool IsNotScripts(object o) => o is Prototype or CompiledModule or TierController or TextWriter or TextReader
        || o is Delegate { Target: null } || o.GetType().Namespace is "Lyra.Jit.Regions" or "Lyra.Jit.Tiering";
}

/// <summary>The memory of an engine between two runs.</summary>
/// <param name="Counted">The bytes that the engine counts as reachable.</param>
/// <param name="Graph">The .NET objects that it keeps alive.</param>
internal sealed record Retention(long Counted, ManagedGraph Graph)
{
    /// <summary>Describes the engine if it retains more than allowed; otherwise null.</summary>
    public string? Excess => Graph.Bytes <= (RetentionOracle.Factor * Counted) + RetentionOracle.Slack ? null
        : $"the engine keeps more alive than it counts\n{Counted:N0} bytes are counted, {Graph.Bytes:N0} are alive:\n{Graph.Describe()}";
}
