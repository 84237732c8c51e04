using System;
using System.Linq;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Claims;

/// <summary>The figures of README.md. A test checks that each figure of its section about speed has a row.</summary>
internal static class ReadmeClaims
{
    private const string File = "README.md";
    private const string Jit = BenchColumns.Jit;
    private const string Interpreter = BenchColumns.Interpreter;
    private const string Kernel = "kernel";

    public static readonly Claim[] All =
    [
        Count("programs", "The table compares this many programs", "Over (\\d+) programs", static _ => true),
        Count("kernels", "Kernels among them", "over (\\d+) kernels", static kind => kind == Kernel),
        Count("workloads", "Workloads among them", "over (\\d+) workloads", static kind => kind != Kernel),
        Ratio("csharp", "Compiled Lyra's time, to C#", "takes ([\\d.]+) times as long as C#", Jit, BenchColumns.CSharp),
        Ratio("csharp-kernels", "Compiled Lyra's time, to C#, over the kernels", "mean; ([\\d.]+) over \\d+ kernels",
            Jit, BenchColumns.CSharp,
            static row => row.Kind == Kernel),
        Ratio("csharp-workloads", "Compiled Lyra's time, to C#, over the workloads", "([\\d.]+) over \\d+ workloads",
            Jit, BenchColumns.CSharp,
            static row => row.Kind != Kernel),
        Extreme("csharp-best", "Compiled Lyra's time, to C#, for the best program", "from ([\\d.]+) for `\\w+`", ratios => ratios.Min()),
        Extreme("csharp-worst", "Compiled Lyra's time, to C#, for the worst program", "to ([\\d.]+) for `\\w+`", ratios => ratios.Max()),
        Ratio("node", "Compiled Lyra's time, to node", "([\\d.]+) times as long as node", Jit, "node"),
        Ratio("luajit-readme", "Compiled Lyra's time, to LuaJIT", "([\\d.]+) times as long as LuaJIT", Jit, "luajit"),
        Ratio("pypy-readme", "Compiled Lyra's time, to PyPy", "([\\d.]+) times as long as PyPy", Jit, "pypy3"),
        Ratio("interpreter", "The interpreter's time, to compiled Lyra", "takes ([\\d.]+) times as long as compiled Lyra",
            Interpreter, Jit) with
        {
            Bound = ClaimBound.AtLeast,
        },
        Ratio("lua", "The interpreter's time, to Lua 5.4", "([\\d.]+) times as long as Lua 5\\.4", Interpreter, "lua5.4"),
        new("stop", "Compilation never stops a program for longer, in total",
            ClaimSource.Of(File, "for more than ([\\d.]+) ms in total"), ClaimBound.AtMost, "ms",
            "the most over the programs, each run once in this process, of `Statistics.Jit.CompileTime`",
            static result => result.Fact(FactNames.LongestStop))
        {
            Remark = "In one process, beside the thread that compiles.",
        },
        new("start-time", "Creating an engine and evaluating 1 + 2",
            ClaimSource.Of(File, "takes about (\\d+) µs"), ClaimBound.AtMost, "µs",
            "micro engines: new engine, from source", static result => NewEngine(result)?.Nanoseconds / 1_000),
        new("start-bytes", "Memory allocated for that", ClaimSource.Of(File, "µs and ([\\d.]+) KB"), ClaimBound.AtMost, "KB",
            "micro engines: new engine, from source", static result => NewEngine(result)?.Bytes / 1_000),
        new("throughput", "Source that the bytecode compiler processes in a second",
            ClaimSource.Of(File, "processes more than (\\d+) MB of source"), ClaimBound.AtLeast, "MB/s",
            "all programs compiled at -O3", static result => result.Fact(FactNames.Throughput)),
    ];

    private static Claim Count(string id, string text, string pattern, Func<string, bool> isCounted) => new(
        id, text, ClaimSource.Of(File, pattern), ClaimBound.Exactly, string.Empty, "the entries of Lyra.Bench/Programs/bench.json",
        _ => BenchProgram.All().Count(program => isCounted(program.Kind)));

    private static Claim Ratio(
        string id, string text, string pattern, string column, string to, Func<BenchRow, bool>? isCounted = null) => new(
        id, text, ClaimSource.Of(File, pattern), ClaimBound.AtMost, "times", $"programs: geometric mean of {column} to {to}",
        result => result.MeanRatio(column, to, isCounted ?? (static _ => true)));

    private static Claim Extreme(string id, string text, string pattern, Func<double[], double> choose) => new(
        id, text, ClaimSource.Of(File, pattern), ClaimBound.AtMost, "times", $"programs: {Jit} to {BenchColumns.CSharp}", result =>
        {
            double[] ratios = [.. result.Rows.Select(row => row.RatioOf(Jit, BenchColumns.CSharp)).OfType<double>()];
            return ratios.Length == 0 ? null : choose(ratios);
        });

    private static MicroFigure? NewEngine(BenchResult result) =>
        result.MicroFigure("engines", "new engine, from source", MicroWays.CSharp);
}
