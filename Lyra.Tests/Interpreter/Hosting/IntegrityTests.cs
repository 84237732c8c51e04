using System;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>A change of code or stacks in memory ends the run.</summary>
public sealed class IntegrityTests
{
    /// <summary>A loop whose rounds call a proc of the host once, in the middle; <c>victim</c> is not called after that.</summary>
    private const string Source = """
        proc victim(a) { return a * 123_456_789 + length("a text") }
        proc work(n) { return loop(n) + 1 }
        proc loop(n) {
            var s = victim(1)
            try {
                for i in 0..n {
                    s += i % 7
                    if i == 20_000 { tamper() }
                }
            } catch e { s = -1 } finally { after() }
            return s
        }
        proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }
        for i in 0..200 { victim(i) }
        fib(15)
        """;

    [Theory]
    [InlineData("instruction", JitMode.Off)]
    [InlineData("instruction", JitMode.On)]
    [InlineData("constant", JitMode.Off)]
    [InlineData("constant", JitMode.On)]
    [InlineData("loop", JitMode.Off)]
    [InlineData("loop", JitMode.On)]
    [InlineData("frame", JitMode.Off)]
    [InlineData("frame", JitMode.On)]
    [InlineData("register", JitMode.Off)]
    [InlineData("register", JitMode.On)]
    public void A_change_ends_the_run_in_both_tiers(string change, JitMode jit)
    {
        using Tampered run = new(Options(jit, 1), engine => Change(engine, change));
        LyraException error = Should.Throw<LyraException>(() => run.Engine.Call("work", 100_000_000));
        error.Kind.ShouldBe("IntegrityError");
        error.Message.ShouldContain("was changed in memory; dispose this engine");
        run.HasRunFinally.ShouldBeFalse();
        run.Engine.Statistics.Integrity.Violations.ShouldBe(1);
        (run.Engine.Statistics.Jit.Entries > 0).ShouldBe(jit == JitMode.On);
    }

    [Fact]
    public void A_change_of_compiled_code_ends_the_run()
    {
        using Tampered run = new(Options(JitMode.On, 1), engine =>
        {
            HotRegion region = PrototypeTier.Of(Code(engine, "fib")).ProcOf();
            region.Installed!.Region.Cell!.Entry = region.Installed.Region.Cell.Stub;
        });
        LyraException error = Should.Throw<LyraException>(() => run.Engine.Call("work", 100_000_000));
        error.Kind.ShouldBe("IntegrityError");
        error.Message.ShouldStartWith("the compiled code of 'fib' in ");
    }

    [Fact]
    public void Samples_find_a_change_in_any_proc()
    {
        using Tampered run = new(Options(JitMode.Off, 2), engine => Change(engine, "instruction"));
        Should.Throw<LyraException>(() => run.Engine.Call("work", 100_000_000)).Kind.ShouldBe("IntegrityError");
    }

    [Fact]
    public void Every_run_after_a_change_ends_with_the_error()
    {
        using Tampered run = new(Options(JitMode.Off, 1), _ => { });
        run.Engine.Call("work", 10).As<int>().ShouldBePositive();
        Change(run.Engine, "constant");
        for (int i = 0; i < 3; i++)
        {
            Should.Throw<LyraException>(() => run.Engine.Call("work", 10)).Kind.ShouldBe("IntegrityError");
        }

        run.Engine.Statistics.Integrity.Violations.ShouldBe(3);
    }

    [Fact]
    public void The_interval_sets_the_number_of_checks()
    {
        Checks(0).ShouldBe(0);
        Checks(1_000).ShouldBe(0);
        long often = Checks(5);
        often.ShouldBeGreaterThan(Checks(20));
        Checks(1).ShouldBeGreaterThan(often);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    [InlineData(JitMode.Stress)]
    public void Checked_mode_finds_nothing_in_programs_that_nobody_changes(JitMode jit)
    {
        foreach (string name in new[] { "queens", "tasks", "genpipeline", "exprtree", "richards", "closures" })
        {
            using LyraEngine engine = new(Options(jit, 1));
            BenchWork work = BenchProgram.All().Single(program => program.Name == name).Small;
            engine.Run(BenchProgram.Declarations(name), name + ".lyra");
            double.Parse(engine.Call("run", work.N).ToString(), CultureInfo.InvariantCulture).ShouldBe(work.Expected, name);
            engine.Statistics.Integrity.Violations.ShouldBe(0, name);
            engine.Statistics.Integrity.Checks.ShouldBeGreaterThan(0, name);
        }
    }

    private static LyraOptions Options(JitMode jit, int interval) =>
        new() { Jit = jit, IntegrityInterval = interval, HotLoopThreshold = 50, HotProcThreshold = 50, CompilesInBackground = false };

    private static long Checks(int interval)
    {
        using LyraEngine engine = new(Options(JitMode.Off, interval));
        engine.Run("proc f() { }\nvar s = 0\nfor i in 0..2_000_000 { s += i }");
        return engine.Statistics.Integrity.Checks;
    }

    private static LinkedPrototype Code(LyraEngine engine, string proc) => ((Closure)engine.Globals[proc].Raw.Ref!).Code;

    private static void Change(LyraEngine engine, string what)
    {
        LinkedPrototype victim = Code(engine, "victim");
        Engine interpreter = (Engine)victim.Module.Context!;
        switch (what)
        {
            case "instruction":
                ref Instruction last = ref victim.Prototype.Code[^1];
                last = new Instruction(last.Op, last.A ^ 1, last.Wide);
                break;
            case "constant":
                victim.Prototype.Constants[0] = Value.FromInt(7);
                break;
            case "loop":
                Code(engine, "loop").Loops[0].Cost++;
                break;
            case "frame":
                // The caller's frame, which nothing reads before the callee returns.
                interpreter.Stack.Frames[0].Base = interpreter.Stack.Registers.Length;
                break;
            default:
                interpreter.Stack.Registers[interpreter.Stack.RegisterLimit] = Value.FromInt(1);
                break;
        }
    }

    /// <summary>An engine with the script, whose host delegate makes the change.</summary>
    private sealed class Tampered : IDisposable
    {
        public Tampered(LyraOptions options, Action<LyraEngine> change)
        {
            Engine = new LyraEngine(options);
            Engine.Define("tamper", () => change(Engine));
            Engine.Define("after", () => { HasRunFinally = true; });
            Engine.Run(Source, "work.lyra");
        }

        public LyraEngine Engine { get; }

        public bool HasRunFinally { get; private set; }

        public void Dispose() => Engine.Dispose();
    }
}
