using System;
using System.Collections.Generic;
using Lyra.Fuzz.Oracles;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// The bytes that an engine counts as reachable are at least a third of those that it keeps alive (<see cref="RetentionOracle"/>).
/// </summary>
public sealed class RetentionTests
{
    private const long Limit = 20_000_000;

    /// <summary>Measures the engine after a walk. The loop sweeps the stacks.</summary>
    private const string Look = "proc look() {\nwalk()\nfor i in 0..10 {}\nmeasure()\n}";

    /// <summary>Programs that keep much memory in objects that are easily forgotten. Each ends by its limit or within a moment.</summary>
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["errors with long messages"] = "var i = 0\n"
            + "while true { xs.push(error(\"k\" * 1000 + tostring(i), \"m\" * 1000 + tostring(i)))\ni += 1 }",
        ["errors of builtins"] = "while true { try { [][0] } catch e { xs.push(e) } }",
        ["traces"] = "proc f(n) { if n == 0 { [][1] }\nf(n - 1)\nreturn 1 }\n"
            + "while true { try { f(100) } catch e { xs.push(e) } }",
        ["causes"] = "var e = nil\nxs.push(() => e)\n"
            + "while true { try { try { throw \"a\" } catch x { throw error(\"B\", \"b\", e ?? x) } } catch y { e = y } }",
        ["failed tasks"] = "async proc f(i) { throw \"bad \" * 100 + tostring(i) }\nwhile true { f(1) }",
        ["drained channels"] = "while true { let c = chan(10000)\nfor i in 0..10000 { c.send(i) }\n"
            + "for i in 0..10000 { c.recv() }\nxs.push(c) }",
        ["groups over many tasks"] = "let ts = list(0..1000).map(i => sleep(100000))\nwhile true { xs.push(gather(ts)) }",
        ["finished races"] = "var i = 0\nwhile i < 10000 { xs.push(race([1, [0] * 1000]))\ni += 1 }",
        ["waiting tasks"] = "let p = sleep(100000)\nasync proc w() { await p }\nwhile true { w() }",
        ["cancelled tasks"] = "let p = sleep(100000)\nasync proc w() { await p }\nwhile true { w().cancel() }",
        ["timers"] = "while true { sleep(100000) }",
        ["ranges of big ints"] = "let b = 3 ** 20000\nvar i = 0\nwhile true { xs.push((b + i)..(b - i))\ni += 1 }",
        ["finished generators"] = "proc g() { let big = [0] * 10000\nyield length(big) }\n"
            + "for i in 0..1000 { let it = g()\nnext(it)\nnext(it)\nxs.push(it) }",
        ["suspended generators"] = "proc g() { let big = [0] * 10000\nyield length(big)\nyield 1 }\n"
            + "for i in 0..1000 { let it = g()\nnext(it)\nxs.push(it) }",
        ["bound procs"] = "while true { let l = []\nxs.push(l.push) }",
        ["strs built by +"] = "while true { var s = \"a\" * 200\nfor i in 0..10 { s += \"b\" * 100 }\nxs.push(s) }",
        ["removed entries"] = "while true { let m = {}\nfor i in 0..1000 { m[i] = i }\n"
            + "for i in 0..1000 { remove(m, i) }\nxs.push(m) }",
        ["hashed objects"] = "struct S { a }\nwhile true { let s = S(1)\nhash(s)\nxs.push(s) }",
        ["garbage of deep frames"] = "proc f(n) { if n > 0 { let k = length([0.5] * 100000)\nreturn f(n - 1) + k }\nlook()\n"
            + "return 0 }\nf(300)",
        ["garbage of deep hooks"] = "struct S { proc __add(self, g) { g()\nreturn 1 } }\nproc f(n) { var x = [0.5] * 100000\n"
            + "let k = length(x)\nx = S() + (() => { if n == 0 { look() } else { f(n - 1) } })\nreturn x }\nf(300)",
        ["garbage of calls with spreads"] = "let big = list(0..100000)\nvar n = 0\n"
            + "proc f(...ys) { n += 1\nif n == 150 { look()\nreturn 1 }\nreturn f(...ys) + 1 }\nf(...big)",
        ["garbage above the frames"] = "proc r(d) { if d == 0 { return length([0.5] * 1000000) }\nreturn r(d - 1) }\nvar i = 100\n"
            + "while i > 0 { r(i * 3)\ni -= 1 }\nlook()",
    };

    public static TheoryData<string, JitMode> Names()
    {
        TheoryData<string, JitMode> data = [];
        foreach (string name in Programs.Keys)
        {
            data.Add(name, JitMode.Off);
            data.Add(name, JitMode.On);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Engine_counts_what_it_retains(string name, JitMode jit)
    {
        Retention? most = null;
        LyraOptions options = new()
        {
            Jit = jit,
            HotLoopThreshold = 10,
            CompilesInBackground = false,
            Limits = new LyraLimits { MaxMemoryBytes = Limit, Timeout = TimeSpan.FromMinutes(5) },
        };
        using LyraEngine engine = new(options);
        engine.Define("walk", () => { engine.ReachableBytes(); });
        engine.Define("measure", () => { most = Larger(most, RetentionOracle.Measure(engine)); });

        // The finally block runs while everything is still reachable.
        try
        {
            engine.Run($"{Look}\nvar xs = []\ntry {{\n{Programs[name]}\n}} finally {{\nlook()\nxs.clear()\n}}");
        }
        catch (LyraLimitException e)
        {
            e.Limit.ShouldBe(LimitKind.Memory, e.Message);
        }

        most.ShouldNotBeNull().Excess.ShouldBeNull();
        most.Graph.Bytes.ShouldBeLessThan((RetentionOracle.Factor * Limit) + RetentionOracle.Slack);
    }

    private static Retention Larger(Retention? first, Retention second) => first?.Graph.Bytes > second.Graph.Bytes ? first : second;

    [Fact]
    public void Oracle_finds_memory_that_is_not_counted()
    {
        using LyraEngine engine = new();
        RetentionOracle oracle = new();
        oracle.Watch();
        byte[] hidden = new byte[4 * (int)RetentionOracle.Slack];
        engine.Define("keep", () => hidden.Length);

        oracle.Check(engine).ShouldNotBeNull().ShouldContain("Byte[]");
        engine.Run("let known = bytes(8000000)");
        oracle.Check(engine).ShouldBeNull();
    }
}
