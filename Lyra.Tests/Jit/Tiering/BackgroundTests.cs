using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Regions are compiled on another thread while the script continues.</summary>
public sealed class BackgroundTests
{
    private const string Loop = """
        var rounds = 0
        var sum = 0
        let weights = [1, 2, 3]
        var more = 1_000
        while more > 0 {
            sum += weights[rounds % 3]
            rounds += 1
            if compiled > 0 { more -= 1 }
        }
        var expected = 0
        for i in 0..rounds { expected += weights[i % 3] }
        print(sum == expected)
        """;

    [Fact]
    public void A_region_is_entered_once_installed_and_continues_where_the_interpreter_was()
    {
        BackgroundRun run = new(Loop);

        run.Output.ShouldBe("true\n");
        run.Controller!.Counters.Entries.ShouldBeGreaterThan(0);
        run.Controller.Counters.BackgroundTime.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    /// <summary>With one processor, the script waits for the compiler in slices, which count as time for which it was stopped.</summary>
    [Fact]
    public void A_script_that_shares_its_processor_with_the_compiler_gets_its_regions()
    {
        BackgroundRun run = new(Loop, options => options with { SharesProcessor = true });

        run.Output.ShouldBe("true\n");
        run.Controller.Counters.Entries.ShouldBeGreaterThan(0);
        run.Controller.Counters.CompileTime.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Waiting_for_a_job_ends_with_the_job_or_with_the_time()
    {
        RegionProfile recorded = new TieredRun("var i = 0\nwhile i < 50 { i += 1 }").Profiles[0];
        CompileJob job = new(recorded, 1, (profile, version) => new CompileResult(RegionSamples.Idle(profile, version)));
        job.Await(TimeSpan.FromMilliseconds(1));
        job.IsDone.ShouldBeFalse();
        job.Run();
        job.Await(Timeout.InfiniteTimeSpan);
        job.IsDone.ShouldBeTrue();
    }

    /// <summary>A host may interrupt the thread of a script whose delegate waits.</summary>
    [Fact]
    public void An_interruption_is_left_to_the_next_wait_of_the_host()
    {
        CompileJob job = new(null!, 1, static (_, _) => default);
        bool isThrown = false;
        Thread thread = new(() =>
        {
            Thread.CurrentThread.Interrupt();
            job.Await(TimeSpan.FromMinutes(1));
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                isThrown = true;
            }
        });
        thread.Start();
        thread.Join();

        isThrown.ShouldBeTrue();
    }

    [Fact]
    public void A_recursive_proc_is_compiled_while_it_is_interpreted()
    {
        BackgroundRun run = new("""
            proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
            var isRight = true
            while compiled < 1 { isRight = isRight and fib(12) == 144 }
            for i in 0..100 { isRight = isRight and fib(12) == 144 }
            print(isRight)
            """);

        run.Output.ShouldBe("true\n");
        run.Events.Count(e => e.Kind == TierEventKind.Compiled).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Procs_that_wait_for_each_other_are_compiled()
    {
        BackgroundRun run = new("""
            proc is_even(n) { if n == 0 { return true }; return is_odd(n - 1) }
            proc is_odd(n) { if n == 0 { return false }; return is_even(n - 1) }
            proc count(n) { var k = 0; for i in 0..n { if is_even(i) { k += 1 } }; return k }
            var isRight = true
            while compiled < 3 { isRight = isRight and count(40) == 20 }
            for i in 0..100 { isRight = isRight and count(40) == 20 }
            print(isRight)
            """);

        run.Output.ShouldBe("true\n");
        (run.VersionsOf("is_even") + run.VersionsOf("is_odd")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_region_that_grows_replaces_its_previous_version()
    {
        BackgroundRun run = new("""
            proc f(n, k) { var s = 0; for i in 0..n { if i % 50 >= k { s += 2 } else { s += 1 } }; return s }
            var isRight = true
            var rounds = 0
            while compiled < 2 {
                isRight = isRight and f(200, 50) == 200
                rounds += 1
                if compiled > 0 { isRight = isRight and f(200, 25) == 300 }
            }
            print(isRight)
            """);

        run.Output.ShouldBe("true\n");
    }

    [Fact]
    public async Task Engines_on_several_threads_compile_at_once()
    {
        string[] outputs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            static () => new BackgroundRun(Loop).Output, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        outputs.ShouldAllBe(output => output == "true\n");
    }

    [Fact]
    public void A_compilation_aborted_on_another_thread_is_reported_on_the_thread_of_the_script()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true };
        using ManualResetEventSlim isAsked = new();
        TieredRun run = new("var rounds = 0\nwhile not is_compiled or rounds < 100 { rounds += 1 }", options, (profile, version) =>
        {
            if (!isAsked.IsSet)
            {
                isAsked.Set();
                throw new InvalidOperationException("on purpose");
            }

            return RegionSamples.Idle(profile, version);
        }, faultsAreThrown: false);

        run.Error.ShouldBeNull();
        run.Events.ShouldContain(
            e => e.Kind == TierEventKind.Aborted && e.Reason == AbortReason.CompilerFault && e.Explanation.Contains("on purpose"));
        run.Events.ShouldContain(e => e.Kind == TierEventKind.Compiled);
    }

    [Fact]
    public void A_fault_of_the_compiler_is_a_reason()
    {
        CompileJob job = new(null!, 1, static (_, _) => throw new NotSupportedException("on purpose"));
        job.Run();

        job.IsDone.ShouldBeTrue();
        CompileFailure failure = job.Take(throwsFaults: false).Failure.ShouldNotBeNull();
        failure.Reason.ShouldBe(AbortReason.CompilerFault);
        failure.Detail.ShouldContain("on purpose");
        Should.Throw<NotSupportedException>(() => job.Take(throwsFaults: true));
    }

    [Fact]
    public void A_closed_queue_begins_nothing_more()
    {
        using ManualResetEventSlim isRunning = new();
        using ManualResetEventSlim mayEnd = new();
        int begun = 0;
        CompileJob first = new(NewProfile(0), 1, (_, _) =>
        {
            isRunning.Set();
            mayEnd.Wait();
            return default;
        });
        CompileJob second = new(NewProfile(0), 2, (_, _) =>
        {
            Interlocked.Increment(ref begun);
            return default;
        });
        CompileQueue queue = new();
        queue.Add(first);
        queue.Add(second);
        isRunning.Wait();
        queue.Close();
        queue.Add(second);
        mayEnd.Set();
        SpinWait.SpinUntil(() => first.IsDone && queue.IsIdle);

        begun.ShouldBe(0);
        second.IsDone.ShouldBeFalse();
    }

    /// <summary>A next version is run before larger jobs, but no job is overtaken for ever.</summary>
    [Fact]
    public void A_small_next_version_overtakes_larger_jobs()
    {
        using ManualResetEventSlim isRunning = new();
        using ManualResetEventSlim mayEnd = new();
        List<string> order = [];
        CompileQueue queue = new();
        queue.Add(new CompileJob(NewProfile(0), 1, (_, _) =>
        {
            isRunning.Set();
            mayEnd.Wait();
            return default;
        }));
        isRunning.Wait();
        queue.Add(NewJob("large", 1, 3));
        queue.Add(NewJob("small", 1, 1));
        queue.Add(NewJob("as large", 2, 3));
        for (int i = 0; i < 10; i++)
        {
            queue.Add(NewJob($"next {i}", 2, 1));
        }

        mayEnd.Set();
        SpinWait.SpinUntil(() => queue.IsIdle);

        order.ShouldBe(
        [
            "next 0", "next 1", "next 2", "next 3", "next 4", "next 5", "next 6", "next 7", "large", "small",
            "as large", "next 8", "next 9",
        ]);

        CompileJob NewJob(string name, int version, int instructions) => new(NewProfile(instructions), version, (_, _) =>
        {
            order.Add(name);
            return default;
        });
    }

    /// <summary>A script makes loops hot while nothing is compiled; later, when they are hot again, all of them are compiled.</summary>
    [Fact]
    public void A_full_queue_refuses_regions_until_they_are_hot_again()
    {
        const int Loops = 3 * CompileQueue.MaxJobs;
        string source = "var n = 0\nproc all() {\n" + string.Concat(Enumerable.Repeat("for i in 0..40 { n += i }\n", Loops))
            + "}\nwhile compiled < " + Loops + " { all() }\nfor i in 0..1000 { all() }";
        using ManualResetEventSlim mayEnd = new();
        GlobalVariable compiled = new(Value.FromInt(0));
        int recorded = 0;
        int refused = 0;
        IFrameHost frames = null!;
        ScriptRun run = new(source, new ScriptSetup
        {
            Tiers = new TierOptions { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true },
            Globals = new Dictionary<string, GlobalVariable> { ["compiled"] = compiled },
            Timeout = TimeSpan.FromMinutes(5),
            Controller = (host, options) =>
            {
                frames = host.Frames;
                return new TierController(host, options, Compile) { Observer = OnEvent };
            },
        });

        run.Error.ShouldBeNull();

        // One job runs.
        recorded.ShouldBeInRange(CompileQueue.MaxJobs, CompileQueue.MaxJobs + 1);
        refused.ShouldBeGreaterThan(Loops / 2);
        run.Counters.Aborts()[nameof(AbortReason.QueueFull)].ShouldBe(refused);

        CompileResult Compile(RegionProfile profile, int version)
        {
            mayEnd.Wait();
            Region region = RegionSamples.Idle(profile, version);
            region.Data.Frames = frames;
            return new CompileResult(region);
        }

        void OnEvent(TierEvent e)
        {
            recorded += e.Kind == TierEventKind.Recorded && !mayEnd.IsSet ? 1 : 0;
            refused += e is { Kind: TierEventKind.Aborted, Reason: AbortReason.QueueFull } ? 1 : 0;
            compiled.Value = Value.FromInt(compiled.Value.AsInt + (e.Kind == TierEventKind.Compiled ? 1 : 0));
            if (refused > Loops / 2)
            {
                mayEnd.Set();
            }
        }
    }

    /// <summary>
    /// A speculation of an installed region fails while the queue is full: the region stays, and is compiled again after further exits. The
    /// failure counts once.
    /// </summary>
    [Fact]
    public void A_full_queue_delays_the_next_version_of_a_region_whose_speculation_failed()
    {
        const int Loops = 3 * CompileQueue.MaxJobs;
        string source = "var n = 0\nproc grow() { for i in 0..30 { n += i } }\nproc fill() {\n"
            + string.Concat(Enumerable.Repeat("for i in 0..40 { n += i }\n", Loops)) + "}\n"
            + "while versions < 1 { grow() }\nwhile refused < 1 { fill() }\nwhile versions < 2 { grow() }";
        using ManualResetEventSlim mayEnd = new(initialState: true);
        GlobalVariable versions = new(Value.FromInt(0));
        GlobalVariable refused = new(Value.FromInt(0));
        List<RegionProfile> profiles = [];
        int delays = 0;
        bool isBlocked = false;
        ScriptRun run = new(source, new ScriptSetup
        {
            Tiers = new TierOptions { HotLoop = 10, HotProc = int.MaxValue, HotExit = 200, CompilesInBackground = true },
            Globals = new Dictionary<string, GlobalVariable> { ["versions"] = versions, ["refused"] = refused },
            Timeout = TimeSpan.FromMinutes(5),
            Controller = (host, options) => new TierController(host, options, (profile, version) => Compile(host.Frames, profile, version))
            {
                Observer = OnEvent,
                ThrowsFaults = true,
            },
        });

        run.Error.ShouldBeNull();
        run.Controller!.ThrowsFaults.ShouldBeTrue();
        delays.ShouldBeGreaterThanOrEqualTo(3);
        profiles.Count.ShouldBe(2);
        profiles[1].ShouldBeSameAs(profiles[0]);
        profiles[0].FailedSpeculations.ShouldBe(1);

        CompileResult Compile(IFrameHost frames, RegionProfile profile, int version)
        {
            if (profile.Root.Code.Prototype.Name == "grow")
            {
                profiles.Add(profile);
            }

            Volatile.Write(ref isBlocked, !mayEnd.IsSet);
            mayEnd.Wait();
            Region region = RegionSamples.Idle(profile, version, speculations: [profile.Root.ProfileOf(profile.RootPc)]);
            region.Data.Frames = frames;
            return new CompileResult(region);
        }

        void OnEvent(TierEvent e)
        {
            bool isGrowing = e.Code.Prototype.Name == "grow";
            if (isGrowing && e.Kind == TierEventKind.Compiled)
            {
                versions.Value = Value.FromInt(versions.Value.AsInt + 1);
                mayEnd.Reset();
            }
            else if (e is { Kind: TierEventKind.Aborted, Reason: AbortReason.QueueFull })
            {
                // Before the compiler has taken its job, the queue is full without being full for long.
                refused.Value = Value.FromInt(Volatile.Read(ref isBlocked) ? 1 : 0);
                delays += isGrowing ? 1 : 0;
            }

            if (delays == 3)
            {
                mayEnd.Set();
            }
        }
    }

    [Fact]
    public void A_step_limit_holds_while_a_compilation_is_pending()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true };
        using ManualResetEventSlim mayEnd = new();
        TieredRun run = new("var rounds = 0\nwhile true { rounds += 1 }", options, Blocked(mayEnd), maxSteps: 100_000);
        TierOptions cold = options with { HotLoop = int.MaxValue };
        TieredRun interpreted = new("var rounds = 0\nwhile true { rounds += 1 }", cold, maxSteps: 100_000);
        mayEnd.Set();

        run.Error!.ToString().ShouldBe(interpreted.Error!.ToString());
        run.Interpreter.StepsTaken.ShouldBe(interpreted.Interpreter.StepsTaken);
        run.Counters.Started.ShouldBe(1, "the loop is not recorded again while it is compiled");
    }

