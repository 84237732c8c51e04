using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Conformance;

/// <summary>What the tests of failing allocations share.</summary>
internal static class AllocationFailures
{
    /// <summary>Up to here, each allocation fails once. From there on, distances grow.</summary>
    private const int AllUpTo = 60;

    private const string After = """
        struct P { x; y = 2 }
        proc fib(n) { return if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
        var m = {}
        for i in 0..300 { m["k${i % 7}"] = [P(i), fib(3)] }
        "${m.count()} ${m["k5"][0].x} ${m["k6"][1]} ${[3, 1, 2].sorted()} ${10 ** 30}"
        """;

    private const string Expected = "7 299 2 [1, 2, 3] 1000000000000000000000000000000";

    /// <summary>The allocations that fail, each in a run of its own.</summary>
    /// <param name="count">The number of allocations in a run without a failure.</param>
    public static IEnumerable<int> Positions(int count)
    {
        for (int n = 1; n <= count; n = n < AllUpTo ? n + 1 : n * 9 / 8)
        {
            yield return n;
        }
    }

    /// <summary>Does something while allocations of an engine, and of this thread outside runs, may fail.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="fails">Asked at each allocation that is charged.</param>
    /// <param name="action">Does it.</param>
    public static void Inject(LyraEngine engine, Func<bool> fails, Action action)
    {
        Set(engine, fails);
        try
        {
            action();
        }
        finally
        {
            Set(engine, null);
        }
    }

    /// <summary>Asserts that an engine holds nothing of what has ended, and runs scripts.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="when">Named if it doesn't.</param>
    public static void CheckUsable(LyraEngine engine, string when)
    {
        Engine interpreter = SingleRuns.InterpreterOf(engine);
        interpreter.InRegion.ShouldBeFalse(when);
        interpreter.IsRunning.ShouldBeFalse(when);
        interpreter.ProtectedCount.ShouldBe(0, when);
        interpreter.Memory.Held.ShouldBe(0, when);
        engine.Run(After).As<string>().ShouldBe(Expected, when);
    }

    private static void Set(LyraEngine engine, Func<bool>? fails)
    {
        engine.Limiter.AllocationFails = fails;
        WorkMeter.AllocationFails = fails;
        DetachedContext.OfThread.AllocationFails = fails;
        ConversionContext.OfThread.AllocationFails = fails;
    }
}
