using System;
using System.Linq;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Library.RegularExpressions;

namespace Lyra.Fuzz.Regexes;

/// <summary>
/// Generated regular expressions. Small ones must give the same as in .NET. Hostile ones run under limits, and are finds if the process
/// grows by more than twice the memory limit and 100 MB, or takes 100 ms longer than the time limit.
/// </summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class RegexBatch(FindFolder folder) : IBatch
{
    /// <summary>The percentage of hostile cases, each of which may take its whole time limit.</summary>
    private const int HostilePercent = 2;

    /// <summary>One of so many seeds determines a case of <see cref="LoopPatterns"/>.</summary>
    private const int LoopEvery = 16;

    private const long AllowedBytes = 100_000_000;

    /// <summary>The peak above which garbage is collected before a case, so that it does not count for the next one.</summary>
    private const long MuchGarbage = 100_000_000;

    private static readonly TimeSpan AllowedOvershoot = TimeSpan.FromMilliseconds(100);
    private static readonly LyraLimits Compared = new() { MaxSteps = 3_000_000, MaxMemoryBytes = 16_000_000 };

    private readonly ProcessMeter _meter = new();

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        RegexCase given = CaseOf(seed);
        Tally.Items++;
        Tally.Runs++;
        return given.IsHostile ? TryHostile(seed, given) : TryCompared(seed, given);
    }

    /// <summary>
    /// A compared case that exhausts the memory is no find, because Lyra has a limit: the stack of .NET grows without end in some lazy
    /// loops over the empty text.
    /// </summary>
    Find? IReportsSeeds.Report(long seed, string kind, string text) =>
        kind == "crash" && text.Contains("Out of memory", StringComparison.Ordinal) && !CaseOf(seed).IsHostile
            ? null
            : Report(seed, kind, text);

    public Find Report(long seed, string kind, string text)
    {
        RegexCase given = CaseOf(seed);
        string name = $"regex-{seed}";
        folder.Write(name, "pattern.txt", Printable(given.Pattern));
        folder.Write(name, "text.txt", Printable(given.Text));
        folder.Write(name, "replacement.txt", Printable(given.Replacement));
        if (given.IsHostile)
        {
            (int way, LyraLimits limits) = AttackOf(seed);
            text = $"{text}\n{limits}\n{RegexRun.HostileSource(way)}";
        }

        text = Printable(text);
        return new Find(seed, kind, text, folder.Write(name, "report.txt", $"seed {seed}: {kind}\n{text}\n"));
    }

    /// <summary>Escapes all code units that are not ASCII, because half a surrogate pair can't be written to a file.</summary>
    internal static string Printable(string text) => string.Concat(text.Select(static unit =>
        unit is >= ' ' and < '\x7F' or '\n' ? unit.ToString() : $"\\u{(int)unit:X4}"));

    /// <summary>The case that a seed determines.</summary>
    internal static RegexCase CaseOf(long seed)
    {
        FuzzRandom random = new(seed);
        PatternGenerator generator = new(random);
        if (seed % LoopEvery == 0)
        {
            LoopPatterns loops = new(random);
            return new RegexCase(loops.Pattern(), loops.Text(), generator.Replacement(), false);
        }

        return random.Chance(HostilePercent)
            ? new HostileCases(random, generator).Create()
            : new RegexCase(generator.Pattern(), generator.Text(), generator.Replacement(), false);
    }

    private static (int Way, LyraLimits Limits) AttackOf(long seed)
    {
        FuzzRandom random = new(~seed);
        return (random.Below(RegexRun.HostileCount), new LyraLimits
        {
            // The walk of a larger heap takes longer than the allowed overshoot, whatever fills the heap.
            MaxMemoryBytes = random.Pick(1_000_000, 5_000_000, 20_000_000),
            Timeout = TimeSpan.FromMilliseconds(random.Pick(10, 30, 100)),
        });
    }

    private Find? TryCompared(long seed, RegexCase given)
    {
        string? expected = RegexOracle.Expected(given);

        // Half of the patterns search for several code units at a time at once, as others do in long texts.
        AppContext.SetData(UnitSearch.MinUnitsName, seed % 2 == 0 ? 0 : int.MaxValue);
        string actual;
        try
        {
            actual = RegexRun.Compare(given, Compared);
        }
        catch (Exception e)
        {
            // Errors of scripts are results; whatever else is thrown is a find.
            return Report(seed, "fault", e.ToString());
        }

        // A limit stops what .NET does in time only if there are very many steps.
        Tally.Errors += actual.StartsWith("the pattern", StringComparison.Ordinal) || actual.EndsWith(" limit", StringComparison.Ordinal)
            ? 1 : 0;
        return expected is null || actual == expected || actual.EndsWith(" limit", StringComparison.Ordinal)
            || RegexOracle.IsDotnetsFault(given, actual)
            ? null
            : Report(seed, "difference", $"pattern:  {given.Pattern}\ntext:     {given.Text}\nexpected: {expected}\nactual:   {actual}");
    }

    private Find? TryHostile(long seed, RegexCase given)
    {
        (int way, LyraLimits limits) = AttackOf(seed);
        if (ProcessMeter.PeakBytes > MuchGarbage)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        _meter.Start();
        try
        {
            RegexRun.Attack(given, way, limits);
        }
        catch (Exception e)
        {
            // Errors of scripts are results; whatever else is thrown is a find.
            return Report(seed, "fault", e.ToString());
        }

        TimeSpan elapsed = _meter.Elapsed;
        if (elapsed > limits.Timeout + AllowedOvershoot)
        {
            return Report(seed, "time", $"{elapsed.TotalMilliseconds:0} ms");
        }

        long growth = _meter.Growth;
        return growth > (2 * limits.MaxMemoryBytes) + AllowedBytes ? Report(seed, "memory", $"grew by {growth:N0} bytes") : null;
    }
}
