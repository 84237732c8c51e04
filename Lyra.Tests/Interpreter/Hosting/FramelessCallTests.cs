using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// The host calls compiled procs that call nothing else: they run without a frame in the interpreter's stacks, until they exit. Results,
/// errors and steps are those of the interpreter.
/// </summary>
public sealed class FramelessCallTests
{
    private const int Warm = 60;

    public static TheoryData<string, string, string> Calls => new()
    {
        { "arguments of other types", "proc f(a, b) { return a * b }", "2.5 3 | 2 3 | 2.5 0.5 | \"ab\" 2 | 2 nil" },
        { "declared types", "proc f(a: float, b: int) -> float { return a * b }", "2.5 3 | 2 3 | 2.5 \"x\" | true 1" },
        { "a new branch", "proc f(a, b) { if a > 50 { return [a, b] }\nreturn a + b }", "1 2 | 60 2 | 60.5 2" },
        { "an error", "proc f(a, b) { let q = a / b\nreturn q + 1 }", "7 2 | 7 0 | 9 3" },
        { "an error that is caught", "proc f(a, b) { try { return a / b } catch e { return e.message } }", "7 2 | 7 0 | 9 3" },
        { "an int that becomes large", "proc f(a, b) { return a * b + 1 }", "3 4 | 4611686018427387904 4 | -4611686018427387904 7 | 3 5" },
        { "a loop", "proc f(a, b) { var s = 0\nfor i in 0..a { s += i * b }\nreturn s }", "20 2 | 5000 2 | 20 0.5 | 0 1" },
        { "a new list", "proc f(a, b) { return [a, b, a] }", "1 2 | 1.5 \"x\" | nil true" },
        { "a struct", "struct P { x; y }\nproc f(a, b) { let p = P(a, b)\nreturn p.x + p.y }", "1 2 | 1.5 2 | \"a\" \"b\"" },
        { "a global", "var total = 0\nproc f(a, b) { total += a * b\nreturn total }", "1 2 | 3 4 | 0.5 1 | 9223372036854775807 2 | 2 2" },
        { "a text", "proc f(a, b) { return \"${a}-${b}\" }", "1 2 | 1.5 true | nil \"z\"" },
        { "a default", "proc f(a, b = 7) { return a - b }", "1 2 | 9 | 9 1 | 3.5" },
        { "a task", "async proc later(x) { await sleep(0)\nreturn x }\nproc f(a, b) { return spawn later(a + b) }", "1 2 | 3 4" },
        { "another proc", "proc g(x) { return if x > 90 { x / 0 } else { x } }\nproc f(a, b) { return g(a) + g(b) }", "1 2 | 95 1 | 2 3" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Compiled_calls_do_what_interpreted_calls_do(string what, string script, string arguments)
    {
        string expected = Run(script, arguments, JitMode.Off, out _);
        Run(script, arguments, JitMode.On, out JitStatistics jit).ShouldBe(expected, what);
        jit.TracesCompiled.ShouldBeGreaterThan(0);
        jit.CompiledSteps.ShouldBeGreaterThan(0);
        Run(script, arguments, JitMode.Stress, out _).ShouldBe(expected, what);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Limits_hold_in_each_call_anew(JitMode mode)
    {
        using LyraEngine engine = new(Options(mode, new LyraLimits { MaxSteps = 20_000 }));
        engine.Run("proc f(n) { var s = 0\nfor i in 0..n { s += i % 7 }\nreturn s }");
        Func<int, long> f = engine.GetProc<Func<int, long>>("f");
        for (int i = 0; i < Warm; i++)
        {
            f(100).ShouldBe(295);
            if (i % 20 == 19)
            {
                LyraLimitException e = Should.Throw<LyraLimitException>(() => f(1_000_000));
                e.Limit.ShouldBe(LimitKind.Steps);
                e.Line.ShouldBe(2);
            }
        }

        f(2_000).ShouldBe(5_995);
    }

    [Fact]
    public void A_call_is_stopped_by_the_limit_of_time()
    {
        LyraLimits limits = new() { Timeout = TimeSpan.FromMilliseconds(200) };
        using LyraEngine engine = new(Options(JitMode.On, limits) with { LimitClock = LookClock.Of(limits.Timeout.Value) });
        Func<long, CancellationToken, long> f = CompiledLoop(engine);
        Should.Throw<LyraLimitException>(() => f(long.MaxValue, CancellationToken.None)).Limit.ShouldBe(LimitKind.Time);
        f(100, CancellationToken.None).ShouldBe(295);
    }

    [Fact]
    public void A_call_is_stopped_by_its_token()
    {
        using LyraEngine engine = new(Options(JitMode.On));
        Func<long, CancellationToken, long> f = CompiledLoop(engine);
        Should.Throw<LyraCanceledException>(() => f(1, new CancellationToken(canceled: true)));
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(20));
        Should.Throw<LyraCanceledException>(() => f(long.MaxValue, source.Token));
        f(100, CancellationToken.None).ShouldBe(295);
    }

    [Fact]
    public void Few_frames_suffice()
    {
        using LyraEngine engine = new(Options(JitMode.On, new LyraLimits { MaxFrames = 4 }));
        engine.Run("proc f(a) { return a + 1 }");
        Func<int, int> f = engine.GetProc<Func<int, int>>("f");
        Enumerable.Range(0, Warm).ShouldAllBe(i => f(i) == i + 1);
    }

    [Fact]
    public void Arguments_are_not_kept_alive()
    {
        using LyraEngine engine = new(Options(JitMode.On));
        engine.Run("proc f(xs, i) { return xs[i] }");
        Func<LyraValue, int, int> f = engine.GetProc<Func<LyraValue, int, int>>("f");
        WeakReference last = CallOften(f);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        last.IsAlive.ShouldBeFalse();
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_compiled_call_allocates_nothing()
    {
        using LyraEngine engine = new(Options(JitMode.On));
        engine.Run("proc f(a: float, b: int) -> float { return a * b }");
        Func<double, int, double> f = engine.GetProc<Func<double, int, double>>("f");
        for (int i = 0; i < 1_000; i++)
        {
            f(2.5, i).ShouldBe(2.5 * i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        for (int i = 0; i < 1_000; i++)
        {
            sum += f(2.5, i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBe(2.5 * 499_500);
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(1_000);
    }

    private static Func<long, CancellationToken, long> CompiledLoop(LyraEngine engine)
    {
        engine.Run("proc f(n) { var s = 0\nfor i in 0..n { s += i % 7 }\nreturn s }");
        Func<long, CancellationToken, long> f = engine.GetProc<Func<long, CancellationToken, long>>("f");
        Enumerable.Range(0, Warm).ShouldAllBe(_ => f(100, CancellationToken.None) == 295);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        return f;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CallOften(Func<LyraValue, int, int> f)
    {
        WeakReference last = new(null);
        for (int i = 0; i < Warm; i++)
        {
            int[] items = [i, 2 * i];
            LyraValue list = LyraValue.From(items);
            f(list, 1).ShouldBe(2 * i);
            last.Target = list.Raw.Ref;
        }

        return last;
    }

    /// <summary>Calls <c>f</c> with the first arguments until it is compiled, then with all of them, twice.</summary>
    /// <returns>The results, errors and steps of the calls.</returns>
    private static string Run(string script, string arguments, JitMode mode, out JitStatistics jit)
    {
        using LyraEngine engine = new(Options(mode));
        engine.Run(script);
        LyraValue[][] calls = [.. arguments.Split(" | ").Select(call => call.Split(' ').Select(a => engine.Run(a)).ToArray())];
        List<string> seen = [];
        foreach (LyraValue[] call in Enumerable.Repeat(calls[0], Warm).Concat(calls).Concat(calls))
        {
            long before = engine.Statistics.Jit.Steps;
            string result = Call(engine, call);
            seen.Add($"{result} in {engine.Statistics.Jit.Steps - before}");
        }

        jit = engine.Statistics.Jit;
        return string.Join('\n', seen);
    }

    private static string Call(LyraEngine engine, LyraValue[] arguments)
    {
        try
        {
            return engine.Call("f", arguments).ToString();
        }
        catch (LyraException e)
        {
            return $"{e.Kind}: {e.Message} at {e.Line}:{e.Column} {string.Join(", ", e.ScriptTrace)}";
        }
    }

    private static LyraOptions Options(JitMode mode, LyraLimits? limits = null) => new()
    {
        Jit = mode,
        HotProcThreshold = 8,
        HotLoopThreshold = 8,
        HotExitThreshold = 50,
        CompilesInBackground = false,
        Limits = limits ?? new LyraLimits(),
    };
}
