using System;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Runs one match under the engine's limits. .NET can neither interrupt nor resume a match, so it runs in time slices. A match that takes
/// longer than <see cref="RegexCache.FirstSlice"/> is stopped, and the time limit, the step limit and cancellation are checked. Then it
/// starts again with twice the time, but at most the time that the time limit leaves. The repeated work is less than the last slice, so a
/// match costs at most about twice its time, and every limit stops an endless match. A stopped slice is charged a fixed number of steps per
/// millisecond; a match of ordinary length is charged by the length of its text. <see cref="RegexOptions.NonBacktracking"/> is not used,
/// because it supports neither lookarounds nor backreferences, and its captures differ.
/// </summary>
internal static class RegexRunner
{
    /// <summary>The steps charged for a millisecond of a stopped slice: about what the interpreter executes in that time.</summary>
    private const long StepsPerMillisecond = 100_000;

    /// <summary>The total time of matches after which the clock is checked.</summary>
    private static readonly TimeSpan ClockCheckInterval = TimeSpan.FromMilliseconds(2);

    public static T Run<T>(ScriptContext context, string pattern, string text, string proc, Func<Regex, T> match)
    {
        context.Charge(1 + (text.Length >> 3) + (pattern.Length >> 3));
        Regex regex = LibraryState.Of(context).Regexes.Get(pattern, proc);
        TimeSpan slice = RegexCache.FirstSlice;
        while (true)
        {
            try
            {
                long start = Stopwatch.GetTimestamp();
                T result = match(regex);
                AddElapsed(context, Stopwatch.GetElapsedTime(start));
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
    /// Many matches of some milliseconds are charged few steps, because steps must not depend on time. So the clock is checked separately
    /// once such matches have taken long in total.
    /// </summary>
    private static void AddElapsed(ScriptContext context, TimeSpan taken)
    {
        RegexCache regexes = LibraryState.Of(context).Regexes;
        regexes.SinceClockCheck += taken;
        if (regexes.SinceClockCheck > ClockCheckInterval)
        {
            regexes.SinceClockCheck = TimeSpan.Zero;
            context.CheckClock();
        }
    }

    private static TimeSpan NextSlice(ScriptContext context, TimeSpan requested)
    {
        TimeSpan most = context.RemainingTime is { } left && left < requested ? left + TimeSpan.FromMilliseconds(1) : requested;
        return most < RegexCache.FirstSlice ? RegexCache.FirstSlice : most;
    }
}
