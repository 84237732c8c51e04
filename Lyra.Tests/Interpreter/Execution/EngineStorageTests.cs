using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>The storage that engines in the low-pause mode use again: it saves allocations, and scripts can't observe it.</summary>
public sealed class EngineStorageTests
{
    private const string Growing = """
        proc list(n, item) { var a = []; for k in 0..n { push(a, item) }; return a }
        proc run(n) { var sum = 0; for i in 0..n { sum += list(6, i).length() + list(6, "x").length() }; return sum }
        """;

    private const string Local = """
        proc run(n) {
            var sum = 0
            for i in 0..n {
                let some = []
                for k in 0..(i % 7) { some.push(k * i) }
                let others = []
                for x in some { others.push("${x % 3}") }
                sum += some.length() + others.length()
                if others.contains("2") { sum += 1 }
            }
            return sum
        }
        """;

    private static LyraOptions Options(LyraMemoryMode memory, JitMode jit) =>
        new() { Memory = memory, Jit = jit, CompilesInBackground = false };

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Short_arrays_that_lists_give_up_are_reused(JitMode jit)
    {
        using LyraEngine engine = new(Options(LyraMemoryMode.LowPause, jit));
        engine.Run(Growing);
        engine.Call("run", 100);
        ArrayStatistics before = engine.Statistics.Arrays;

        engine.Call("run", 100).As<long>().ShouldBe(1_200);

        ArrayStatistics after = engine.Statistics.Arrays;
        (after.Grown - before.Grown).ShouldBe(400, "each list takes 4 places and then 8");
        (after.Reused - before.Reused).ShouldBeGreaterThanOrEqualTo(
            200, "the array of 4 that a list gives up is the first one of the next list");
    }

    [Theory]
    [InlineData(Growing)]
    [InlineData(Local)]
    public void Results_do_not_depend_on_the_mode(string source)
    {
        long expected = Run(source, LyraMemoryMode.Throughput, JitMode.Off);

        Run(source, LyraMemoryMode.LowPause, JitMode.Off).ShouldBe(expected);
        Run(source, LyraMemoryMode.LowPause, JitMode.On).ShouldBe(expected);
        Run(source, LyraMemoryMode.LowPause, JitMode.Stress).ShouldBe(expected);
    }

    private static long Run(string source, LyraMemoryMode memory, JitMode jit)
    {
        using LyraEngine engine = new(Options(memory, jit));
        engine.Run(source);
        long result = engine.Call("run", 3_000).As<long>();
        if (jit != JitMode.Off)
        {
            engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(0);
        }

        return result;
    }

    /// <param name="body">An iteration.</param>
    [Theory]
    [InlineData("let pair = []; pair.push(i); pair.push(sum % 10); sum += pair[0] * pair[1]")]
    [InlineData("let row = [1.5, 2.5, i * 1.0]; if row[2] > row[0] { sum += 1 }")]
    [InlineData("let m = {\"a\": i, \"b\": sum % 10}; m[\"c\"] = 1; sum += m[\"a\"] * m[\"b\"] + m[\"c\"]")]
    [InlineData("let pairs = []; for k in 0..3 { pairs.push((i, k)) }; for (a, b) in pairs { sum += a * b }")]
    [InlineData("let rows = [[i, 1], [2, sum % 10]]; sum += rows[0][1] + rows[1][0]")]
    [InlineData("let tokens = []; for k in 0..3 { tokens.push(Token(k, i)) }; for t in tokens { sum += t.kind * t.at }")]
    public void Compiled_code_gives_back_what_an_iteration_makes(string body)
    {
        string source = $$"""
            struct Token { kind; at }
            proc run(n) {
                var sum = 0
                for i in 0..n { {{body}} }
                return sum
            }
            """;
        long throughput = BytesOfCall(source, LyraMemoryMode.Throughput);
        long lowPause = BytesOfCall(source, LyraMemoryMode.LowPause);

        lowPause.ShouldBeLessThan(throughput / 20);
    }

