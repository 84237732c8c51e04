using System.Collections.Generic;
using Lyra.Runtime.Errors;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The figures of an engine that module <c>vm</c> shows to the engine's own scripts. A higher layer implements it; each engine has its own.
/// </summary>
internal interface IVmControl
{
    /// <summary>The groups of figures that <c>vm.stats()</c> shows, without those of the cache and the pools.</summary>
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<Figure>>> Stats { get; }

    /// <summary>The figures of the shared cache since the last reset.</summary>
    IReadOnlyList<Figure> Cache { get; }

    /// <summary>
    /// The routine of each operator on operands of certain types: the types as <c>int + float</c>, and its name. Structs with hooks follow
    /// the built-in types; each of their hooks has a row.
    /// </summary>
    IReadOnlyList<KeyValuePair<string, string>> Operators { get; }

    /// <summary>The figures of each size class of the slab pool, smallest first; empty before the first use of the pool.</summary>
    IReadOnlyList<IReadOnlyList<Figure>> Slabs { get; }

    /// <summary>The frames of the script, as the trace of an error at this place would have them, and the number left out.</summary>
    (TraceEntry[] Frames, int Omitted) Stack { get; }

    /// <summary>The steps that <see cref="Reset"/> costs. They depend on options only, so that they are the same in both tiers.</summary>
    long StepsToReset { get; }

    /// <summary>
    /// Empties the cache, releases the slabs without rented slots, and begins the counters of both anew, for the scripts only: the
    /// host's statistics go on.
    /// </summary>
    void Reset();

    /// <summary>Begins the counters of the cache and the peaks of the slabs anew, as <see cref="Reset"/>, and empties nothing.</summary>
    void ResetCounters();
}
