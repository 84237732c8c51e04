using System;
using System.Linq;
using System.Text;
using Lyra.Bench.Suite;
using Lyra.Interpreter.Hosting.TierChecks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

/// <summary>
/// Charges pay for the longest path. So a program takes at least one step for each instruction that it executes, and exactly one if it has
/// no branches, generators and builtins with loops.
/// </summary>
public sealed class StepCostsTests
{
    private const string Same = "struct Same { n; proc __eq(self, other) { return self.n == other } }\n";

    /// <summary>A match with guards, whose subjects may be instances that equal literals.</summary>
    private const string Guarded = Same + """
        proc f(a, limit) {
            return match a {
                1 if limit > 1 => 10
                2 if limit > 2 => 20
                3 => 30
                4 if limit > 4 => 40
                4 => 41
                1 => 11
                5 if limit > 5 and limit < 100 or limit == 1000 => 50
                _ => 0
            }
        }
        """;

    /// <summary>A match of tuples with guards, in which the first element may be such an instance.</summary>
    private const string Keyed = Same + """
        proc f(a, b) {
            return match (a, b) {
                (1, b) if b > 1 => 10
                (2, b) if b > 2 => 20
                (3, 7) => 30
                (1, 9) => 11
                (4, b) if b > 4 and b < 100 or b == 1000 => 40
                (5, ...) => 50
                _ => 0
            }
        }
        """;

