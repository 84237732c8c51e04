namespace Lyra.Bench.Suite.Facts;

/// <summary>The names of facts, which claims refer to.</summary>
internal static class FactNames
{
    public const string Throughput = "source compiled to bytecode";
    public const string OptimizerTime = "bytecode optimizer, -O3 without -O0, for 1,000 instructions";
    public const string LongestStop = "longest total stop of a program by compilations";
    public const string ProfileCost = "interpreter with profile at level basic, to without";
    public const string HandedOver = "steps of one running loop in compiled code";
    public const string BigFibBaseline = "fib(100000), baseline";
    public const string BigFibInterpreted = "fib(100000), interpreted";
    public const string BigFibCompiled = "fib(100000), compiled";
    public const string Fragmentation = "free slots in used slabs after mixed rentals, defragmented";
    public const string FreeSlots = "free slots after mixed rentals, not defragmented";
    public const string SlabLeaks = "slots rented and not returned after 200 runs";
    public const string TextHits = "strs of split and JSON that existed already";
    public const string EngineBytes = "bytes of a new engine after another one";
    public const string EngineLeak = "memory kept by a dropped engine";
    public const string Allocated = "bytes allocated by the programs, compiled, to baseline";
    public const string Collections = "garbage collections of the programs, compiled, to baseline";
    public const string Pauses = "pauses for garbage collection, compiled, to baseline";
    public const string Heap = "heap after the programs' collections, compiled, to baseline";
    public const string FullChecks = "checks of 10,000 cache hits, each verified";
    public const string SampledChecks = "checks of 10,000 cache hits, sampled";
}