    [Fact]
    public void A_cancelled_script_ends_while_a_compilation_is_pending()
    {
        TierOptions options = new() { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true };
        using ManualResetEventSlim mayEnd = new();
        using CancellationTokenSource cancellation = new();
        Func<RegionProfile, int, Region> blocked = Blocked(mayEnd);
        TieredRun run = new("var rounds = 0\nwhile true { rounds += 1 }", options, (profile, version) =>
        {
            cancellation.Cancel();
            return blocked(profile, version);
        }, cancellation: cancellation.Token);
        mayEnd.Set();

        run.Error.ShouldNotBeNull().ErrorKind.ShouldBe(ErrorKinds.Cancelled);
        run.Events.ShouldNotContain(e => e.Kind == TierEventKind.Compiled);
    }

    [Fact]
    public void An_engine_is_disposed_while_it_compiles()
    {
        bool isRecorded = false;
        LyraEngine engine = new(new LyraOptions { CompilesInBackground = true });
        engine.JitEvents += e => isRecorded |= e.Kind == LyraJitEventKind.Recorded;
        engine.Define("is_recorded", new Func<bool>(() => isRecorded));
        engine.Run("var rounds = 0\nwhile not is_recorded() { rounds += 1 }");
        engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => engine.Run("1"));

        using LyraEngine other = new(new LyraOptions { CompilesInBackground = true });
        other.Run("var s = 0\nfor i in 0..20_000 { s += i }\ns").As<long>().ShouldBe(199_990_000);
    }

    private static Func<RegionProfile, int, Region> Blocked(ManualResetEventSlim mayEnd) => (profile, version) =>
    {
        mayEnd.Wait();
        return RegionSamples.Idle(profile, version);
    };

    private static RegionProfile NewProfile(int instructions)
    {
        RegionProfile profile = new(RegionKind.Loop, new TieredRun("print(1)").Main, 0, 0);
        for (int pc = 0; pc < instructions; pc++)
        {
            profile.Root.ProfileOf(pc);
        }

        return profile;
    }
}
