using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using Lyra.Bench.Suite;

namespace Lyra.Bench;

/// <summary>The time before a host's script can run: creating an engine, compiling a script.</summary>
public class StartupBenchmarks
{
    private const int Megabyte = 1_000_000;
    private static readonly LyraScript Sum = LyraScript.Compile("1 + 2", "sum.lyra");
    private readonly (string Name, string Text)[] _programs =
        [.. BenchProgram.All().Select(row => (row.Name, BenchProgram.Text(row.Name)))];
    private int _rounds;

    [GlobalSetup(Target = nameof(CompileOneMegabyte))]
    public void Measure() => _rounds = Megabyte / _programs.Sum(program => Encoding.UTF8.GetByteCount(program.Text));

    [Benchmark]
    public int FreshEngine()
    {
        using LyraEngine engine = new(LyraOptions.Embedded);
        return engine.Run(Sum).As<int>();
    }

    [Benchmark]
    public int FreshEngineFromSource()
    {
        using LyraEngine engine = new(LyraOptions.Embedded);
        return engine.Run("1 + 2").As<int>();
    }

    /// <summary>
    /// Compiles all programs repeatedly, a megabyte of source in total: the inverse of the seconds is the throughput in MB/s.
    /// </summary>
    [Benchmark]
    public int CompileOneMegabyte()
    {
        int diagnostics = 0;
        for (int round = 0; round < _rounds; round++)
        {
            foreach ((string name, string text) in _programs)
            {
                diagnostics += LyraScript.Compile(text, name).Diagnostics.Count;
            }
        }
        return diagnostics;
    }
}
