using System;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Runs one match under the engine's limits. .NET can neither interrupt a match nor continue one, so it runs in slices: one that takes
/// longer than <see cref="RegexCache.FirstSlice"/> is stopped, time limit, step limit and cancellation are looked at, and it begins again
/// with twice the time, at most what the time limit leaves. The repeated work is less than the last slice, so a match costs at most about
/// twice its time, and an endless one is stopped by every limit. A stopped slice counts as steps at a fixed rate; matches of ordinary
/// length count by their text. Backtracking is kept (not <see cref="RegexOptions.NonBacktracking"/>), because lookarounds and
/// backreferences are .NET syntax too and captures differ.
/// </summary>
internal static class RegexRunner
{
    /// <summary>The steps charged for a millisecond of a stopped slice: about what the interpreter executes in that time.</summary>
    private const long StepsPerMillisecond = 100_000;

    /// <summary>The total time of matches after which the clock is checked.</summary>
    private static readonly TimeSpan LongUnseen = TimeSpan.FromMilliseconds(2);

    public static T Run<T>(ScriptContext context, string pattern, string text, string proc, Func<Regex, T> match)
    {
        context.Charge(1 + (text.Length >> 3) + (pattern.Length >> 3));
        Regex regex = context.Library.Regexes.Get(pattern, proc);
        TimeSpan slice = RegexCache.FirstSlice;
        while (true)
        {
            try
            {
                long start = Stopwatch.GetTimestamp();
                T result = match(regex);
                Note(context, Stopwatch.GetElapsedTime(start));
                return result;
            }
            catch (RegexMatchTimeoutException)
            {
                context.Charge((long)slice.TotalMilliseconds * StepsPerMillisecond);
                context.OnBudgetSpent();
                slice = NextSlice(context, slice * 2);
                regex = RegexCache.Create(pattern, slice, proc);
            }
        }
    }

    /// <summary>
    /// Many matches of some milliseconds count as few steps, and steps must not depend on time. When such matches have taken long in total,
    /// the clock is checked separately.
    /// </summary>
    private static void Note(ScriptContext context, TimeSpan taken)
    {
        RegexCache regexes = context.Library.Regexes;
        regexes.SinceClock += taken;
        if (regexes.SinceClock > LongUnseen)
        {
            regexes.SinceClock = TimeSpan.Zero;
            context.LookAtClock();
        }
    }

    private static TimeSpan NextSlice(ScriptContext context, TimeSpan wanted)
    {
        TimeSpan most = context.RemainingTime is { } left && left < wanted ? left + TimeSpan.FromMilliseconds(1) : wanted;
        return most < RegexCache.FirstSlice ? RegexCache.FirstSlice : most;
    }
}
