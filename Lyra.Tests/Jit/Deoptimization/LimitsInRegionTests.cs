using System;
using System.IO;
using System.Threading;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using static Lyra.Tests.Jit.Deoptimization.HandMadeRegions;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>Limits while a region runs: regions check them without frames, and they trip at the same step as in the interpreter.</summary>
public sealed class LimitsInRegionTests
{
    private const string Counting = "proc root(n) { try { while true { n += 1 } } finally { print(n) } }\nroot(0)";

    [Theory]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(20_000)]
    [InlineData(100_003)]
    public void A_region_stops_at_the_same_step(long maxSteps)
    {
        LyraLimits limits = new() { MaxSteps = maxSteps };
        string output = EnterAt(Counting, "root", Opcode.LoopHead, host =>
        {
            LinkedPrototype code = host.ClosureOf(host.Top).Code;
            ExitState state = new([Frame(code, host.PcOf(host.Top), new ExitSlot(0, ExitSource.Int, 0, default))]);
            int cost = code.Loops[0].Cost;
            return Region(new RegionData { Frames = host, States = [state] }, (context, _, _) => Count(context, cost));
        }, limits);
        output.ShouldBe(Scripts.Run(Counting, 2, limits, null, JitMode.Off));
        output.ShouldContain("!! LimitExceeded");
    }

    [Fact]
    public void A_refill_does_not_change_the_steps_taken()
    {
        InRun(new LyraLimits { MaxSteps = 1_000_000 }, interpreter =>
        {
            interpreter.Budget.Left = -5;
            long taken = interpreter.StepsTaken;
            interpreter.TryRefill().ShouldBeTrue();
            interpreter.StepsTaken.ShouldBe(taken);
            interpreter.Budget.Left.ShouldBeGreaterThan(0);
        });
    }

    [Fact]
    public void A_cancelled_run_is_not_refilled()
    {
        using CancellationTokenSource source = new();
        using LyraEngine engine = Scripts.Engine(TextWriter.Null);
        Engine interpreter = SingleRuns.InterpreterOf(engine);
        bool isChecked = false;
        interpreter.SingleStep = () =>
        {
            if (!isChecked)
            {
                isChecked = true;
                source.Cancel();
                long budget = interpreter.Budget.Left;
                interpreter.TryRefill().ShouldBeFalse();
                interpreter.Budget.Left.ShouldBe(budget);
            }

            return interpreter.ExecuteOne();
        };
        Should.Throw<LyraCanceledException>(() => engine.Run("while true { }", null, source.Token));
        isChecked.ShouldBeTrue();
    }

    [Fact]
    public void A_run_out_of_time_is_not_refilled()
    {
        InRun(new LyraLimits { Timeout = TimeSpan.FromTicks(1) }, interpreter => interpreter.TryRefill().ShouldBeFalse());
        InRun(new LyraLimits { Timeout = TimeSpan.FromHours(1) }, interpreter => interpreter.TryRefill().ShouldBeTrue());
    }

    [Fact]
    public void Memory_is_charged_in_compiled_code_until_a_heap_walk_is_needed()
    {
        InRun(new LyraLimits { MaxMemoryBytes = 1 << 20 }, interpreter =>
        {
            long left = interpreter.Memory.Left;
            interpreter.TryChargeMemory(left - 10).ShouldBeTrue();
            interpreter.TryChargeMemory(11).ShouldBeFalse();
            interpreter.Memory.Left.ShouldBe(10);
            interpreter.TryChargeMemory(10).ShouldBeTrue();
            interpreter.Memory.Left.ShouldBe(0);
        });
        InRun(new LyraLimits(), interpreter => interpreter.TryChargeMemory(long.MaxValue).ShouldBeTrue());
    }

    /// <summary>Near the memory limit, allocations trigger frequent heap walks, which cost no steps.</summary>
    [Fact]
    public void A_heap_walk_checks_the_clock()
    {
        const long Limit = 1 << 20;
        InRun(new LyraLimits { MaxMemoryBytes = Limit, Timeout = TimeSpan.FromHours(1) }, interpreter =>
        {
            interpreter.Memory.Left = 0;
            interpreter.ChargeMemory(Limit - interpreter.Heap.ReachableBytes() - 5);
            interpreter.Memory.Left.ShouldBe(5);
        });
        InRun(new LyraLimits { MaxMemoryBytes = Limit, Timeout = TimeSpan.FromTicks(1) }, interpreter =>
        {
            interpreter.Memory.Left = 0;
            Should.Throw<ScriptErrorException>(() => interpreter.ChargeMemory(1)).Error.Limit.ShouldBe(LimitKind.Time);
        });
    }

    [Fact]
    public void Operations_that_need_frames_exit_the_region()
    {
        InRun(new LyraLimits { MaxSteps = 1_000, MaxMemoryBytes = 1 << 20 }, interpreter =>
        {
            interpreter.InRegion = true;
            Should.Throw<RegionExitException>(() => interpreter.ChargeMemory(1 << 21));
            Should.Throw<RegionExitException>(() => interpreter.Charge(2_000));
            Should.Throw<RegionExitException>(() => interpreter.Invoke(Value.Nil, []));
            interpreter.InRegion = false;
        });
    }

    [Fact]
    public void The_remaining_frames_are_those_that_a_proc_may_still_call()
    {
        const string Source = "proc d(n) { if n == 0 { return 0 }; return d(n - 1) + 1 }\nprint([3].map(d))";
        int least = int.MaxValue;
        SingleRuns.Run(Source, interpreter => () =>
        {
            least = Math.Min(least, interpreter.FramesLeft());
            return interpreter.ExecuteOne();
        }, 2, new LyraLimits { MaxFrames = 10 });

        // The frames of the top level, of map, and of d for 3, 2, 1 and 0.
        least.ShouldBe(4);
    }

    private static int Count(ScriptContext context, int cost)
    {
        for (long n = 0; ; n++)
        {
            if ((context.Budget.Left -= cost) < 0 && !context.TryRefill())
            {
                context.Budget.Left += cost;
                context.Regions.Exits!.Ints[0] = n;
                return 0;
            }
        }
    }

    /// <summary>Runs the test in the middle of a script's run.</summary>
    internal static void InRun(LyraLimits limits, Action<Engine> test)
    {
        bool isDone = false;
        SingleRuns.Run("1 + 1", interpreter => () =>
        {
            if (!isDone)
            {
                isDone = true;
                test(interpreter);
            }

            return interpreter.ExecuteOne();
        }, 2, limits);
        isDone.ShouldBeTrue();
    }
}