    private static long BytesOfCall(string source, LyraMemoryMode memory, JitMode jit = JitMode.On, int iterations = 10_000)
    {
        using LyraEngine engine = new(Options(memory, jit));
        engine.Run(source);
        engine.Call("run", iterations);
        long before = GC.GetAllocatedBytesForCurrentThread();
        engine.Call("run", iterations);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>What something refers to after its iteration keeps its content.</summary>
    /// <param name="keeps">What an iteration does with its list <c>xs</c>.</param>
    [Theory]
    [InlineData("kept.push(xs)")]
    [InlineData("kept += [xs]")]
    [InlineData("kept.push((xs, i)[0])")]
    [InlineData("kept.push(Box(xs).items)")]
    [InlineData("map[i] = xs; kept.push(map[i])")]
    [InlineData("let f = () => xs; kept.push(f())")]
    [InlineData("kept.push(same(xs))")]
    [InlineData("kept.push(if i % 2 == 0 { xs } else { last })")]
    [InlineData("last = xs; kept.push(last)")]
    [InlineData("for each in [xs] { kept.push(each) }")]
    [InlineData("kept.extend([xs])")]
    [InlineData("kept.insert(0, xs)")]
    [InlineData("kept.push(xs.map(x => xs)[0])")]
    [InlineData("kept.push([xs, xs].first())")]
    [InlineData("match xs { [a, ...rest] => { kept.push(rest); kept.push(xs) }; _ => {} }")]
    [InlineData("match [i, xs] { [n, ys] => { kept.push(ys) }; _ => {} }")]
    [InlineData("try { kept.push(xs); throw \"out\" } catch e { kept.push(xs) }")]
    [InlineData("if i % 50 == 49 { let odd = [i, \"x\", xs]; kept.push(odd[2]) } else { kept.push(xs) }")]
    [InlineData("let t = (i, [i]); kept.push(t[1])")]
    [InlineData("let list = [(i, i + 1)]; kept.push(list[0])")]
    [InlineData("let list = [Box([i])]; kept.push(list[0].items)")]
    [InlineData("let list = []; let b = Box([i]); list.push(b); list.push(b); kept.push(b.items)")]
    [InlineData("let a = [[i]]; let b = [a[0]]; kept.push(b)")]
    [InlineData("let a = [[i]]; a[0].push(7); kept.push(a.pop())")]
    [InlineData("let a = [Box(i)]; let b = a.copy(); kept.push(b[0].items)")]
    [InlineData("let a = []; for k in 0..3 { let p = (i, k); a.push(p); if k == 1 { kept.push(p) } }")]
    [InlineData("let a = [[i], [i + 1]]; a.reverse(); kept.push(a.first())")]
    [InlineData("let box = Box(nil); box.items = [i]; kept.push(box.items)")]
    [InlineData("let outer = [[]]; for x in outer { x.push((i, outer.length())) }; kept.push(outer[0][0])")]
    [InlineData("let a = [[i], [i + 1]]; a[0], a[1] = a[1], a[0]; kept.push(a[1])")]
    [InlineData("let a = []; for k in 0..3 { let b = [k]; for j in 0..2 { a.push(b) } }; kept.push(a[0].length() + a[5][0])")]
    [InlineData("let pair = (Box(xs), [xs]); kept.push(pair[0].items)")]
    [InlineData("last = [i]; let a = [last]; a[0].push(i); kept.push(last)")]
    [InlineData("let inner = [i]; for k in 0..2 { let outer = [inner]; outer[0].push(k) }; kept.push(inner.length())")]
    [InlineData("let a = [[i]]; for x in a { last = x }; kept.push(last)")]
    [InlineData("let a = [[[i]]]; kept.push(a[0][0])")]
    [InlineData("let m = {}; let a = [(i, m)]; m[i] = a[0]; kept.push(m[i][0])")]
    [InlineData("let a = []; a.push((i, \"x\")); a.insert(0, (i + 1, \"y\")); kept.push(a.removeAt(0))")]
    [InlineData("let m = {}; m[i] = xs; kept.push(m[i])")]
    [InlineData("let m = {\"a\": [i]}; kept.push(m[\"a\"])")]
    [InlineData("let m = {\"a\": i}; last = m; kept.push(last)")]
    [InlineData("let m = {}; m[(i, 1)] = (i, [i]); for k, v in m { kept.push(k) }")]
    [InlineData("let m = {\"a\": [i]}; kept.push(m.values())")]
    [InlineData("let m = {\"a\": {\"b\": [i]}}; kept.push(m[\"a\"][\"b\"])")]
    [InlineData("let m = {}; m[\"a\"] = [i]; m.remove(\"a\"); kept.push(m.length())")]
    [InlineData("let m = {\"a\": [i]}; let n = m.copy(); kept.push(n[\"a\"])")]
    [InlineData("kept.push({\"a\": i}.get(\"b\", xs))")]
    [InlineData("let m = {\"a\": xs}; kept.push(m.get(\"a\", nil))")]
    [InlineData("let m = {1: (i, 2)}; let n = {2: m[1]}; map[i] = n; kept.push(map[i][2])")]
    [InlineData("let m = {\"a\": i, \"b\": [i]}; for k, v in m { if k == \"b\" { kept.push(v) } }")]
    [InlineData("let m = {}; for k in 0..12 { m[k] = (k, i) }; kept.push(m[11])")]
    [InlineData("let m = {}; m[\"x\"] = i; m[\"x\"] = xs; kept.push(m[\"x\"].length())")]
    [InlineData("if i < 5 { map[i] = xs }; let out = []; out.push(map.get(i % 5, [])); kept.push(map.get(i % 5, nil).length())")]
    [InlineData("if i < 5 { map[i] = xs }; let out = (map.get(i % 5, []), 1); kept.push(map.get(i % 5, nil).length() + out[1])")]
    [InlineData("if i < 5 { map[i] = [] }; let out = map.get(i % 5, []); out.push((i, 1)); kept.push(map.get(i % 5, nil).last()[0])")]
    public void What_is_kept_keeps_its_content(string keeps)
    {
        string source = $$"""
            struct Box { items }
            proc same(x) { return x }
            proc run(n) {
                var kept = []
                let map = {}
                var last = []
                for i in 0..n {
                    let xs = []
                    xs.push(i)
                    xs.push(i * 2)
                    {{keeps}}
                    let scratch = []
                    scratch.push("scratch")
                    scratch.push(scratch.length())
                }
                return "${kept}"
            }
            """;
        string expected = Text(source, LyraMemoryMode.Throughput, JitMode.Off);

        Text(source, LyraMemoryMode.LowPause, JitMode.On).ShouldBe(expected);
        Text(source, LyraMemoryMode.LowPause, JitMode.Stress).ShouldBe(expected);
    }

    private static string Text(string source, LyraMemoryMode memory, JitMode jit)
    {
        using LyraEngine engine = new(Options(memory, jit) with { HotLoopThreshold = 10 });
        engine.Run(source);
        string text = engine.Call("run", 120).As<string>()!;
        (engine.Statistics.Jit.TracesCompiled > 0).ShouldBe(jit != JitMode.Off);
        return text;
    }

    [Fact]
    public void A_list_gets_the_state_of_a_new_one()
    {
        using LyraEngine engine = new(Options(LyraMemoryMode.LowPause, JitMode.On) with { HotLoopThreshold = 10 });

        engine.Run("""
            proc run(n) {
                var texts = ""
                for i in 0..n {
                    let ints: [int] = []
                    ints.push(i)
                    let any = []
                    any.push("text")
                    any.push(1.5)
                    texts += "${ints.length() + any.length()}"
                }
                return texts
            }
            run(200)
            """).As<string>().ShouldBe(new string('3', 200));
    }

    /// <summary>Containers that are cleared, and generators that end, give their arrays to the next ones.</summary>
    /// <param name="body">An iteration, which allocates its storage anew in the throughput mode.</param>
    /// <param name="share">The most of these bytes that the low-pause mode needs.</param>
    [Theory]
    [InlineData("for k in 0..3000 { xs.push(k) }; xs.clear()", 0.1)]
    [InlineData("for k in 0..30 { m[k] = k }; m.clear()", 0.1)]
    [InlineData("for k in 0..30 { s.add(k) }; s.clear()", 0.1)]
    [InlineData("floats.reverse(); floats.sort()", 0.2)]
    [InlineData("strs.reverse(); strs.sort()", 0.8)]
    [InlineData("for k in count(3) { sum += k }", 0.6)]
    [InlineData("for k in count(9) { if k > 1 { break }; sum += k }", 0.9)]
    [InlineData("let g = count(9); next(g); g.close()", 0.9)]
    public void Cleared_containers_and_ended_generators_give_up_their_arrays(string body, double share)
    {
        string source = $$"""
            let xs = []
            let m = {}
            let s = set()
            let floats = (0..200).map(k => k * 1.5)
            let strs = (0..200).map(k => "${k}")
            proc count(n) { var a = 1; var b = 2; var c = 3; for i in 0..n { yield i + a * b * c - 6 } }
            proc run(n) {
                var sum = 0
                for i in 0..n { {{body}} }
                return sum
            }
            """;
        long throughput = BytesOfCall(source, LyraMemoryMode.Throughput, JitMode.Off, 200);
        long lowPause = BytesOfCall(source, LyraMemoryMode.LowPause, JitMode.Off, 200);

        lowPause.ShouldBeLessThan((long)(throughput * share));
    }

    [Fact]
    public void Compiled_code_reuses_the_registers_of_generators()
    {
        const string Source = """
            proc count(n) { var a = 1; var b = 2; var c = 3; for i in 0..n { yield i + a * b * c - 6 } }
            proc run(n) {
                var sum = 0
                for i in 0..n { for k in count(5) { sum += k } }
                return sum
            }
            """;

        BytesOfCall(Source, LyraMemoryMode.LowPause).ShouldBeLessThan(BytesOfCall(Source, LyraMemoryMode.Throughput) * 7 / 10);
    }

    [Theory]
    [InlineData("let xs = []; for k in 0..1100 { xs.push([k]) }; kept.push(xs.copy()); xs.clear(); xs.push(i)")]
    [InlineData("let m = {}; for k in 0..40 { m[k] = [k] }; kept.push(m.copy()); m.clear(); m[i] = i; kept.push(m)")]
    [InlineData("let m = {}; for k in 0..40 { m[k] = k }; for k in m { m.clear(); break }; kept.push(m.length())")]
    [InlineData("let g = count(5); kept.push(next(g)); for x in g { kept.push(x) }; kept.push(next(g))")]
    [InlineData("let a = count(5); let b = count(6); for x in a { kept.push(x + next(b)) }; kept.push(next(b)); b.close(); b.close()")]
    [InlineData("let xs = (0..40).map(k => Key((k * 37 + i) % 40, 2)); xs.sort(); kept.push(xs.map(x => x.n))")]
    [InlineData("let xs = (0..40).map(k => Key(k % 7, 0)); try { xs.sort() } catch e { kept.push(e.message) }; kept.push([2.5, 1.5] * 20)")]
    [InlineData("try { for x in failing(i) { kept.push(x) } } catch e { kept.push(e.message) }; for x in count(4) { kept.push(x) }")]
    public void What_follows_a_clear_or_the_end_of_a_generator_is_unchanged(string body)
    {
        string source = $$"""
            proc count(n) { for i in 0..n { let held = [i]; yield held[0] + n } }
            struct Key {
                n
                depth
                proc __lt(self, other) {
                    if self.depth == 0 { throw "no order" }
                    if self.depth > 1 and self.n == 5 {
                        let others = (0..20).map(k => Key((k * 13 + self.n) % 20, 1))
                        others.sort()
                        if others[3].n != 3 { throw "a sort in a comparison differs" }
                    }
                    return self.n < other.n
                }
            }
            proc failing(n) { yield n; throw "no ${n}" }
            proc run(n) {
                let kept = []
                for i in 0..n { {{body}} }
                return "${kept}"
            }
            """;
        string expected = Text(source, LyraMemoryMode.Throughput, JitMode.Off);

        Text(source, LyraMemoryMode.LowPause, JitMode.Off).ShouldBe(expected);
        Text(source, LyraMemoryMode.LowPause, JitMode.On).ShouldBe(expected);
        Text(source, LyraMemoryMode.LowPause, JitMode.Stress).ShouldBe(expected);
    }

    [Fact]
    public void The_storage_is_dropped_when_memory_is_scarce()
    {
        EngineStorage storage = new();
        FreeArrays before = storage.Arrays;

        MemoryPressure.Trim();

        storage.Arrays.ShouldNotBeSameAs(before);
    }

    [Fact]
    public void A_reset_drops_the_storage()
    {
        using LyraEngine engine = new(Options(LyraMemoryMode.LowPause, JitMode.Off));
        engine.Run(Growing);
        engine.Call("run", 100);
        engine.ResetCaches();
        long reused = engine.Statistics.Arrays.Reused;

        engine.Run("list(4, 1)");

        engine.Statistics.Arrays.Reused.ShouldBe(reused);
    }
}
