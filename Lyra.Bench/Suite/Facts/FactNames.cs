namespace Lyra.Bench.Suite.Facts;

/// <summary>The names of facts, which claims refer to.</summary>
internal static class FactNames
{
    public const string Throughput = "source compiled to bytecode";
    public const string OptimizerTime = "bytecode optimizer, -O3 without -O0, for 1,000 instructions";
    public const string LongestStop = "longest total stop of a program by compilations";
    public const string CompileBytes = "bytes that one compilation allocates";
    public const string Deoptimized = "steps of compiled code that a failed guard ends";
    public const string NoProfileCost = "interpreter with a profile at level none, to without";
    public const string BasicCost = "interpreter with a profile at level basic, to without";
    public const string FullCost = "interpreter with a profile at level full, to without";
    public const string LimitsCost = "programs with limits, to without";
    public const string HandedOver = "steps of one running loop in compiled code";
    public const string BigFibBaseline = "fib(100000), baseline";
    public const string BigFibInterpreted = "fib(100000), interpreted";
    public const string BigFibCompiled = "fib(100000), compiled";
    public const string TasksBaseline = "the program tasks, baseline";
    public const string TasksInterpreted = "the program tasks, interpreted";
    public const string TasksCompiled = "the program tasks, compiled";
    public const string Frames = "frames of a recursion that ends by the limit of 10,000";
    public const string Fragmentation = "free slots in used slabs after mixed rentals, defragmented";
    public const string FreeSlots = "free slots after mixed rentals, not defragmented";
    public const string SlabLeaks = "slots rented and not returned after 200 runs";
    public const string TextHits = "strs of the programs that existed already";
    public const string EngineBytes = "bytes of a new engine after another one";
    public const string EngineLeak = "memory kept by a dropped engine";
    public const string IntBytes = "bytes of an int in a list";
    public const string MixedBytes = "bytes of a value in a list of ints and strs";
    public const string Allocated = "bytes allocated by the programs, compiled, to baseline";
    public const string Collections = "garbage collections of the programs, compiled, to baseline";
    public const string Pauses = "pauses for garbage collection, compiled, to baseline";
    public const string Live = "bytes alive after the programs, compiled, to baseline";
    public const string MeanPause = "mean pause for garbage collection, compiled";
    public const string PooledBytes = "bytes of the pause programs in low-pause mode, to throughput";
    public const string PooledListBytes = "bytes of small matrices in low-pause mode, to throughput";
    public const string PooledCollections = "collections of the pause programs in low-pause mode, to throughput";
    public const string PooledPauses = "pauses of the pause programs in low-pause mode, to throughput";
    public const string PooledTime = "time of the pause programs in low-pause mode, to throughput";
}
