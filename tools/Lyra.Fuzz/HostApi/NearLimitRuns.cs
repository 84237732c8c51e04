using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// Runs that reach a limit of steps, time or memory, with a host that answers <see cref="LyraOptions.OnNearLimit"/>. A model says what the
/// host must be asked, and how the run must end.
/// </summary>
/// <param name="calls">The API.</param>
/// <param name="fault">Called with what is wrong.</param>
internal sealed class NearLimitRuns(HostCalls calls, Action<string> fault)
{
    private const string FileName = "near.lyra";
    private const string Module = "<module>";
    private const long MaxSteps = 10_000;
    private const long MaxBytes = 300_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(20);

    /// <summary>A raise that no single charge exceeds, except of memory.</summary>
    private const long SmallRaise = 5_000;

    /// <summary>Scripts that end and keep some memory. They reach each limit in line 2, called from line 4.</summary>
    private static readonly string[] Scripts =
    [
        "var xs = []\nproc f(n) { for i in 0..n { xs.push(\"text ${i}\") } }\n\nf($n)\nlength(xs)",
        "var xs = nil\nproc f(n) { var i = 0; while i < n { xs = [xs, i]; i += 1 } }\n\nf($n)\nxs[1]",
        "var m = {}\nproc f(n) { try { for i in 0..n { m[\"k${i}\"] = i } } finally { m[\"end\"] = true } }\n\nf($n)\nlength(m)",
        "var xs = []\nproc f(n) { for i in 0..n { try { xs.push((i, i)) } catch e { xs = nil } } }\n\nf($n)\nlength(xs)",
    ];

    private static readonly Func<LyraNearLimit, long?>[] Answers =
    [
        static near => near.Current * 2,
        static near => near.Current < 4 * near.Initial ? near.Current * 2 : null,
        static near => near.Limit == LimitKind.Memory ? near.Current * 3 : near.Current + SmallRaise,
        static _ => long.MaxValue,
        static near => near.Current - 1,
        static near => near.Current,
        static _ => null,
        static _ => throw new NotSupportedException("no answer"),
    ];

    private readonly List<(LyraNearLimit Near, long? Answer)> _asked = [];

