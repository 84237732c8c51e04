using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>
/// Collections, strs and library procs behave the same in compiled code as in the interpreter: differential tests of many small programs.
/// </summary>
public sealed class CollectionTests
{
    public static TheoryData<string> Names => [.. CollectionPrograms.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_runs_the_same_compiled(string name)
    {
        string source = CollectionPrograms.All[name];
        TwoTiers.ShouldAgree(source, TwoTiers.After(3));
        TierCounters counters = TwoTiers.ShouldAgree(source, TwoTiers.After(20));
        counters.Compiled.ShouldBeGreaterThan(0);
        counters.Entries.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_runs_the_same_when_guards_fail_on_purpose(string name)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            TwoTiers.ShouldAgree(CollectionPrograms.All[name], TierOptions.Stressed(seed));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_limit_stops_at_the_same_place(string name)
    {
        foreach (long steps in new long[] { 331, 701, 1_234, 2_503 })
        {
            TwoTiers.ShouldAgree(CollectionPrograms.All[name], TwoTiers.After(5), new RunLimits(steps, null, default));
        }
    }

    [Theory]
    [InlineData("var xs = []\nvar n = 0\ntry { while true { xs.push(n); n += 1 } } finally { print(n) }")]
    [InlineData("var xs = []\nvar n = 0\ntry { while true { xs.push(\"a\" + tostring(n)); n += 1 } } finally { print(n) }")]
    [InlineData("var xs = [1.5]\nvar n = 0\ntry { while true { xs = xs + [n * 0.5]; n += 1 } } finally { print(n) }")]
    [InlineData("var m = {}\nvar n = 0\ntry { while true { m[n] = (n, n); n += 1 } } finally { print(n) }")]
    [InlineData("var all = []\nvar n = 0\ntry { while true { all.push({\"a\": n, \"b\": 1, \"c\": 2, \"d\": 3, \"e\": 4, \"f\": "
        + "\"${n}\"}); n += 1 } } finally { print(n) }")]
    [InlineData(
        "struct A { x }\nlet a = A(1)\nvar all = []\nvar n = 0\ntry { while true { all.push(type(a)); n += 1 } } finally { print(n) }")]
    [InlineData("var s = set([])\nvar n = 0\ntry { while true { s.add(n); n += 1 } } finally { print(n) }")]
    [InlineData("var s = \"\"\nvar n = 0\ntry { while true { s += \"abc${n}\"; n += 1 } } finally { print(n) }")]
    [InlineData("let f = 7 ** 4_000\nvar n = 1\nvar k = 0\ntry { while true { n = n * f; k += 1 } } finally { print(k) }")]
    [InlineData("var xs = [0]\nvar n = 0\ntry { while true { xs.push(n); if n % 500 == 499 { xs = [0]; xs.push(\"a\") }; if n > 20_000 { "
        + "xs = xs * 2 }; n += 1 } } finally { print(n) }")]
    public void A_memory_limit_stops_at_the_same_place(string source)
    {
        foreach (long bytes in Sweep.Rows([400_001L, 500_003L, 700_002L], bytes => $"{source}: {bytes}"))
        {
            TwoTiers.ShouldAgree(source, TwoTiers.After(20), memory: bytes).CompiledSteps.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void The_type_of_a_value_of_several_kinds_needs_no_interpreter()
    {
        TierCounters counters = TwoTiers.ShouldAgree(CollectionPrograms.All["types of several kinds"], TwoTiers.After(20));

        counters.CompiledSteps.ShouldBeGreaterThan(0);
        counters.CallOuts.ShouldBe(0);
    }
}
