using System;
using System.Linq;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;

namespace Lyra.Bench.Suite.Claims;

/// <summary>The goals of the design, except those of pools.</summary>
internal static class DesignClaims
{
    private const string Jit = BenchColumns.Jit;
    private const string Interpreter = BenchColumns.Interpreter;
    private const string ByName = "calls-by-name";
    private const string Calls = "calls";

    public static readonly Claim[] All =
    [
        // Frames, cache, registers.
        AtMost("frame-pair", "Pushing and popping a frame: 100 ns → 10 ns", 10, "ns", "micro frames: frame stack",
            static result => Ns(result, "frames", "frame stack", MicroWays.CSharp)),
        AtMost("call-pair", "A call and its return: 10–20 ns", 20, "ns", "micro calls: proc, interpreted", static result =>
            Ns(result, Calls, "proc", MicroWays.Interpreted), static result => Ns(result, Calls, "proc", MicroWays.Compiled)),
        AtMost("cache-hit", "A cache lookup: 50–100 ns", 100, "ns", "micro cache: hit", static result =>
            Ns(result, "cache", "hit", MicroWays.CSharp)),
        AtLeast("cache-linear", "A cache lookup, as a multiple of the speed of a linear one among 1,000 entries", 1_000, "times",
            "micro cache: linear list to hit", static result => Ns(result, "cache", "linear list", MicroWays.CSharp)
                / Ns(result, "cache", "hit", MicroWays.CSharp)),
        AtMost("register-arithmetic", "Arithmetic on registers: at most 50 ns", 50, "ns", "micro registers: int addition, interpreted",
            static result => Ns(result, "registers", "int addition", MicroWays.Interpreted)),
        AtLeast("stack-traffic", "Fewer instructions than the stack machine needs", 60, "%",
            "instructions in the code of the programs: bytecode, to that of the baseline", static result =>
                Less(result.Sum(Counters.Bytecode), result.Sum(Counters.StackCode))) with
        {
            Remark = "The instructions in the code are counted, not the executed ones.",
        },
        AtLeast("register-use", "Registers of a proc that are used", 80, "%", "registers that instructions read or write, of all",
            static result =>
            100.0 * result.Sum(Counters.UsedRegisters) / result.Sum(Counters.Registers)),

        // The tiers.
        Speed("register-machine", "The register machine, as a multiple of the stack machine's speed: 3–4", 3, Interpreter),
        Speed("tier-interpreter", "Tier 1: 3–5 times the speed of the stack machine", 3, Interpreter),
        Speed("tier-compiled", "Tier 2: 10–20 times the speed of the stack machine", 10, Jit),
        Speed("tier-optimized", "Tier 3: 20–50 times the speed of the stack machine", 20, Jit) with
        {
            Remark = "Lyra has one compiled tier, which always optimizes.",
        },
        Speed("system", "The complete system: 15–50 times the speed of the stack machine", 15, Jit),
        AtMost("luajit", "Compiled code matches or beats LuaJIT", 1, "times", "programs: geometric mean of jit to luajit", static result =>
            result.MeanRatio(Jit, "luajit")),
        AtMost("pypy", "Compiled code matches or beats PyPy", 1, "times", "programs: geometric mean of jit to pypy3", static result =>
            result.MeanRatio(Jit, "pypy3")),
        AtLeast("hand-over", "A running hot loop continues in compiled code: steps there", 90, "%",
            "one loop of 20 million iterations at the top level", static result => result.Fact(FactNames.HandedOver)),
        AtLeast("big-fib", "fib(100000) with big ints, as a multiple of the baseline's speed", 20, "times",
            "the program in one process", static result => result.Fact(FactNames.BigFibBaseline) / result.Fact(FactNames.BigFibCompiled),
            static result => result.Fact(FactNames.BigFibBaseline) / result.Fact(FactNames.BigFibInterpreted)) with
        {
            Remark = "Additions of ints of up to 8,679 bytes take the time, and the baseline shares them.",
        },

        // Calls and match.
        ByNameClaim("dispatch", "A direct call of a proc, as a multiple of the speed of a lookup by name", "proc"),
        ByNameClaim("library-calls", "A direct call of the library, as a multiple of the speed of a lookup by name", "library"),
        Arms("match-literals", "match of 500 literals, to 5", "literals"),
        Arms("match-structures", "match of 500 structures, to 5", "structures"),

        // The bytecode optimizer.
        AtLeast("optimizer-instructions", "Fewer executed instructions at -O3 than at -O0: 20–30 %", 20, "%",
            "counters: instructions at -O3 to -O0, mean over the programs", static result => FewerInstructions(result)),
        AtLeast("optimizer-time", "Less time at -O3 than at -O0: 15–25 %", 15, "%", "programs: geometric mean of -O3 to -O0",
            static result =>
            100 * (1 - result.MeanRatio("-O3", "-O0"))),
        AtMost("optimizer-cost", "Time of the bytecode optimizer for 1,000 instructions", 1, "ms", "all programs compiled at -O3 and -O0",
            static result => result.Fact(FactNames.OptimizerTime)),
        AtLeast("inlined", "Inlined procs for each program: 5–10", 5, "procs", "counters: inlined procs, mean over the programs",
            static result =>
            (double?)result.Sum(Counters.InlinedProcs) / result.Counters.Count) with
        {
            Remark = "The JIT inlines; many programs have fewer than 5 procs.",
        },

        // Tasks and SIMD.
        AtLeast("simd-add", "simd.add, as a multiple of the speed of a loop: 4–8", 4, "times",
            "micro simd: add by a loop, compiled, to simd", static result => Simd(result, "add", MicroWays.Compiled),
            static result => Simd(result, "add", MicroWays.Interpreted)),
        AtLeast("simd-sum", "simd.sum, as a multiple of the speed of a loop: 4–8", 4, "times",
            "micro simd: sum by a loop, compiled, to simd", static result => Simd(result, "sum", MicroWays.Compiled),
            static result => Simd(result, "sum", MicroWays.Interpreted)),
        AtLeast("task-creation", "Creating a task, as a multiple of the speed of the baseline, which pools nothing", 3, "times",
            "micro tasks: creation, baseline to compiled", static result => Ns(result, "tasks", "creation", MicroWays.Baseline)
                / Ns(result, "tasks", "creation", MicroWays.Compiled)),
        AtLeast("task-await", "await of a finished task, as a multiple of the speed of a turn of the event loop", 5, "times",
            "micro tasks: turn of the event loop to await of a finished task, compiled", static result => Await(result, MicroWays.Compiled),
            static result => Await(result, MicroWays.Interpreted)),
        AtLeast("task-programs", "Programs with many tasks, as a multiple of the baseline's speed", 2, "times",
            "program tasks: baseline to jit", static result =>
                result.Rows.FirstOrDefault(row => row.Name == "tasks")?.RatioOf(BenchColumns.Baseline, Jit)),

        // Checks.
        AtLeast("sampled-checks", "Sampled checks, as a multiple of the cheapness of full ones", 100, "times",
            "checks of 10,000 cache hits: each verified, to sampled", static result =>
                result.Fact(FactNames.FullChecks) / result.Fact(FactNames.SampledChecks)),
    ];

