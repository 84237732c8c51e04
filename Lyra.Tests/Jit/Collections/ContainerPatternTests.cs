using Lyra.Runtime.Bytecode;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Patterns of containers that test values of many kinds, as evaluators of trees do.</summary>
public sealed class ContainerPatternTests
{
    [Fact]
    public void Values_of_many_kinds_are_tested_in_compiled_code()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            let values = [
                [1, 2], [3], [4, 5, 6], [], (2, 3), (4, 5, 6), (7,), (1, 2, 3, 4, 5), {"kind": 9}, {"kind": 8, "more": 1}, {}, nil, 1.5, 3,
                1 << 70, "s", true, 1..4, set([1, 2]), x => x,
            ]
            proc classOf(x) {
                return match x {
                    [a, b] => a + b
                    [a, ...] => a
                    (a, b) => a * b
                    (a, b, c) => c
                    (a, ...) => a - 1
                    {"kind": k} => k
                    {"kind": k, ...} => k + 20
                    nil => 0
                    [...] => 70
                    {...} => 80
                    _ => 90
                }
            }
            proc run(n) {
                var s = 0
                for i in 0..n { s = (s * 3 + classOf(values[i * 7 % length(values)])) % 1000003 }
                return s
            }
            print(run(7000))
            """,
            5,
            50);

        run.Interpreted.ShouldNotContain(Opcode.TestList);
        run.Interpreted.ShouldNotContain(Opcode.TestListPrefix);
        run.Interpreted.ShouldNotContain(Opcode.TestTuple);
        run.Interpreted.ShouldNotContain(Opcode.TestTuplePrefix);
        run.Interpreted.ShouldNotContain(Opcode.TestMap);
        run.Interpreted.ShouldNotContain(Opcode.TestMapPrefix);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(200_000);
    }
}
