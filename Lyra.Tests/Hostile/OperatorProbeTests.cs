using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Every operator with every pair of huge operands: both tiers charge the same steps, and as many as the operation's size requires. A new
/// operator is included without an entry here.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class OperatorProbeTests
{
    /// <summary>The most bytes that an operation may allocate for each step that it charges.</summary>
    private const long BytesPerStep = 1_024;

    /// <summary>Bytes that may be allocated without a charge: an error with its trace.</summary>
    private const long FreeBytes = 32_768;

    /// <summary>Huge operands, some small ones, and as every comparison of the former with equal ones must be charged, copies.</summary>
    private const string Operands = """
        let big = 1 << 2000000
        let text = "ab" * 500000
        let ints = [1] * 300000
        let strs = ["x"] * 100000
        proc nest(n) { var x = []
            for i in 0..n { x = [x] }
            return x }
        proc holes(n) { let m = {}
            for i in 0..n { m[i] = i }
            for i in 1..n / 2 { m.remove(i) }
            return m }
        let operands = [big, -big + 1, big + 0, text, text + "", ints, ints + [], strs, strs + [], tuple(ints), tuple(ints), nest(900), nest(900),
            0..big, 0..big + 0, range(0, big, big / 3), holes(2000), holes(2000), set(0..50000), set(0..50000), bytes(500000), bytes(500000),
            0, 1, -7, 70000, 0.5, "a", nil, true]

        """;

    public static TheoryData<string> Forms() =>
    [
        .. Enum.GetValues<BinaryOperator>().Select(o => $"a {OperatorFacts.Text(o)} b"), .. Enum.GetValues<UnaryOperator>()
            .Select(o => $"{(o == UnaryOperator.Negate ? "-" : o == UnaryOperator.Not ? "not" : "~")} a"), "a ?? b", "a and b", "a or b", "a..b", "a[b]", "a[b..]", "a[..b]", "(a, b) == (b, a)",
        "[a, b] < [b, a]", "\"${a}\"", "match a { b => 1, [x, ...r] => r, _ => 2 }", "for x in a { break }", "for x in a..b { break }",
        "hash((a, b))", "{a: b}[b]", "throw a", "tostring(error(tostring(a), tostring(b)))", "a.b", "a()",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Operators_charge_for_huge_operands_alike_in_both_tiers(string form)
    {
        (long Steps, List<string> Free) interpreted = Run(form, JitMode.Off);

        interpreted.Free.ShouldBeEmpty();
        Run(form, JitMode.On).Steps.ShouldBe(interpreted.Steps);
    }

    private static (long Steps, List<string> Free) Run(string form, JitMode jit)
    {
        using ProbeEngine engine = new(jit, new LyraLimits { MaxMemoryBytes = 200_000_000, MaxFrames = 1_000 });
        List<string> free = [];
        (long Steps, long Bytes) before = default;
        engine.Engine.Define("begin", () => before = (engine.Steps, GC.GetAllocatedBytesForCurrentThread()));
        engine.Engine.Define("end", (long i, long k) =>
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before.Bytes;
            if (bytes > FreeBytes + (BytesPerStep * (engine.Steps - before.Steps)))
            {
                free.Add($"{form} of operands {i} and {k}: {bytes} bytes for {engine.Steps - before.Steps} steps");
            }
        });
        engine.Engine.Run(Operands);
        engine.Engine.Run("for i, a in operands { for k, b in operands { begin()\ntry { if true { " + form + " } } catch e { }\nend(i, k) } }");
        return (engine.Steps, free);
    }
}
