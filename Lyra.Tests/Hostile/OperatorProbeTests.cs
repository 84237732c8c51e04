using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;
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
    /// <summary>The steps of one operation; it ends with a limit error beyond them.</summary>
    private const long MostSteps = 1_000_000;

    /// <summary>The number of right operands for a form without one: so many that its loop is compiled.</summary>
    private const int FewOperands = 8;

    /// <summary>The most bytes that an operation may allocate for each step that it charges.</summary>
    private const long BytesPerStep = 1_024;

    /// <summary>Bytes that may be allocated without a charge: an error with its trace.</summary>
    private const long FreeBytes = 32_768;

    /// <summary>Huge operands, some small ones, and as every comparison of the former with equal ones must be charged, copies.</summary>
    private const string Operands = """
        let big = 1 << 500000
        let text = "ab" * 100000
        let ints = [1] * 50000
        let strs = ["x"] * 20000
        proc nest(n) { var x = []
            for i in 0..n { x = [x] }
            return x }
        proc holes(n) { let m = {}
            for i in 0..n { m[i] = i }
            for i in 1..n / 2 { m.remove(i) }
            return m }
        let operands = [big, -big + 1, big + 0, text, text + "", ints, ints + [], strs, strs + [], tuple(ints), tuple(ints),
            nest(900), nest(900), 0..big, 0..big + 0, range(0, big, big / 3), holes(2000), holes(2000), set(0..10000), set(0..10000), bytes(100000),
            bytes(100000), 0, 1, -7, 70000, 0.5, "a", nil, true]

        """;

    public static TheoryData<string> Forms() =>
    [
        .. Enum.GetValues<BinaryOperator>().Select(o => $"a {OperatorInfo.Of(o).Text} b"),
        .. Enum.GetValues<UnaryOperator>().Select(o => $"{Text(o)} a"),
        "a ?? b", "a and b", "a or b", "a..b", "a[b]", "a[b..]", "a[..b]", "(a, b) == (b, a)", "[a, b] < [b, a]", "\"${a}\"",
        "match a { b => 1, [x, ...r] => r, _ => 2 }", "for x in a { break }", "for x in a..b { break }", "hash((a, b))", "({a: b})[b]",
        "throw a", "tostring(error(\"k\", tostring(a)))", "a.b", "a()",
    ];

    [Theory]
    [SweepData(nameof(Forms))]
    public void Operators_charge_for_huge_operands_alike_in_both_tiers(string form)
    {
        Probed interpreted = Run(form, JitMode.Off);
        Probed compiled = Run(form, JitMode.On);

        // What the process allocates once may fall into a measurement, but into no second one.
        string[] free = interpreted.Free.Count == 0 ? [] : [.. interpreted.Free.Intersect(Run(form, JitMode.Off).Free)];
        free.ShouldBeEmpty();
        compiled.Steps.ShouldBe(interpreted.Steps);
        compiled.Compiled.ShouldBeGreaterThan(0);
    }

    private static Probed Run(string form, JitMode jit)
    {
        LyraLimits limits = new() { MaxMemoryBytes = 100_000_000, MaxFrames = 1_000, MaxSteps = MostSteps };
        using ProbeEngine engine = new(jit, limits);
        List<string> free = [];
        List<long> steps = [];
        (long Steps, long Bytes, int K) begun = default;
        engine.Engine.Define("begin", (int k) => begun = (engine.Steps, GC.GetAllocatedBytesForCurrentThread(), k));
        engine.Engine.Define("end", () =>
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - begun.Bytes;
            long taken = engine.Steps - begun.Steps;
            steps.Add(taken);
            if (bytes > FreeBytes + (BytesPerStep * taken))
            {
                free.Add($"{form} with operand {begun.K} allocates much for {taken} steps");
            }
        });
        int count = engine.Engine.Run(Operands + "length(operands)").As<int>();
        engine.Engine.Run("proc row(a, from) { for k in from..length(operands) { let b = operands[k]\nbegin(k)\n"
            + "try { if true { " + form + " } } catch e { }\nend() } }");
        for (int i = 0; i < count; i++)
        {
            RunRow(engine.Engine, i, Regex.IsMatch(form, @"\bb\b") ? 0 : count - FewOperands, () => begun.K, steps);
        }

        return new Probed(steps, free, engine.Engine.Statistics.Jit.Entries);
    }

    /// <summary>Runs a form with one left operand and each right one, and continues after those that a limit ends.</summary>
    private static void RunRow(LyraEngine engine, int row, int first, Func<int> last, List<long> steps)
    {
        LyraValue left = engine.Run($"operands[{row}]");
        int next = first;
        while (next >= 0)
        {
            try
            {
                engine.Call("row", left, next);
                next = -1;
            }
            catch (LyraLimitException e)
            {
                next = last() + 1;
                steps.Add(-(long)e.Limit);
            }
        }
    }

    private static string Text(UnaryOperator o) => o == UnaryOperator.Negate ? "-" : o == UnaryOperator.Not ? "not" : "~";

    /// <param name="Steps">The steps of each pair of operands, or the limit that ended it.</param>
    /// <param name="Free">The operations that allocated much for their steps.</param>
    /// <param name="Compiled">The entries of compiled code.</param>
    private sealed record Probed(List<long> Steps, List<string> Free, long Compiled);
}