    /// <summary>Makes a run twice, without and with a limit.</summary>
    /// <param name="options">The options of the engines, whose limits are replaced.</param>
    /// <param name="random">Chooses the script, the limit and the answers.</param>
    public string Make(LyraOptions options, FuzzRandom random)
    {
        string source = random.PickFrom(Scripts)
            .Replace("$n", random.Between(4_000, 12_000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        LimitKind limit = random.Pick(LimitKind.Steps, LimitKind.Memory, LimitKind.Time);
        Func<LyraNearLimit, long?> answer = random.PickFrom(Answers);
        using LyraEngine free = calls.NewEngine(options with { Limits = new LyraLimits(), OnNearLimit = null, Output = TextWriter.Null });
        string expected = free.Run(source, FileName).ToString();
        long steps = free.Limiter.TotalSteps;
        using LyraEngine engine = calls.NewEngine(options with
        {
            Limits = LimitsOf(limit),
            LimitClock = new LookingClock(Timeout / 4),
            OnNearLimit = near => Answer(near, answer),
            Output = TextWriter.Null,
        });
        string? wrong = WrongEnding(engine, source, limit, expected) ?? WrongQuestion(limit);
        if (limit == LimitKind.Steps && _asked.Count != Questions(steps, answer))
        {
            wrong ??= $"{Questions(steps, answer)} questions expected";
        }

        if (wrong is not null)
        {
            fault($"near the limit of {limit}: {wrong}\n{source}{string.Concat(_asked.Select(Text))}");
        }

        return $"{_asked.Count > 0}";
    }

    private long? Answer(LyraNearLimit near, Func<LyraNearLimit, long?> answer)
    {
        _asked.Add((near, null));
        long? given = answer(near);
        _asked[^1] = (near, given);
        return given;
    }

    private static string Text((LyraNearLimit Near, long? Answer) asked) =>
        $"\n{asked.Near.Limit} {asked.Near.Current} {string.Join(" < ", asked.Near.ScriptTrace)}: {asked.Answer}";

    private static LyraLimits LimitsOf(LimitKind limit) => limit switch
    {
        LimitKind.Steps => new LyraLimits { MaxSteps = MaxSteps },
        LimitKind.Memory => new LyraLimits { MaxMemoryBytes = MaxBytes },
        LimitKind.Time => new LyraLimits { Timeout = Timeout },
        LimitKind.Frames => throw new UnreachableException("A script can catch this limit."),
    };

    private static long InitialOf(LimitKind limit) => limit switch
    {
        LimitKind.Steps => MaxSteps,
        LimitKind.Memory => MaxBytes,
        LimitKind.Time => (long)Timeout.TotalMilliseconds,
        LimitKind.Frames => throw new UnreachableException("A script can catch this limit."),
    };

    private static bool IsRaise((LyraNearLimit Near, long? Answer) asked) => asked.Answer > asked.Near.Current;

    /// <summary>What is wrong with the end of the run: it must succeed if and only if all answers raised the limit.</summary>
    private string? WrongEnding(LyraEngine engine, string source, LimitKind limit, string expected)
    {
        try
        {
            string result = engine.Run(source, FileName).ToString();
            return result != expected ? $"the result is {result} instead of {expected}"
                : _asked.All(IsRaise) ? null
                : "a run went on that the host did not allow";
        }
        catch (LyraLimitException e)
        {
            return _asked.Count == 0 ? "a run ended at a limit about which the host was not asked"
                : IsRaise(_asked[^1]) ? $"a run ended although the host had raised the limit: {e.Message}"
                : e.Limit != limit ? $"a run ended at the limit of {e.Limit}"
                : !e.ScriptTrace.SequenceEqual(_asked[^1].Near.ScriptTrace) ? $"a run ended at {string.Join(" < ", e.ScriptTrace)}"
                : null;
        }
    }

    /// <summary>What is wrong with a question: each must begin where the last answer has raised the limit to.</summary>
    private string? WrongQuestion(LimitKind limit)
    {
        for (int i = 0; i < _asked.Count; i++)
        {
            LyraNearLimit near = _asked[i].Near;
            if (near.Limit != limit || near.Initial != InitialOf(limit))
            {
                return $"the host was asked about {near.Limit}, initially {near.Initial}";
            }

            if (near.Current != (i == 0 ? near.Initial : _asked[i - 1].Answer))
            {
                return $"the host was asked about a limit of {near.Current}";
            }

            if (!IsPlace(near))
            {
                return "the host got another place";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether it is the place of the loop. A limit of time may also be reached behind it, or when no script code runs any more.
    /// </summary>
    private static bool IsPlace(LyraNearLimit near) => near.ScriptTrace switch
    {
        [] => near.Limit == LimitKind.Time,
        [var outer] => near.Limit == LimitKind.Time && IsAt(outer, Module, 5),
        [var inner, var outer] => IsAt(inner, "f", 2) && IsAt(outer, Module, 4),
        _ => false,
    };

    private static bool IsAt(string entry, string proc, int line) =>
        entry.StartsWith(proc, StringComparison.Ordinal) && entry.Contains($"({FileName}:{line}", StringComparison.Ordinal);

    /// <summary>The number of questions about steps in a run that takes so many.</summary>
    private static int Questions(long steps, Func<LyraNearLimit, long?> answer)
    {
        int count = 0;
        long? limit = MaxSteps;
        for (long current = 0; limit > current && limit < steps; count++)
        {
            current = limit.Value;
            try
            {
                limit = answer(new LyraNearLimit(LimitKind.Steps, current, MaxSteps, []));
            }
            catch (NotSupportedException)
            {
                // The host that does not answer.
                limit = null;
            }
        }

        return count;
    }

    /// <summary>A clock that advances whenever it is read, so that a limit of time does not depend on the machine.</summary>
    private sealed class LookingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += (long)(step.TotalSeconds * Stopwatch.Frequency);
    }
}
