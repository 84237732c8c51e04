using System;
using System.IO;

namespace Lyra.Fuzz.Oracles;

/// <summary>The times of one run.</summary>
/// <param name="LongestQuantum">The longest processor time between two looks at the clock.</param>
/// <param name="Overshoot">The processor time after the time limit.</param>
internal readonly record struct RunTimes(TimeSpan LongestQuantum, TimeSpan Overshoot);

/// <summary>
/// Runs a program under a time limit and measures the processor time between two looks at the clock: a limit stops no program sooner
/// than at the next look.
/// </summary>
internal sealed class TimeOracle
{
    /// <summary>The processor time that may pass between two looks at the clock.</summary>
    public static readonly TimeSpan MostBetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>The processor time that a run may take after its time limit. The extra time of finally blocks is not in it.</summary>
    public static readonly TimeSpan MostOvershoot = TimeSpan.FromMilliseconds(100);

    /// <summary>The number of runs that must all be too slow.</summary>
    private const int Runs = 3;

    private TimeSpan _last;
    private TimeSpan _longest;

    /// <summary>The time that the present operation may take, because it was counted before.</summary>
    private TimeSpan _expected;

    /// <summary>The compile-time error of the last program; null if it had none.</summary>
    public LyraCompileException? Refused { get; private set; }

    /// <summary>The limit that ended the last program; null if none did.</summary>
    public LimitKind? Ended { get; private set; }

    /// <summary>Whether a program runs for too long between two looks at the clock, or after its limit; null if it does not.</summary>
    /// <param name="source">The program.</param>
    /// <param name="jit">The tiers.</param>
    /// <param name="limits">The limits, with a time limit.</param>
    public string? Judge(string source, JitMode jit, LyraLimits limits)
    {
        RunTimes best = Measure(source, jit, limits);
        for (int i = 1; i < Runs && IsTooLong(best); i++)
        {
            // Collects the garbage of the last run, which the next one would otherwise pay for.
            GC.Collect();
            RunTimes again = Measure(source, jit, limits);
            best = new RunTimes(Least(best.LongestQuantum, again.LongestQuantum), Least(best.Overshoot, again.Overshoot));
        }

        return IsTooLong(best)
            ? $"{best.LongestQuantum.TotalMilliseconds:0} ms between two looks at the clock, {best.Overshoot.TotalMilliseconds:0} ms after "
                + $"the limit (--jit {jit})"
            : null;
    }

    /// <summary>Measures one run.</summary>
    public RunTimes Measure(string source, JitMode jit, LyraLimits limits)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 20,
            HotProcThreshold = 20,
            CompilesInBackground = false,
            Limits = limits,
            Output = TextWriter.Null,
        });
        engine.Limiter.Looked = Look;
        Refused = null;
        Ended = null;
        _longest = _expected = TimeSpan.Zero;
        _last = ThreadClock.Now;
        TimeSpan start = _last;
        try
        {
            engine.Run(source, "time.lyra");
        }
        catch (LyraException e)
        {
            // Errors and limits end most of the programs.
            Ended = (e as LyraLimitException)?.Limit;
        }
        catch (LyraCompileException e)
        {
            Refused = e;
        }

        Look(0);
        return new RunTimes(_longest, ThreadClock.Now - start - (limits.Timeout ?? TimeSpan.MaxValue));
    }

    private static bool IsTooLong(in RunTimes times) => times.LongestQuantum > MostBetweenLooks || times.Overshoot > MostOvershoot;

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Look(long nanoseconds)
    {
        TimeSpan quantum = ThreadClock.Now - _last - _expected;
        _longest = quantum > _longest ? quantum : _longest;
        _expected = TimeSpan.FromMicroseconds(nanoseconds / 1_000);
        _last = ThreadClock.Now;
    }
}
