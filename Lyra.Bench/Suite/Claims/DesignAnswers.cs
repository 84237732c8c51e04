namespace Lyra.Bench.Suite.Claims;

/// <summary>The figures of the design that no measurement of this suite can check, each with what takes its place.</summary>
internal static class DesignAnswers
{
    public static readonly (string Figure, string Answer)[] All =
    [
        ("Phases add 2–3, 1.5–2 and 1.5–3 times the speed; tiers 2–3, 1.5–2 and 2–4",
            "Lyra was not built in these phases. The rows about the stack machine measure the whole."),
        ("Programs of mixed kinds: 3–10, 10–30 and 5–15 times; all programs: 2–5; projections 2.8 to 5.0",
            "The same rows: the programs are of mixed kinds."),
        ("Improvements below 2 times", "A rule for reports. `lyra bench --compare` reports changes of 5 % and fails at 10 %."),
        ("A cache of 4,096 slots, 3,000 kept, evicted from 3,500 on; 256, 32 registers, 1,000 locals",
            "Defaults: `LyraOptions.CacheSlots`, `CacheKept`, `CacheEvictFrom`. Registers and locals are limited by the bytecode alone."),
        ("Settings of the presets", "`LyraOptions.Embedded` and `Server`; docs/embedding.md lists them, and a test compares."),
        ("An alarm below 90 % hits; a leak where the last of 8 checkpoints is more than twice the first",
            "`engine.Health` has the hit rate and the growing checkpoints; the host decides what is an alarm."),
        ("A compilation begins after 10,000 executions", "After 1,000 iterations, and when it will pay; docs/jit.md."),
        ("Unrolling by at most 4, inlining of at most 20 instructions",
            "The CLR unrolls; the JIT inlines by what a recording shows, within the bounds of docs/jit.md."),
        ("99.99 % of corrupted entries are detected",
            "With `IntegrityInterval` 1 all are: `IntegrityTests` changes code, constants, frames and cached answers, one at a time."),
        ("Bounds checked 1,000 times and types 50 times as cheaply, 90 % less overhead of security",
            "No check of a script is sampled. Compiled code drops checks that it can prove; the row about limits has their cost."),
        ("Cache misses of the processor < 5 %, contention of threads < 2 %",
            "Containers hide the processor's counters. An engine runs on one thread at a time, so its scripts wait for no lock."),
        ("No violations, overflows, or leaks", "Tests of the gate: a violation, an overflow or a leak makes it fail."),
        ("18 helpers, each called in 5–10 cycles",
            "Compiled code calls about 200 routines of the runtime; micro calls and members show what calls of them take."),
        ("Collections 3–5 and 10–20 times as fast; 50 collections a second instead of 100, pauses of 10 ms instead of 50",
            "The rows about the collector, and the table of docs/caches.md."),
        ("A pool of the ints -128 to 256, of 100 objects, 5,000 strings, 8,192 slots",
            "Ints are values. The other pools are bounded by bytes; docs/caches.md."),
        ("Hit rates of 88.2, 88.9, 93.3 and 79.3 %", "Examples of a report."),
        ("Interning saves memory, in per cent",
            "The row about strs has the share that was not made. A str that is found again costs no bytes."),
        ("A profile costs 70–100 % for each level", "docs/profile.md has the table of the level basic; the rows here have the extremes."),
        ("Sampling every 100th operation is 100 times as cheap", "The row about sampled checks has the times."),
    ];
}
