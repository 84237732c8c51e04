using BenchmarkDotNet.Attributes;

namespace Lyra.Bench;

#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup method

/// <summary>A megamorphic program with the shared cache and without it: four member accesses an operation.</summary>
public class MegamorphicBenchmarks
{
    private const int Count = 20_000;

    private LyraEngine _engine = null!;

    [Params(JitMode.Off, JitMode.On)]
    public JitMode Jit { get; set; }

    /// <summary>The slots of the cache; without slots there is no cache.</summary>
    [Params(0, 4_096)]
    public int Slots { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        _engine = new LyraEngine(LyraOptions.Default with { Jit = Jit, CacheSlots = Slots });
        _engine.Run(MegamorphicSource.Text, "megamorphic.lyra");
    }

    [GlobalCleanup]
    public void DisposeEngine() => _engine.Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public LyraValue Iteration() => _engine.Call("work", Count);
}
