using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Objects;
using Lyra.Tests.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Recording;

/// <summary>
/// Recordings that are interrupted by errors, tasks and nested runs. Every run checks that all traps are removed afterwards.
/// </summary>
public sealed class ErrorRecordingTests
{
    [Fact]
    public void An_error_caught_in_the_loop_is_recorded_with_its_handler()
    {
        TieredRun run = new("var s = 0\nfor i in 0..100 { try { s += 10 / (i % 2) } catch e { s += 1 } }\nprint(s)");

        run.Output.ShouldBe("550\n");
        InstructionProfile divide = TieredRun.Only(run.Profiles[0].Root, Opcode.Div);
        divide.Raised.ShouldBeTrue();
        divide.Visits.ShouldBe(12);
        divide.Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void An_error_raised_out_of_a_callee_is_recorded_at_its_call()
    {
        TieredRun run = new("""
            proc half(n) { if n % 2 == 1 { throw "odd" }; return n / 2 }
            var s = 0
            for i in 0..100 { try { s += half(i) } catch e { s -= 1 } }
            print(s)
            """);

        run.Output.ShouldBe("1175\n");
        CallContext root = run.Profiles[0].Root;
        (int pc, InstructionProfile call) = TieredRun.At(root, Opcode.CallProc).Single();
        call.Raised.ShouldBeTrue();
        TieredRun.Only(root.FindCallee(pc, run.Proc("half"))!, Opcode.Throw).Raised.ShouldBeTrue();
    }

    [Theory]
    [InlineData(
        "proc f() { for i in 0..100 { if i == 10 { throw \"out\" } } }\ntry { f() } catch e { print(e.message, e.line) }",
        "out 1\n")]
    [InlineData("proc f() { for i in 0..100 { [1].map(x => 10 / (10 - i)) } }\ntry { f() } catch e { print(e.kind) }", "DivisionByZero\n")]
    public void An_error_that_leaves_the_frame_ends_the_recording(string source, string output)
    {
        TieredRun run = new(source);

        run.Output.ShouldBe(output);
        run.Counters.Aborts()[nameof(AbortReason.RaisedOut)].ShouldBe(1);
    }

    [Fact]
    public void A_proc_whose_calls_end_with_errors_now_and_then_is_compiled()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc factor(xs, i) { if xs[i] < 0 { throw error("ValueError", "at ${i}") }; return xs[i] }
            proc product(xs, from) {
                if from == length(xs) return 1
                return factor(xs, from) * product(xs, from + 1)
            }
            var sum = 0
            var errors = ""
            for i in 0..200 {
                try { sum += product([1, 2, if i % 3 == 0 { -1 } else { i }, 4], 0) } catch e { errors += e.message }
            }
            print(sum, length(errors))
            """,
            new TierOptions { HotLoop = int.MaxValue, HotProc = 3, HotExit = 2 });

        run.Counters.Aborts().ShouldNotContainKey(nameof(AbortReason.RaisedOut));
        run.Counters.CompiledSteps.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void A_proc_whose_calls_all_end_with_errors_is_not_compiled()
    {
        TieredRun run = new(
            """
            proc fail(i) {
                var k = 0
                while k < 4 { k += 1 }
                throw "no ${i + k - 4}"
            }
            var n = 0
            for i in 0..100 { try { fail(i) } catch e { n += length(e.message) } }
            print(n)
            """,
            new TierOptions { HotLoop = int.MaxValue, HotProc = 3 });

        run.Output.ShouldBe("490\n");
        run.Counters.Compiled.ShouldBe(0);
        run.Counters.Aborts()[nameof(AbortReason.RaisedOut)].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_error_after_the_first_iteration_keeps_the_rest_compilable()
    {
        TieredRun run = new("proc f() { for i in 0..100 { if i == 15 { throw \"out\" } } }\ntry { f() } catch e { print(e.trace) }");

        run.Output.ShouldBe("[\"f (tiers.lyra:1:43)\", \"<module> (tiers.lyra:2:7)\"]\n");
        TieredRun.Only(run.OnlyProfile.Root, Opcode.Throw).Raised.ShouldBeTrue();
    }

    [Fact]
    public void An_uncaught_error_ends_run_and_recording()
    {
        TieredRun run = new("for i in 0..100 { if i == 10 { throw \"out\" } }");

        run.Error.ShouldNotBeNull().Message.ShouldBe("out");
        run.Counters.Aborts()[nameof(AbortReason.RaisedOut)].ShouldBe(1);
    }

    [Fact]
    public void A_limit_that_trips_while_recording_ends_both_run_and_recording()
    {
        TieredRun run = new("var i = 0\nwhile true { i += 1 }", maxSteps: 50);

        run.Error.ShouldNotBeNull().Message.ShouldContain("50 steps");
    }

    [Fact]
    public void An_iterator_is_closed_while_its_loop_is_recorded()
    {
        TieredRun run = new("""
            proc gen() { try { for i in 0..100 { yield i } } finally { print("closed") } }
            proc f() { for x in gen() { if x == 15 { throw "enough" } } }
            try { f() } catch e { print(e.message) }
            """);

        run.Output.ShouldBe("closed\nenough\n");
    }

    [Fact]
    public void A_finally_that_runs_in_a_generator_above_the_recorded_frame_is_no_part_of_it()
    {
        TieredRun run = new("""
            proc slow(n) { if n == 13 { throw "thirteen" }; return n }
            proc gen(k) { try { yield 1; yield 2 } finally { for j in 0..3 { try { slow(k) } catch e { } } } }
            var s = 0
            for i in 0..100 { try { for x in gen(i) { s += slow(i) } } catch e { s += 1000 } }
            print(s)
            """);

        run.Output.ShouldBe("10874\n");
    }

    [Fact]
    public void A_nested_run_is_stepped_over()
    {
        TieredRun run = new("""
            proc f(n) { var s = 0; for i in 0..n { s += [3, 1, 2].map(x => g(x))[0] + g(i) }; return s }
            proc g(x) { return x + 1 }
            print(f(100))
            """);

        run.Output.ShouldBe("5450\n");
        CallContext root = run.Profiles[0].Root;
        TieredRun.At(root, Opcode.CallProc).ShouldAllBe(row => row.Profile.Visits == 12);
    }

    [Fact]
    public void A_loop_that_awaits_is_still_recorded_at_the_top_level()
    {
        TieredRun run = new("""
            async proc one(x) { await sleep(0); return x }
            var s = 0
            for i in 0..40 { s += await one(i) }
            print(s)
            """);

        run.Output.ShouldBe("780\n");
        TieredRun.Only(run.Profiles[0].Root, Opcode.Await).Result!.IsOnly(ObservedKinds.Int).ShouldBeTrue();
    }

    [Fact]
    public void A_task_whose_frame_is_suspended_ends_the_recording()
    {
        TieredRun run = new("""
            async proc sum(n) { var s = 0; for i in 0..n { await sleep(0); s += i }; return s }
            print(await sum(30), await sum(30))
            """);

        run.Output.ShouldBe("435 435\n");
        run.Counters.Aborts()[nameof(AbortReason.Suspended)].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Tasks_that_take_turns_do_not_spoil_each_others_recordings()
    {
        TieredRun run = new("""
            async proc work(name, n) { var s = 0; for i in 0..n { s += i; if i % 7 == 0 { await sleep(0) } }; return s }
            print(await gather([work("a", 60), work("b", 90), work("c", 120)]))
            """);

        run.Output.ShouldBe("[1770, 4005, 7140]\n");
    }

    [Fact]
    public void Every_test_of_recordings_takes_the_steps_of_the_interpreter()
    {
        const string source = """
            proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
            proc gen(n) { for i in 0..n { yield fib(i % 5) } }
            var s = 0
            for i in 0..60 { for x in gen(6) { s += [x, i].map(y => y + 1).sum() }; try { s += 10 / (i % 3) } catch e { s -= 1 } }
            print(s)
            """;
        TieredRun cold = new(source, new TierOptions { HotLoop = int.MaxValue, HotProc = int.MaxValue });
        TieredRun hot = new(source, new TierOptions { HotLoop = 1, HotProc = 1, CompilesProcs = true });

        hot.Output.ShouldBe(cold.Output);
        hot.Interpreter.StepsTaken.ShouldBe(cold.Interpreter.StepsTaken);
        cold.Counters.Started.ShouldBe(0);
        hot.Counters.Started.ShouldBeGreaterThan(20);
        hot.Main.Loops[0].Count.ShouldBe(cold.Main.Loops[0].Count);
        hot.Proc("fib").CallCount.ShouldBe(cold.Proc("fib").CallCount);
    }
}
