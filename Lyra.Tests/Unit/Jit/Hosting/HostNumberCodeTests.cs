using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Hosting;

/// <summary>Compiled loops over lists of numbers of the host: read and written in their memory, and both tiers agree.</summary>
public sealed class HostNumberCodeTests
{
    private const string Program = """
        proc total(xs) {
            var s = 0
            for x in xs { s += x }
            return s
        }
        proc scale(xs, f) {
            for i in 0..length(xs) { xs[i] = xs[i] * f }
        }
        var sum = 0.0
        for round in 0..6 {
            for xs in [floats, part, ints, array] { sum += total(xs) + xs[round % length(xs)] }
            scale(floats, 1.5)
            scale(ints, 2)
            for i, x in array { if x > 2 { array[i] = i } }
            if round == 3 { floats.push(round) }
            if round == 4 { resize() }
            if round == 5 { ints.clear(); ints.extend([1, round]) }
            try { floats[length(floats)] = 1 } catch e { sum += length(e.message) }
            try { ints[0] = 0.5 } catch e { sum += length(e.message) }
            try { for x in floats { if x > 9 { floats.push(1.0) } } } catch e { sum += length(e.message) }
        }
        print(sum, floats, ints, array, part, total([1, 2]), total([0.5]))
        """;

    [Fact]
    public void Both_tiers_agree_whichever_guard_fails() => HostCode.ShouldAgree(Program, Define, leastShare: 0.05);

    [Fact]
    public void Compiled_accesses_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Theory]
    [InlineData("s += floats[i % 3]")]
    [InlineData("s += ints[i % 3]")]
    [InlineData("s += array[i % 3]")]
    [InlineData("s += part[i % 2]")]
    [InlineData("floats[i % 3] = i * 0.5")]
    [InlineData("floats[i % 3] = i")]
    [InlineData("ints[i % 3] += 1")]
    [InlineData("part[i % 2] = 0.25")]
    [InlineData("for x in floats { s += x }")]
    [InlineData("for n, x in ints { s += x * n }")]
    [InlineData("s += length(part)")]
    public void Accesses_in_hot_loops_run_in_compiled_code_without_call_outs(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    [Fact]
    public void A_compiled_loop_sees_what_the_host_changes_meanwhile()
    {
        List<double> values = [1, 2, 3];
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.Define("values", values);
        engine.Define("change", (int i) => values[1] = i);
        engine.Run("""
            var s = 0.0
            for i in 0..1000 {
                s += values[1]
                change(i)
                s += values[1]
            }
            s
            """).As<double>().ShouldBe(2 + (2 * 499_500.0) - 999);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        List<double> floats = [.. Enumerable.Range(0, 40).Select(static n => n * 0.5)];
        double[] block = [.. floats];
        engine.Define("floats", floats);
        engine.Define("ints", Enumerable.Range(1, 40).Select(static n => (long)n).ToList());
        engine.Define("array", Enumerable.Range(0, 40).Select(static n => (long)(n % 5)).ToArray());
        engine.Define("part", block.AsMemory(1, 30));
        engine.Define("resize", () => floats.RemoveRange(1, floats.Count - 2));
        return engine;
    }
}
