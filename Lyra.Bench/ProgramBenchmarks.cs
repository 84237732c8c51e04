using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Lyra.Bench.Suite;

namespace Lyra.Bench;

#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup method

/// <summary>Each program in a warm engine of either tier; <c>lyra bench</c> and Lyra.Bench/Peers/run.py measure new processes.</summary>
public class ProgramBenchmarks
{
    private LyraEngine _engine = null!;
    private long _size;

    [ParamsSource(nameof(Names))]
    public string Program { get; set; } = "";

    [Params(BenchSize.Small, BenchSize.Mid)]
    public BenchSize Size { get; set; }

    [Params(JitMode.Off, JitMode.On)]
    public JitMode Jit { get; set; }

    public static IEnumerable<string> Names => BenchProgram.All().Select(program => program.Name);

    [GlobalSetup]
    public void Compile()
    {
        BenchProgram program = BenchProgram.All().Single(row => row.Name == Program);
        _size = program.WorkAt(Size).N;
        _engine = new LyraEngine(new LyraOptions { Jit = Jit });
        _engine.Run(BenchProgram.Declarations(Program), Program + ".lyra");
    }

    [GlobalCleanup]
    public void DisposeEngine() => _engine.Dispose();

    [Benchmark]
    public LyraValue Run() => _engine.Call("run", _size);
}
