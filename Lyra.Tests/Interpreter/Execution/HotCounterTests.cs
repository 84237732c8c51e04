using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>The counters of calls and back-edges that trigger the compiling tier.</summary>
public class HotCounterTests
{
    [Theory]
    [InlineData("var n = 0\nwhile n < 10 { n += 1 }", 10)]
    [InlineData("for i in 0..10 { }", 9)] // the first iteration of a range needs no back-edge
    [InlineData("for i in 0..=10 { }", 10)]
    [InlineData("for i in 0..10 ** 30 { if i == 5 { break } }", 5)]
    [InlineData("for i in 5..5 { }", 0)]
    [InlineData("for x in [1, 2, 3] { }", 3)]
    [InlineData("for x in [] { }", 0)]
    [InlineData("for k, v in {1: 1, 2: 2} { }", 2)]
    [InlineData("for c in \"abc\" { if c == \"b\" { break } }", 2)]
    [InlineData("for x in range(0, 9, 3) { continue }", 3)]
    [InlineData("proc g() { yield 1; yield 2 }\nfor x in g() { }", 2)]
    [InlineData("var c = chan(5)\nc.send(1)\nc.send(2)\nc.close()\nfor x in c { }", 2)]
    public void A_loop_counts_its_back_edges(string source, long expected)
    {
        foreach (int level in Scripts.Levels)
        {
            LinkedPrototype main = Run(source, level);
            main.Loops.Length.ShouldBe(1);
            main.Loops[0].Count.ShouldBe(expected, $"-O{level}");
        }
    }

    [Theory]
    [InlineData("proc f(n) { return n }\nfor i in 0..7 { f(i) }", 7)]
    [InlineData("proc f(n) { if n == 0 { return 0 }; return f(n - 1) }\nf(9)", 10)]
    [InlineData("proc f(n = 1) { return n }\nf()\nf(2)\nf(...[3])\nf(n: 4)", 4)]
    [InlineData("proc f(n) { return n }\nvar g = f\ng(1)\n[1, 2].map(f)", 3)]
    [InlineData("proc f() { yield 1; yield 2 }\nfor x in f() { }", 3)] // a generator's frame begins once and is resumed twice
    [InlineData("proc f() { try { yield 1; yield 2 } finally { } }\nfor x in f() { break }", 1)] // closing does not count
    [InlineData("async proc f() { await sleep(0) }\nawait f()", 2)]
    public void A_proc_counts_how_often_its_frame_begins_or_is_taken_up(string source, long expected)
    {
        LinkedPrototype main = Run(source, 0);
        main.Children[0].ShouldNotBeNull().CallCount.ShouldBe(expected);
        main.CallCount.ShouldBe(1);
    }

    [Fact]
    public void The_first_indirect_call_of_compiled_code_makes_a_proc_hot_soon_and_counts_no_call()
    {
        LinkedPrototype proc = Run("proc f() { }", 0, new TierSettings(200, 400, 2)).Children[0].ShouldNotBeNull();
        proc.SetHeat(1_000_000);

        proc.NoteIndirectCall();

        proc.IsCalledIndirectly.ShouldBeTrue();
        proc.Heat.ShouldBe(proc.Module.Thresholds.Calls);
        proc.CallCount.ShouldBe(0);

        proc.SetHeat(2_000_000);
        proc.NoteIndirectCall();

        proc.Heat.ShouldBe(2_000_000);
    }

    private static LinkedPrototype Run(string source, int level, TierSettings? tiers = null)
    {
        Engine interpreter = new(new InterpreterSettings(1_000, new HostServices(), Tiers: tiers));
        ModuleInstance module = interpreter.Modules.Link(ScriptCompiler.Compile(source, "hot.lyra", level).Module, "hot", out _);
        interpreter.Run(module, new RunLimits(null, null, default));
        return module.Main.ShouldNotBeNull();
    }
}