    public static TheoryData<string> Programs() => [.. BenchProgram.All().Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_benchmark_program_executes_no_more_instructions_than_steps(string name)
    {
        long n = BenchProgram.All().Single(program => program.Name == name).Small.N;
        (long steps, long executed) = Count(BenchProgram.Declarations(name), n);

        steps.ShouldBeGreaterThanOrEqualTo(executed);
    }

    [Theory]
    [InlineData("var s = 1\ns += 2")]
    [InlineData("var s = 0\nfor i in 0..1 { s += i }")]
    [InlineData("var s = 0\nfor i in 0..=100 { s += i }")]
    [InlineData("var s = 0\nfor i in [1, 2, 3] { s += i }")]
    [InlineData("var s = 0\nfor i, x in [1, 2, 3] { s += i * x }")]
    [InlineData("var s = 0\nfor i in 0..3 { for j in 0..4 { s += j }\n for x in [1, 2] { s += x } }")]
    [InlineData("var n = 5\nwhile n > 0 { n -= 1 }")]
    [InlineData("var n = 5\nwhile n > 0 { n -= 1\n var k = 3\n while k > 0 { k -= 1 } }")]
    [InlineData("proc f(x) { return x + 1 }\nvar s = 0\nfor i in 0..10 { s = f(s) }")]
    [InlineData("var s = 0\nfor i in 0..10 { try { s += i } finally { s += 1 } }")]
    [InlineData("struct P { x }\nvar s = 0\nfor i in 0..10 { s += P(i).x }")]
    [InlineData("let f = x => x * 2\nvar s = 0\nfor i in 0..10 { s += f(i) }")]
    public void A_program_without_branches_takes_a_step_for_each_instruction(string source)
    {
        (long steps, long executed) = Count(source, null);

        steps.ShouldBe(executed);
    }

    [Theory]
    [InlineData("var s = 0\nfor i in 0..20 { if i % 2 == 0 { continue }\n if i == 15 { break }\n s += i }")]
    [InlineData("var s = 0\nouter: for i in 0..9 { for j in 0..9 { if j == 5 { continue outer }\n if i == 7 { break outer }\n s += j } }")]
    [InlineData("var s = 0\nfor i in 0..9 { try { if i % 3 == 0 { throw \"x\" }\n s += 1 } catch e { s += 10 } finally { s += 100 } }")]
    [InlineData("var s = 0\nfor i in 0..9 { try { if i % 3 == 0 { continue }\n if i == 8 { break } } finally { s += 1 } }")]
    [InlineData("""
        var s = 0
        proc f(n) {
            for i in 0..n {
                try {
                    try { for j in 0..3 { if j == 1 { throw "a" }; s += j } } catch e { s += 1; throw "b" } finally { s += 2 }
                } catch e { s += 3; if i == 4 { return s } } finally { s += 4; for k in 0..2 { s += k } }
            }
        }
        f(9)
        """)]
    [InlineData("proc g() { yield 1\n yield 2 }\nvar s = 0\nfor x in g() { s += x }")]
    [InlineData("proc g(n) { for i in 0..n { yield i } }\nvar s = 0\nfor x in g(5) { s += x }")]
    [InlineData("proc g() { try { for i in 0..9 { yield i } } finally { for i in 0..9 { } } }\nfor x in g() { if x == 2 { break } }")]
    [InlineData("proc f(n) { if n < 2 { return n }\n return f(n - 1) + f(n - 2) }\nf(12)")]
    [InlineData("async proc f(n) { await sleep(0)\n return n }\nvar s = 0\nfor i in 0..5 { s += await f(i) }")]
    [InlineData("var s = 0\nfor i in 0..9 { s += match i { 1 => 1, 2 | 3 => 2, 4 => 3, 5 => 4, _ => 5 } }")]
    [InlineData("""
        var s = 0
        for i in [1, nil, "a", (1, 2), [3], 2.5] { s += match i { [a] => a, (a, b) => b, n: int => n, f: float => 1, _ => 5 } }
        """)]
    [InlineData(Guarded + "\nfor a in [0, 1, 2, 3, 4, 5, 6, nil, \"x\"] { for l in [0, 1, 3, 6, 1000] { f(a, l); f(Same(a), l) } }")]
    [InlineData(Guarded + "\nfor i in 0..100 { f(Same(5), 0) }")]
    [InlineData(Keyed + "\nfor a in [0, 1, 2, 3, 4, 5, 6, nil, \"x\"] { for b in [0, 1, 3, 7, 9, 1000] { f(a, b); f(Same(a), b) } }")]
    [InlineData(Keyed + "\nfor i in 0..100 { f(Same(5), 0); f(Same(9), 1) }")]
    [InlineData(Same + """
        proc f(a) { try { return match a { 1 => 1, 2 => 2, 3 => 3, "x" => 4, _ => { throw "none" } } } catch e { return 5 } }
        struct Bad { n; proc __eq(self, other) { if other == 3 { throw "bad" }; return false } }
        for i in 0..50 { f(Bad(i)); f(Same(3)); f(Same(9)) }
        """)]
    public void A_program_executes_no_more_instructions_than_steps(string source)
    {
        for (int level = 0; level <= 3; level++)
        {
            (long steps, long executed) = Count(source, null, level);

            steps.ShouldBeGreaterThanOrEqualTo(executed, $"-O{level}");
        }
    }

    /// <summary>A match that chooses by a table costs its longest arm.</summary>
    [Theory]
    [InlineData("{0} => {0}", "{0}")]
    [InlineData("\"op{0}\" => {0}", "\"op{0}\"")]
    [InlineData("{0} if limit => {0}", "{0}")]
    [InlineData("({0}, a) => a", "({0}, {0})")]
    [InlineData("({0}, a) if limit => a", "({0}, {0})")]
    [InlineData("[\"op{0}\", a, ...] => a", "[\"op{0}\", {0}]")]
    [InlineData("{{\"kind\": \"op{0}\", \"n\": a}} => a", "{{\"kind\": \"op{0}\", \"n\": {0}}}")]
    [InlineData("Op{{code: {0}, a}} => a", "Op({0}, {0})")]
    public void The_number_of_arms_does_not_change_the_steps(string arm, string value)
    {
        long few = StepsOfLastArm(arm, value, 5);

        few.ShouldBeLessThan(50);
        StepsOfLastArm(arm, value, 500).ShouldBe(few);
    }

    private static long StepsOfLastArm(string arm, string value, int arms)
    {
        StringBuilder source = new("struct Op { code; a }\nlet limit = true\nproc f(v) {\n return match v {\n");
        for (int i = 0; i < arms; i++)
        {
            source.AppendFormat(null, arm, i).Append('\n');
        }

        source.Append("}\n}\nlet v = ").AppendFormat(null, value, arms - 1).Append('\n');
        long none = Count(source + "for i in 0..100 { }", null).Steps;
        return (Count(source + "for i in 0..100 { f(v) }", null).Steps - none) / 100;
    }

    private static (long Steps, long Executed) Count(string source, long? argument, int level = 0)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, OptimizationLevel = level, Time = new SteppingClock() });
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        engine.Run(source, "steps.lyra");
        if (argument is { } n)
        {
            engine.Call("run", n);
        }

        // The run takes a step that pays for no instruction.
        return (engine.Statistics.Jit.Steps - 1, profiler.Snapshot().Instructions);
    }
}
