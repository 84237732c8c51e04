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
    private const string Tasks = "tasks";

    public static readonly Claim[] All =
    [
        // Frames, cache, registers.
        new("frame-limit", "Frames before the next call is refused: 10,000", ClaimSource.Design(10_000), ClaimBound.Exactly, "frames",
            "an endless recursion under the default limits, which counts its frames",
            static result => result.Fact(FactNames.Frames)),
        AtMost("frame-pair", "Pushing and popping a frame: 100 ns → 10 ns", 10, "ns", "micro frames: frame stack",
            static result => Ns(result, "frames", "frame stack", MicroWays.CSharp)),
        AtMost("call-pair", "A call and its return: 10–20 ns", 20, "ns", "micro calls: proc, interpreted", static result =>
            Ns(result, Calls, "proc", MicroWays.Interpreted), static result => Ns(result, Calls, "proc", MicroWays.Compiled)),
        AtMost("cache-hit", "A cache lookup: 50–100 ns", 100, "ns", "micro cache: hit", static result =>
            Ns(result, "cache", "hit", MicroWays.CSharp)),
        AtLeast("cache-hits", "Hits of the cache: > 95 %", 95, "%", "counters: cache hits to cache lookups, in the interpreter",
            static result => 100.0 * result.Sum(Counters.Hits) / result.Sum(Counters.Lookups)),
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
            100.0 * result.Sum(Counters.UsedRegisters) / result.Sum(Counters.Registers)) with
        {
            Remark = "The bytecode compiler reserves a register when it needs one, so few stay without use.",
        },
        AtLeast("loop-overhead", "Less overhead of a loop than on the stack machine: 50 %", 50, "%",
            "micro registers: loop, interpreted to baseline", static result => LessThanBaseline(result, "registers", "loop")),
        AtLeast("call-overhead", "Less overhead of a call than on the stack machine: 40 %", 40, "%",
            "micro calls: proc, interpreted to baseline", static result => LessThanBaseline(result, Calls, "proc")),
        AtMost("list-bytes", "Bytes of a value: an int in a list", 8, "bytes",
            "managed memory of a list of 100,000 ints, after a collection, divided by their number",
            static result => result.Fact(FactNames.IntBytes)) with
        {
            Remark = "The list and its last growth are included, which the bound leaves out.",
        },
        AtMost("value-bytes", "Bytes of a value: any in a list", 16, "bytes",
            "managed memory of a list of 100,000 ints and strs that are one literal, after a collection, divided by their number",
            static result => result.Fact(FactNames.MixedBytes)),

        // The tiers.
        Speed("registers", "Registers instead of a stack: 2 times the speed", 2, Interpreter),
        AtLeast("registers-time", "Less time by registers: 60 %", 60, "%", "tiers: 1 - geometric mean of -O2 to baseline",
            static result => 100 * (1 - result.TierRatio(Interpreter, BenchColumns.Baseline))),
        Speed("register-machine", "The register machine, as a multiple of the stack machine's speed: 3–4", 3, Interpreter),
        Speed("tier-interpreter", "Tier 1: 3–5 times the speed of the stack machine", 3, Interpreter),
        Speed("tier-compiled", "Tier 2: 10–20 times the speed of the stack machine", 10, Jit),
        Speed("tier-optimized", "Tier 3: 20–50 times the speed of the stack machine", 20, Jit) with
        {
            Remark = "Lyra has one compiled tier, which always optimizes.",
        },
        Speed("system", "The complete system: 15–50 times the speed of the stack machine", 15, Jit),
        Speed("phases", "The system after its first phases: 6–10, 10–15 and 15–30 times the speed", 6, Jit),
        AtMost("deoptimizations", "Steps of compiled code that a failed guard ends: < 1 %", 1, "%",
            "`Statistics.Jit.Deoptimizations` to `CompiledSteps`, over the programs, each run once in this process",
            static result => result.Fact(FactNames.Deoptimized)),
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
        AtLeast("optimizer-time", "Less time at -O3 than at -O0: 15–25 %", 15, "%", "tiers: geometric mean of -O3 to -O0",
            static result => 100 * (1 - result.TierRatio("-O3", "-O0"))),
        AtMost("optimizer-cost", "Time of the bytecode optimizer for 1,000 instructions", 1, "ms", "all programs compiled at -O3 and -O0",
            static result => result.Fact(FactNames.OptimizerTime)),
        AtLeast("inlined", "Inlined procs for each program: 5–10", 5, "procs", "counters: inlined procs, mean over the programs",
            static result =>
            (double?)result.Sum(Counters.InlinedProcs) / result.Counters.Count) with
        {
            Remark = "The JIT inlines; many programs have fewer than 5 procs.",
        },

        // Tasks and SIMD.
        Vectors("simd-add", "simd.add into a new list, as a multiple of the speed of a loop: 4–8", "add", "add by simd"),
        Vectors("simd-add-to", "simd.addTo, as a multiple of the speed of a loop: 4–8", "add", "add by simd into a list"),
        Vectors("simd-sum", "simd.sum, as a multiple of the speed of a loop: 4–8", "sum", "sum by simd"),
        AtLeast("task-creation", "Creating a task, as a multiple of the speed of the baseline, which pools nothing", 3, "times",
            "micro tasks: creation, baseline to compiled", static result => Ns(result, Tasks, "creation", MicroWays.Baseline)
                / Ns(result, Tasks, "creation", MicroWays.Compiled)),
        AtLeast("task-await", "await of a finished task, as a multiple of the speed of a turn of the event loop", 5, "times",
            "micro tasks: turn of the event loop to await of a finished task, compiled", static result => Await(result, MicroWays.Compiled),
            static result => Await(result, MicroWays.Interpreted)) with
        {
            Remark = "A turn of the loop is an await of a spawned task, less the creation of a task.",
        },
        AtLeast("task-programs", "Programs with many tasks, as a multiple of the baseline's speed", 2, "times",
            "the program tasks at the size of the run, three times in this process: baseline to compiled",
            static result => result.Fact(FactNames.TasksBaseline) / result.Fact(FactNames.TasksCompiled),
            static result => result.Fact(FactNames.TasksBaseline) / result.Fact(FactNames.TasksInterpreted)),

        // Checks.
        AtLeast("sampled-checks", "Time of full checks, as a multiple of that of sampled ones: 100", 100, "times",
            "micro cache: what a hit takes longer with each verified, to one in 100 verified", static result => SampledChecks(result)),
        AtMost("limits", "Time with limits on steps, time and memory, to without", 1.1, "times",
            "geometric mean over the programs, each three times in this process at the size of the tiers",
            static result => result.Fact(FactNames.LimitsCost)),
        AtMost("profile-none", "Time with a profile at level none, to without: no overhead", 1.05, "times",
            "geometric mean over the programs of the table in docs/profile.md, each three times in this process",
            static result => result.Fact(FactNames.NoProfileCost)),
        AtMost("profile-full", "Time with a profile at level full, to without: < 200 % more", 3, "times",
            "the most over the programs of the table in docs/profile.md, each three times in this process",
            static result => result.Fact(FactNames.FullCost)),
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
        id, text, wanted, "times", $"tiers: geometric mean of baseline to {column}",
        result => result.TierRatio(BenchColumns.Baseline, column));

    private static Claim Vectors(string id, string text, string loop, string vectors) => AtLeast(
        id, text, 4, "times", $"micro simd: {loop} by a loop, compiled, to {vectors}, compiled", result =>
            Ns(result, "simd", $"{loop} by a loop", MicroWays.Compiled) / Ns(result, "simd", vectors, MicroWays.Compiled));

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

    private static double? Await(BenchResult result, string way) =>
        (Ns(result, Tasks, "turn of the event loop", way) - Ns(result, Tasks, "creation", way))
            / Ns(result, Tasks, "await of a finished task", way);

    /// <summary>A difference that the timer can't tell from nothing counts as a twentieth of a nanosecond.</summary>
    private static double? SampledChecks(BenchResult result)
    {
        const double least = 0.05;
        double? hit = Ns(result, "cache", "hit", MicroWays.CSharp);
        double? full = Ns(result, "cache", "hit, each verified", MicroWays.CSharp) - hit;
        double? sampled = Ns(result, "cache", "hit, one in 100 verified", MicroWays.CSharp) - hit;
        return full / (sampled is { } some ? Math.Max(some, least) : null);
    }

    private static double? LessThanBaseline(BenchResult result, string group, string operation) =>
        100 * (1 - (Ns(result, group, operation, MicroWays.Interpreted) / Ns(result, group, operation, MicroWays.Baseline)));

    private static double? Ns(BenchResult result, string group, string operation, string way) =>
        result.MicroFigure(group, operation, way)?.Nanoseconds;

    private static double? Less(double? now, double? other) => 100 * (1 - (now / other));

    private static double? FewerInstructions(BenchResult result) => result.Counters.Count == 0
        ? null
        : result.Counters.Average(row => 100 * (1 - ((double)row.Counts[Counters.Instructions(3)] / row.Counts[Counters.Instructions(0)])));
}
