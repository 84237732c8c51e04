using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Lyra.Tests.Jit.Collections;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>
/// Calls with spread arguments in compiled code: no call-outs, and the same output, errors, steps and limits in both tiers.
/// </summary>
public sealed class SpreadCallTests
{
    /// <summary>Programs whose calls compiled code makes without the interpreter.</summary>
    private static readonly Dictionary<string, string> Compiled = new()
    {
        ["closures with one or two parameters"] = """
            let fs = [(a, b) => a + b, a => a * 2, (a, b) => a - b]
            var s = 0
            for i in 0..600 {
                let args = if i % 3 == 1 { [i] } else { [i, i % 7] }
                s += fs[i % 3](...args)
            }
            print(s)
            """,
        ["written and spread arguments"] = """
            proc f(a, b, c = 10) { return a * 100 + b * 10 + c }
            var s = 0
            let rest = [1, 2]
            for i in 0..600 { s += f(i, ...rest) + f(...rest, i) + f(...[i], ...rest) }
            print(s)
            """,
        ["a rest parameter"] = """
            proc total(first, ...xs) { var t = first; for x in xs { t += x }; return t }
            var s = 0
            let many = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
            for i in 0..600 { s += total(i, ...many) + total(...many) + total(...many[0..3]) }
            print(s)
            """,
        ["methods, a constructor and a call hook"] = """
            struct P {
                x; y = 5
                proc plus(self, a, b) { return self.x + a * b }
                proc __call(self, a, b = 1) { return self.y + a * b }
            }
            var s = 0
            for i in 0..600 {
                let p = P(...[i, 2])
                s += p.plus(...[i, 3]) + p(...[i]) + p.y
            }
            print(s)
            """,
        ["builtins and library methods"] = """
            import math
            var s = 0
            let xs = [3, 9, 4]
            for i in 0..600 {
                s += max(...xs) + min(i, ...xs) + length("a,b,c".split(...[","])) + math.floor(...[i + 0.5])
                if "abc".contains(...["b"]) { s += 1 }
            }
            print(s)
            """,
        ["a builtin with many numbers of arguments"] = """
            var s = 0
            let xs = [3, 9, 4, 12, 7, 1, 30, 2, 5, 6]
            for i in 0..900 { s += max(...xs[0..2 + i % 9]) }
            print(s)
            """,
        ["every kind of container"] = """
            proc join(...xs) { var t = ""; for x in xs { t += tostring(x) + " " }; return t }
            var n = 0
            for i in 0..600 {
                n += length(join(...(1, "b"))) + length(join(...0..3)) + length(join(..."abc")) + length(join(...{"k": i}.keys()))
                n += length(join(...set([i]))) + length(join(...bytes([1, 2]))) + length(join(i, ...(2, 3), ...[4]))
            }
            print(n)
            """,
        ["named arguments after a list"] = """
            proc f(a, b, scale = 1, extra = 0) { return (a + b) * scale + extra }
            var s = 0
            for i in 0..600 {
                let args = [i, 2]
                s += f(...args, scale: 3) + f(...args, extra: i, scale: 2)
            }
            print(s)
            """,
        ["elements of many kinds"] = """
            proc pick(a, b) { return if a == nil { b } else { a } }
            var s = ""
            let lists = [[1, "x"], [nil, 2.5], [[1], nil], [true, 1], ["t", nil]]
            for i in 0..600 { s = tostring(pick(...lists[i % 5])) + s[0..min(3, length(s))] }
            print(s)
            """,
    };

    /// <summary>Programs that also need the interpreter.</summary>
    private static readonly Dictionary<string, string> Mixed = new()
    {
        ["wrong numbers of arguments"] = """
            proc f(a, b) { return a + b }
            var s = 0
            for i in 0..600 {
                try { s += f(...(if i % 40 == 7 { [i] } else { [i, 2] })) } catch e { s += length(e.message) }
                try { s += max(...(if i % 50 == 9 { [] } else { [i, 2] })) } catch e { s += length(e.message) }
            }
            print(s)
            f(...[1, 2, 3])
            """,
        ["values that can't be iterated"] = """
            proc f(...xs) { return length(xs) }
            var s = 0
            for i in 0..600 {
                let x = if i % 60 == 8 { i } else { (i, i) }
                try { s += f(...x) } catch e { s += length(e.message) }
                try { s += f(1, ...x) } catch e { s += length(e.message) }
            }
            print(s)
            f(...nil)
            """,
        ["iterators of scripts"] = """
            struct Twice {
                n
                proc __iter(self) { let n = self.n; return [n, n] }
            }
            proc gen(n) { yield n; yield n + 1 }
            proc f(a, b) { return a * b }
            var s = 0
            for i in 0..300 {
                for k in 0..30 { s += k * i % 7 }
                s += f(...gen(i)) + f(...Twice(i)) + f(1, ...gen(i).take(1))
            }
            print(s)
            """,
        ["a list that the callee changes"] = """
            let args = [1, 2]
            proc f(a, b) { args[0] = a + 1; args.push(a); args.pop(); return args[0] + b }
            var s = 0
            for i in 0..600 { s += f(...args) }
            print(s, args)
            """,
        ["lists that grow"] = """
            proc count(...xs) { return length(xs) }
            var all = []
            var s = 0
            try { while true { all.push(s); s += count(...all) } } finally { print(s, length(all)) }
            """,
        ["typed lists"] = """
            proc f(a, b = 7, c = 9) { return a * b + c }
            var s = 0
            let xs: [u8] = [250, 3]
            let ys: [float] = [1.5, 2.0, 3.0]
            for i in 0..600 { s += f(...xs) + toint(f(...ys)) }
            print(s)
            """,
    };

    public static TheoryData<string> Names => [.. Compiled.Keys];

    public static TheoryData<string> AllNames => [.. Compiled.Keys.Concat(Mixed.Keys)];

    private static string SourceOf(string name) => Compiled.GetValueOrDefault(name) ?? Mixed[name];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_code_makes_the_calls_itself(string name)
    {
        TierCounters counters = TwoTiers.ShouldAgree(Compiled[name], TwoTiers.After(20));

        counters.Entries.ShouldBeGreaterThan(0);
        counters.CallOuts.ShouldBeLessThan(60);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Both_tiers_agree(string name)
    {
        RunLimits limit = new(200_000, null, default);
        TwoTiers.ShouldAgree(SourceOf(name), TwoTiers.After(3), limit).Compiled.ShouldBeGreaterThan(0);
        for (int seed = 1; seed <= 3; seed++)
        {
            TwoTiers.ShouldAgree(SourceOf(name), TierOptions.Stressed(seed), limit);
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Limits_stop_at_the_same_place(string name)
    {
        foreach (long steps in new long[] { 331, 701, 1_234, 2_503, 4_801 })
        {
            TwoTiers.ShouldAgree(SourceOf(name), TwoTiers.After(5), new RunLimits(steps, null, default));
        }
    }

    /// <summary>All allocations of the program stay reachable, so that compiled code omits none.</summary>
    [Theory]
    [InlineData(20_000)]
    [InlineData(41_000)]
    [InlineData(77_000)]
    public void The_memory_limit_stops_at_the_same_place(long memory) =>
        TwoTiers.ShouldAgree(Mixed["lists that grow"], TwoTiers.After(5), null, memory).Entries.ShouldBeGreaterThan(0);
}
