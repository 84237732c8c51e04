using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace Lyra.Bench;

#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup method

/// <summary>Each program in a warm engine; Lyra.Bench/Peers/run.py compares new processes with other languages.</summary>
public class ProgramBenchmarks
{
    private LyraEngine _engine = null!;
    private long _size;

    [ParamsSource(nameof(Names))]
    public string Program { get; set; } = "";

    [Params("small", "mid")]
    public string Size { get; set; } = "";

    public static IEnumerable<string> Names => BenchProgram.All().Select(program => program.Name);

    [GlobalSetup]
    public void Compile()
    {
        BenchProgram program = BenchProgram.All().Single(row => row.Name == Program);
        _size = Size == "mid" ? program.Mid : program.Small;
        _engine = new LyraEngine(new LyraOptions { Jit = JitMode.Off });
        _engine.Run(BenchProgram.Declarations(Program), Program + ".lyra");
    }

    [GlobalCleanup]
    public void DisposeEngine() => _engine.Dispose();

    [Benchmark]
    public LyraValue Run() => _engine.Call("run", _size);
}
