using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Compiled loops over lists of the host: read and written in their memory, and both tiers agree.</summary>
public sealed class HostListCodeTests
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

    /// <summary>Elements of other types, and lists of several types at one place.</summary>
    private const string Others = """
        proc total(xs) {
            var s = 0
            for x in xs { s += x }
            return s
        }
        proc levels(units) {
            var s = 0
            for u in units {
                if u != nil {
                    s += u.level
                    u.level = s % 7
                }
            }
            return s
        }
        proc describe(xs) {
            var s = ""
            for i, x in xs { s += "${i}:${x} " }
            return s
        }
        var seen = []
        for round in 0..8 {
            seen.extend([total(small), total(singles), total(unsigned), total(chunk)])
            for xs in [small, singles, unsigned, [1, 2]] { seen.push(total(xs) + xs[round % length(xs)]) }
            seen.extend([levels(parts), levels(row), parts[round % 2].level])
            seen.extend([describe(words), describe(mixed), describe(flags)])
            for i in 0..length(small) { small[i] = small[i] + round; chunk[i % 4] = i }
            for i in 0..length(singles) { singles[i] = i * 0.1 }
            for i in 0..length(flags) { flags[i] = not flags[i] }
            try { small[1] = 3_000_000_000 } catch e { seen.push(e.message) }
            try { chunk[0] = -1 } catch e { seen.push(e.message) }
            try { parts[0] = 1 } catch e { seen.push(e.message) }
            try { seen.push(parts[length(parts)]) } catch e { seen.push(e.message) }
            parts[1] = parts[0]
            words[0] = words[1] + "x"
            change(round)
            try { for u in parts { if round == 6 { change(2) } } } catch e { seen.push(e.kind) }
        }
        print(seen, parts[0] == row[0])
        """;

    [Theory]
    [InlineData(Program)]
    [InlineData(Others)]
    public void Both_tiers_agree_whichever_guard_fails(string program) => HostCode.ShouldAgree(program, Define, leastShare: 0.05);

    [Theory]
    [InlineData(Program)]
    [InlineData(Others)]
    public void Compiled_accesses_are_verifiable(string program) => HostCode.ShouldBeVerifiable(program, Define);

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
    [InlineData("s += small[i % 3]")]
    [InlineData("small[i % 3] = i")]
    [InlineData("chunk[i % 3] = i & 255")]
    [InlineData("singles[i % 3] = i * 0.5")]
    [InlineData("for x in singles { s += x }")]
    [InlineData("for u in parts { if u != nil { s += u.level } }")]
    [InlineData("parts[i % 2].level = i")]
    [InlineData("parts[i % 2] = parts[0]")]
    [InlineData("s += row[i % 2].level + length(row)")]
    [InlineData("for w in words { if w != nil { s += length(w) } }")]
    [InlineData("for f in flags { if f { s += 1 } }")]
    [InlineData("for x in mixed { if type(x) == \"int\" { s += x } }")]
    [InlineData("for xs in [small, singles] { for x in xs { s += x } }")]
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

    [Fact]
    public void Loops_over_objects_and_texts_make_their_values_once()
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        engine.Define("many", Enumerable.Range(0, 1000).Select(static n => new Part { Level = n }).ToList());
        engine.Define("texts", Enumerable.Range(0, 1000).Select(static n => $"text {n}").ToArray());
        engine.Run("pub proc run() { var s = 0; for u in many { s += u.level }; for t in texts { s += length(t) }; return s }");
        Func<long> run = engine.GetProc<Func<long>>("run");
        long sum = run();
        for (int i = 0; i < 30; i++)
        {
            run().ShouldBe(sum);
        }

        Allocation.LeastOf(() => run()).ShouldBeLessThan(2000, "one byte per element");
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_list_that_shrinks_or_grows_is_not_kept_anew_each_time()
    {
        List<Part> list = [.. Enumerable.Range(0, 4000).Select(static n => new Part { Level = n })];
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { Jit = JitMode.Off }));
        engine.Define("list", list);
        engine.Define("part", list[0]);
        engine.Run("""
            pub proc shrink() { for k in 0..2000 { list.pop(); list[length(list) - 1].level } }
            pub proc grow() { for k in 0..2000 { list.push(part); for n in 0..3 { list[length(list) - 1].level } } }
            """);
        foreach (string name in (string[])["shrink", "grow"])
        {
            Action run = engine.GetProc<Action>(name);
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000_000, $"{name}: 1 KB per element");
        }
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        List<Part?> parts = [new Part { Level = 1 }, new Part { Level = 2 }, null, new Part { Level = 3 }];
        engine.DefineType<Part>(t => t.Property("level", p => p.Level, (p, v) => p.Level = v));
        engine.Define("parts", parts);
        engine.Define("row", new[] { parts[0]!, new Part { Level = 5 } });
        engine.Define("change", (int round) =>
        {
            parts[0] = new Part { Level = round };
            if (round % 3 == 2)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Insert(1, new Part { Level = 10 });
            }
        });
        engine.Define("small", Enumerable.Range(0, 40).ToList());
        engine.Define("singles", Enumerable.Range(0, 40).Select(static n => n * 0.3f).ToArray());
        engine.Define("unsigned", Enumerable.Range(0, 40).Select(static n => uint.MaxValue - (uint)n).ToList());
        engine.Define("chunk", new byte[] { 1, 2, 250, 255 });
        engine.Define("words", new List<string?> { "one", "two", null, "four" });
        engine.Define("flags", Enumerable.Range(0, 20).Select(static n => n % 3 == 0).ToArray());
        engine.Define("mixed", new List<object?> { 1, 2.5, "x", null, parts[0], true, 12.5m, 7L });
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