    private static Claim AtMost(
        string id, string text, double wanted, string unit, string measurement, Func<BenchResult, double?> measure,
        Func<BenchResult, double?>? other = null) =>
        new(id, text, ClaimSource.Design(wanted), ClaimBound.AtMost, unit, measurement, measure) { OtherTier = other };

    private static Claim AtLeast(
        string id, string text, double wanted, string unit, string measurement, Func<BenchResult, double?> measure,
        Func<BenchResult, double?>? other = null) =>
        new(id, text, ClaimSource.Design(wanted), ClaimBound.AtLeast, unit, measurement, measure) { OtherTier = other };

    private static Claim Speed(string id, string text, double wanted, string column) => AtLeast(
        id, text, wanted, "times", $"programs: geometric mean of baseline to {column}",
        result => result.MeanRatio(BenchColumns.Baseline, column));

    private static Claim ByNameClaim(string id, string text, string callee) => AtLeast(
        id, text, 1_000, "times", $"micro {ByName} to {Calls}: {callee}, interpreted", result =>
            Ns(result, ByName, callee, MicroWays.Interpreted) / Ns(result, Calls, callee, MicroWays.Interpreted),
        result => Ns(result, ByName, callee, MicroWays.Compiled) / Ns(result, Calls, callee, MicroWays.Compiled)) with
    {
        Remark = "A lookup by name is one access of a hash table.",
    };

    private static Claim Arms(string id, string text, string kind) => AtMost(
        id, text, 1.5, "times", $"micro match: 500 {kind} to 5 {kind}, interpreted", result => Match(result, kind, MicroWays.Interpreted),
        result => Match(result, kind, MicroWays.Compiled));

    private static double? Match(BenchResult result, string kind, string way) =>
        Ns(result, "match", $"500 {kind}", way) / Ns(result, "match", $"5 {kind}", way);

    private static double? Simd(BenchResult result, string name, string way) =>
        Ns(result, "simd", $"{name} by a loop", way) / Ns(result, "simd", $"{name} by simd", way);

    private static double? Await(BenchResult result, string way) =>
        Ns(result, "tasks", "turn of the event loop", way) / Ns(result, "tasks", "await of a finished task", way);

    private static double? Ns(BenchResult result, string group, string operation, string way) =>
        result.MicroFigure(group, operation, way)?.Nanoseconds;

    private static double? Less(double? now, double? other) => 100 * (1 - (now / other));

    private static double? FewerInstructions(BenchResult result) => result.Counters.Count == 0
        ? null
        : result.Counters.Average(row => 100 * (1 - ((double)row.Counts[Counters.Instructions(3)] / row.Counts[Counters.Instructions(0)])));
}
