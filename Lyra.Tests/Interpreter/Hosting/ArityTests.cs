using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Delegates of the host, and procs as delegates, with any number of parameters that has code of its own.</summary>
public sealed class ArityTests
{
    /// <summary>Weighs the arguments, so that each position counts.</summary>
    private static long Weighed(params ReadOnlySpan<long> values)
    {
        long sum = 0;
        foreach (long value in values)
        {
            sum = (sum * 10) + value;
        }

        return sum;
    }

    private static readonly Delegate[] Functions =
    [
        () => Weighed(),
        (long a) => Weighed(a),
        (long a, long b) => Weighed(a, b),
        (long a, long b, long c) => Weighed(a, b, c),
        (long a, long b, long c, long d) => Weighed(a, b, c, d),
        (long a, long b, long c, long d, long e) => Weighed(a, b, c, d, e),
        (long a, long b, long c, long d, long e, long f) => Weighed(a, b, c, d, e, f),
        (long a, long b, long c, long d, long e, long f, long g) => Weighed(a, b, c, d, e, f, g),
        (long a, long b, long c, long d, long e, long f, long g, long h) => Weighed(a, b, c, d, e, f, g, h),
        (long a, long b, long c, long d, long e, long f, long g, long h, long i) => Weighed(a, b, c, d, e, f, g, h, i),
    ];

    public static TheoryData<int> Arities => [.. Enumerable.Range(0, 10)];

    public static TheoryData<int> TypedArities => [.. Enumerable.Range(0, 9)];

    [Theory]
    [MemberData(nameof(Arities))]
    public void A_function_gets_its_arguments_in_order(int count)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Define("f", Functions[count]);

        engine.Run($"f({Numbers(count)})").As<long>().ShouldBe(Expected(count));
    }

    [Theory]
    [MemberData(nameof(TypedArities))]
    public void An_action_gets_its_arguments_in_order_and_returns_nil(int count)
    {
        long got = -1;
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Define("f", ActionOf(count, value => got = value));

        engine.Run($"f({Numbers(count)})").IsNil.ShouldBeTrue();

        got.ShouldBe(Expected(count));
    }

    [Theory]
    [MemberData(nameof(TypedArities))]
    public void An_exception_of_an_action_is_an_error_of_the_script(int count)
    {
        InvalidOperationException thrown = new("refused");
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Define("f", ActionOf(count, _ => throw thrown));

        LyraException e = Should.Throw<LyraException>(() => engine.Run($"f({Numbers(count)})"));

        (e.Kind, e.InnerException).ShouldBe(("HostError", thrown));
        engine.Run($"try {{ f({Numbers(count)}) }} catch e {{ e.kind }}").IsNil.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(TypedArities))]
    public void A_proc_gets_the_arguments_of_its_delegate(int count)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        List<long> kept = [];
        engine.Define("keep", (long value) => kept.Add(value));
        engine.Run($"proc f(...xs) {{ let r = xs.reduce((s, x) => s * 10 + x, 0); keep(r); return r }}");

        CallFunction(engine, count).ShouldBe(Expected(count));
        CallAction(engine, count);
        kept.ShouldBe([Expected(count), Expected(count)]);
    }

    [Theory]
    [MemberData(nameof(TypedArities))]
    public async Task An_async_proc_gets_the_arguments_of_its_delegate(int count)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run("async proc f(...xs) { await sleep(0); return xs.reduce((s, x) => s * 10 + x, 0) }");

        (await CallAsync(engine, count)).ShouldBe(Expected(count));
    }

    private static string Numbers(int count) => string.Join(", ", Enumerable.Range(1, count));

    private static long Expected(int count) =>
        count == 0 ? 0 : long.Parse(string.Concat(Enumerable.Range(1, count)), CultureInfo.InvariantCulture);

    private static Delegate ActionOf(int count, Action<long> done) => count switch
    {
        0 => () => done(Weighed()),
        1 => (long a) => done(Weighed(a)),
        2 => (long a, long b) => done(Weighed(a, b)),
        3 => (long a, long b, long c) => done(Weighed(a, b, c)),
        4 => (long a, long b, long c, long d) => done(Weighed(a, b, c, d)),
        5 => (long a, long b, long c, long d, long e) => done(Weighed(a, b, c, d, e)),
        6 => (long a, long b, long c, long d, long e, long f) => done(Weighed(a, b, c, d, e, f)),
        7 => (long a, long b, long c, long d, long e, long f, long g) => done(Weighed(a, b, c, d, e, f, g)),
        _ => (long a, long b, long c, long d, long e, long f, long g, long h) => done(Weighed(a, b, c, d, e, f, g, h)),
    };

    private static long CallFunction(LyraEngine engine, int count) => count switch
    {
        0 => engine.GetProc<Func<long>>("f")(),
        1 => engine.GetProc<Func<long, long>>("f")(1),
        2 => engine.GetProc<Func<long, long, long>>("f")(1, 2),
        3 => engine.GetProc<Func<long, long, long, long>>("f")(1, 2, 3),
        4 => engine.GetProc<Func<long, long, long, long, long>>("f")(1, 2, 3, 4),
        5 => engine.GetProc<Func<long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5),
        6 => engine.GetProc<Func<long, long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6),
        7 => engine.GetProc<Func<long, long, long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6, 7),
        _ => engine.GetProc<Func<long, long, long, long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6, 7, 8),
    };

    private static void CallAction(LyraEngine engine, int count)
    {
        switch (count)
        {
            case 0:
                engine.GetProc<Action>("f")();
                break;
            case 1:
                engine.GetProc<Action<long>>("f")(1);
                break;
            case 2:
                engine.GetProc<Action<long, long>>("f")(1, 2);
                break;
            case 3:
                engine.GetProc<Action<long, long, long>>("f")(1, 2, 3);
                break;
            case 4:
                engine.GetProc<Action<long, long, long, long>>("f")(1, 2, 3, 4);
                break;
            case 5:
                engine.GetProc<Action<long, long, long, long, long>>("f")(1, 2, 3, 4, 5);
                break;
            case 6:
                engine.GetProc<Action<long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6);
                break;
            case 7:
                engine.GetProc<Action<long, long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6, 7);
                break;
            default:
                engine.GetProc<Action<long, long, long, long, long, long, long, long>>("f")(1, 2, 3, 4, 5, 6, 7, 8);
                break;
        }
    }

    private static Task<long> CallAsync(LyraEngine engine, int count) => count switch
    {
        0 => engine.GetProc<Func<Task<long>>>("f")(),
        1 => engine.GetProc<Func<long, Task<long>>>("f")(1),
        2 => engine.GetProc<Func<long, long, Task<long>>>("f")(1, 2),
        3 => engine.GetProc<Func<long, long, long, Task<long>>>("f")(1, 2, 3),
        4 => engine.GetProc<Func<long, long, long, long, Task<long>>>("f")(1, 2, 3, 4),
        5 => engine.GetProc<Func<long, long, long, long, long, Task<long>>>("f")(1, 2, 3, 4, 5),
        6 => engine.GetProc<Func<long, long, long, long, long, long, Task<long>>>("f")(1, 2, 3, 4, 5, 6),
        7 => engine.GetProc<Func<long, long, long, long, long, long, long, Task<long>>>("f")(1, 2, 3, 4, 5, 6, 7),
        _ => engine.GetProc<Func<long, long, long, long, long, long, long, long, Task<long>>>("f")(1, 2, 3, 4, 5, 6, 7, 8),
    };
}
