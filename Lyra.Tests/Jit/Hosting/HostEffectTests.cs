using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Jit.HostCode;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>
/// Compiled code takes into account what a delegate may do: for one that can't throw it stores no state, one that only reads may be left
/// out, one that throws leaves its error at the call. Both tiers agree.
/// </summary>
public sealed class HostEffectTests
{
    private static int _static;

    [Fact]
    public void What_only_computes_and_reads_has_no_effects()
    {
        int captured = 3;
        EffectsOf((int a, int b) => (a * b) - a).ShouldBe(HostEffects.None);
        EffectsOf((double a) => (a / 0.0) + Math.Sqrt(Math.Max(a, 2))).ShouldBe(HostEffects.None);
        EffectsOf((int a) => (a / 2) + (a % 16)).ShouldBe(HostEffects.None);
        EffectsOf((int a, long b) => Math.Min(a, 3) + Math.Max(b, a)).ShouldBe(HostEffects.None);
        EffectsOf((int a) => a > 3 ? a : -a).ShouldBe(HostEffects.None);
        EffectsOf((double a, bool b) => b && a > 3 && a <= 7.5).ShouldBe(HostEffects.None);
        EffectsOf((int a) => a + captured).ShouldBe(HostEffects.None);
        EffectsOf((long a) => (byte)a + (double)a + (a >> 3)).ShouldBe(HostEffects.None);
        EffectsOf((Soldier o) => o.Health).ShouldBe(HostEffects.None);
        EffectsOf((Soldier o) => o.Health > 0).ShouldBe(HostEffects.None);
        EffectsOf((Soldier o) => o.Speed).ShouldBe(HostEffects.None, "a field of a struct");
        EffectsOf((Soldier o, int a) => o.Scaled(a)).ShouldBe(HostEffects.None);
        EffectsOf((int a) => { }).ShouldBe(HostEffects.None);
        EffectsOf((Soldier o) => o.Text).ShouldBe(HostEffects.None);
        EffectsOf((Soldier o) => (int?)o.Health).ShouldBe(HostEffects.None, "an int or null");
        EffectsOf((Invoice o) => o.Discount).ShouldBe(HostEffects.None);
        EffectsOf((Invoice o) => o.Grade).ShouldBe(HostEffects.None);
        EffectsOf((decimal a, decimal b) => a < b || -a == decimal.Floor(b)).ShouldBe(HostEffects.None);
        EffectsOf((string a, string b) => a == b).ShouldBe(HostEffects.None);
        captured++;
    }

    [Fact]
    public void What_writes_the_hosts_memory_is_known()
    {
        int captured = 3;
        EffectsOf(() => captured++).ShouldBe(HostEffects.Writes);
        EffectsOf((Soldier o, int a) => { o.Health = a; }).ShouldBe(HostEffects.Writes);
        EffectsOf((Soldier o) => o.Hurt(3)).ShouldBe(HostEffects.Writes);
        EffectsOf((Soldier o, double a) => o.SpeedUp(a)).ShouldBe(HostEffects.Writes);
    }

    [Fact]
    public void What_may_throw_is_known()
    {
        EffectsOf((int a, int b) => a / b).ShouldBe(HostEffects.Throws);
        EffectsOf((int a) => a % -1).ShouldBe(HostEffects.Throws);
        EffectsOf((int a, int b) => checked(a + b)).ShouldBe(HostEffects.Throws);
        EffectsOf((long a) => checked((int)a)).ShouldBe(HostEffects.Throws);
        EffectsOf((Soldier o) => o.Count).ShouldBe(HostEffects.Throws, "the array may be null");
        EffectsOf((Soldier o, int a) => o[a]).ShouldBe(HostEffects.Throws);
        EffectsOf((Soldier o) => o.Kept.Count).ShouldBe(HostEffects.Throws);
        EffectsOf((Soldier o) => o.Enemy!.Health).ShouldBe(HostEffects.Throws);
        EffectsOf((Soldier o, int a) => { o.Checked = a; }).ShouldBe(HostEffects.Writes | HostEffects.Throws);
        EffectsOf((Soldier o, int a, double b) => o.Set(a, b)).ShouldBe(HostEffects.Writes | HostEffects.Throws);
        EffectsOf((int a) => Math.Abs(a) + Math.Clamp(a, 0, 9)).ShouldBe(HostEffects.Throws);
        EffectsOf((Soldier o, int a) => o.Limit(a)).ShouldBe(HostEffects.Throws);
        EffectsOf((decimal a, decimal b) => a + b).ShouldBe(HostEffects.Throws);
        EffectsOf((decimal a) => a * 1.25m > 1 ? decimal.Round(a, 2) : 0).ShouldBe(HostEffects.Throws);
        EffectsOf((decimal[] a, int i) => a[i]).ShouldBe(HostEffects.Throws);
        EffectsOf((List<string> a, int i) => a[i]).ShouldBe(HostEffects.Throws, "the list may be null");
        EffectsOf((int a) => a > 0 ? a : throw new ArgumentException("x", nameof(a))).ShouldBe(HostEffects.Throws);
    }

    [Fact]
    public void Anything_else_is_unknown()
    {
        LyraEngine? engine = null;
        List<int> list = [];
        EffectsOf((int a) => engine!.Run("1").As<int>()).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => list.Add(a)).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => new int[a].Length).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => SumTo(a)).ShouldBe(HostEffects.Unknown, "it has a loop");
        EffectsOf((int a) => Recursive(a)).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => Locked(a)).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => Caught(a)).ShouldBe(HostEffects.Unknown);
        EffectsOf((int a) => _static + a).ShouldBe(HostEffects.Unknown, "the class has a static constructor");
        EffectsOf(() => Interlocked.Increment(ref _static)).ShouldBe(HostEffects.Unknown);
        EffectsOf((Soldier o) => o.Flag).ShouldBe(HostEffects.Unknown, "each read of a volatile field counts");
        EffectsOf((Soldier o) => o.Owner!.Level).ShouldBe(HostEffects.Unknown, "the class of the owner is not known");
        EffectsOf((Entity e) => e.Level).ShouldBe(HostEffects.Unknown);
        EffectsOf((Func<int>)SumOfTwo.Invoke).ShouldBe(HostEffects.Unknown, "two targets");
    }

    [Fact]
    public void An_override_counts_for_objects_of_its_class()
    {
        EffectsOf((Entity e) => e.Level, typeof(PlainEntity)).ShouldBe(HostEffects.None);
        EffectsOf((Entity e) => e.Level, typeof(SlowEntity)).ShouldBe(HostEffects.Unknown);
        EffectsOf((Entity e) => e.Level, typeof(FragileEntity)).ShouldBe(HostEffects.Throws);
        EffectsOf((Entity e, int a) => { e.Level = a; }, typeof(PlainEntity)).ShouldBe(HostEffects.Writes);
        EffectsOf((Entity e) => e.Level + 1, typeof(PlainEntity)).ShouldBe(HostEffects.None, "a lambda that is more than a call");
        EffectsOf((IHasRank e) => e.Rank, typeof(Ranked)).ShouldBe(HostEffects.None, "an interface");
        EffectsOf((IHasRank e) => e.Rank, typeof(HiddenRank)).ShouldBe(HostEffects.Throws, "an explicit implementation");
    }

    [Fact]
    public void An_override_that_returns_objects_or_texts_counts_unless_it_may_return_a_subclass()
    {
        EffectsOf((Place p) => p.Name, typeof(Town)).ShouldBe(HostEffects.None);
        EffectsOf((Place p) => p.Parent, typeof(Town)).ShouldBe(HostEffects.None);
        EffectsOf((IPlace p) => p.Parent, typeof(Town)).ShouldBe(HostEffects.None);
        EffectsOf((Place p) => p.Name, typeof(Capital)).ShouldBe(HostEffects.None);
        EffectsOf((Place p) => p.Parent, typeof(Capital)).ShouldBe(HostEffects.Unknown);
        EffectsOf((Town p) => p.Parent, typeof(Capital)).ShouldBe(HostEffects.Unknown);
        EffectsOf((IPlace p) => p.Parent, typeof(Capital)).ShouldBe(HostEffects.Unknown);
    }

    [Fact]
    public void Overrides_that_return_objects_and_texts_agree()
    {
        string program = """
            var s = 0
            let errors = []
            for i in 0..400 {
                let place = places[i & 1]
                try {
                    s += length(place.name) + length(place.parent.parent.name) + place.parent.visits
                } catch e {
                    errors.push((i, e.message))
                }
            }
            print(s, errors, places[0].visits, places[1].visits)
            """;
        HostCode.ShouldAgree(program, DefinePlaces, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, DefinePlaces);
    }

    [Fact]
    public void Compiled_code_guards_the_class_whose_override_it_knows()
    {
        string program = """
            let all = [entity, part]
            var s = 0
            for i in 0..400 {
                s += entity.level + entity.level
                entity.level = i
                if i == 100 { s += slow.level }
                let e = all[i & 1]
                s += e.level
                if i % 150 == 149 { try { s += fragile.level } catch e { s += length(e.message) } }
                s += ranked.rank + hidden.rank
                try { s += ranked.divide(1000, i % 50) } catch e { s += length(e.message) }
            }
            print(s)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Compiled_code_guards_the_few_classes_whose_overrides_it_knows()
    {
        string program = """
            let few = [entity, graded_a, graded_b]
            let many = [entity, graded_a, graded_b, graded_c, fragile]
            proc sum(e, i) {
                e.level = i
                return e.level + e.level
            }
            var s = 0
            for i in 0..400 {
                s += sum(few[i % 3], i)
                try { s += many[i % length(many)].level } catch e { s += length(e.message) }
                if i % 100 == 99 { s += sum(graded_c, i) + sum(slow, i) }
                if i == 350 { s += sum(fragile, i) }
            }
            print(s)
            """;
        HostCode.ShouldAgree($"try {{\n{program}\n}} catch e {{ print(e) }}", Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program.Replace("sum(fragile, i)", "1", StringComparison.Ordinal), Define);
    }

    [Theory]
    [InlineData("s += entity.level", "LoadHost")]
    [InlineData("let e = [entity, graded_a, graded_b, graded_c][i & 3]\n s += e.level", "LoadHost")]
    [InlineData("let e = [entity, graded_a, graded_b, graded_c, graded_d][i % 5]\n s += e.level", "CallHost")]
    [InlineData("let e = [entity, slow][i & 1]\n s += e.level", "CallHost")]
    [InlineData("s += fragile.number", "LoadHost")]
    [InlineData("s += slow.level", "CallHost")]
    [InlineData("let e = if i & 1 == 0 { entity } else { part }\n s += e.level", "LoadHost")]
    [InlineData("s += square(i)", "LoadHost")]
    [InlineData("s += count(i)", "StoreHost")]
    [InlineData("s += length(places[0].name)", "LoadHostObject")]
    [InlineData("s += places[0].parent.visits", "LoadHostObject")]
    public void What_has_no_effects_is_no_noted_call(string statement, string op)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(DefinePlaces(engine), statement, op);
    }

    [Theory]
    [InlineData("s += node.next.level")]
    [InlineData("s += length(node.name)")]
    [InlineData("s += node.nodes[i & 1].level")]
    [InlineData("s += node.levels[i & 1]")]
    [InlineData("s += node.self().level")]
    [InlineData("if node.none == nil { s += 1 }")]
    [InlineData("if node.name == \"node\" { s += 1 }")]
    public void Objects_texts_and_collections_that_are_only_read_are_no_noted_calls(string statement)
    {
        using LyraEngine engine = DefineNodes(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement, "LoadHostObject");
    }

    [Fact]
    public void What_members_return_is_made_once_and_is_what_they_return_now()
    {
        string program = """
            var seen = []
            var kept = nil
            for i in 0..300 {
                let next = node.next
                seen.push(next.level + length(node.name) + length(next.name) + length(node.nodes) + node.levels[i & 1] + node.segment[0])
                node.levels[0] = i
                if i % 50 == 20 {
                    kept = next
                    node.turn()
                    seen.extend([node.next == kept, node.next is next, node.name, node.none?.level, node.self() is node])
                }
                if i == 250 { node.none = node }
                let copy = node.copy()
                copy.push(i)
                seen.push(length(copy) == length(node.nodes) + 1)
                try { seen.push(node.fragile.level) } catch e { seen.push(e.message) }
            }
            print(seen, kept.level)
            """;
        HostCode.ShouldAgree(program, DefineNodes, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, DefineNodes);
    }

    [Fact]
    public void Values_of_results_reach_no_memory_limit_and_agree_at_it()
    {
        string source = """
            var kept = []
            for i in 0..100_000 {
                kept.push((node.next, node.name + "x"))
                if i % 10 == 0 { node.turn() }
            }
            """;
        string end = HostedRun.ShouldAgree(source, run => DefineNodes(run.Engine), new LyraLimits { MaxMemoryBytes = 400_000 });
        end.ShouldContain("memory limit");
        string loop = "var s = 0; for i in 0..20_000 { s += node.next.level + length(node.next.name); node.turn() }";
        HostedRun.ShouldAgree(loop, run => DefineNodes(run.Engine), new LyraLimits { MaxMemoryBytes = 400_000 })
            .ShouldNotContain("memory limit");
    }

    [Fact]
    public void An_object_without_a_script_value_is_an_error_at_its_access()
    {
        using LyraEngine other = DefineNodes(new LyraEngine());
        string source = """
            var seen = []
            for i in 0..200 {
                try { seen.push(soldier.owner == nil) } catch e { seen.push(e.message) }
                try { seen.push(owners[i & 1] == nil) } catch e { seen.push(e.kind) }
                if i == 100 { soldier.enlist() }
                if i == 150 { soldier.dismiss() }
            }
            print(seen)
            soldier.enlist()
            for i in 0..200 { soldier.owner }
            """;
        string end = HostedRun.ShouldAgree(source, run =>
        {
            Barracks barracks = new();
            run.Engine.DefineType<Barracks>(t => t
                .Property("owner", b => b.Owner)
                .Method("enlist", (Barracks b) => b.Enlist())
                .Method("dismiss", (Barracks b) => b.Dismiss()));
            run.Engine.Define("soldier", barracks);
            run.Engine.Define("owners", new List<Node?> { null, new Node() });
        });
        end.ShouldContain("There is no script value for an object of the .NET type");
        end.ShouldContain("HostError");
        end.ShouldNotContain("internal error");
    }

    private static LyraEngine DefinePlaces(LyraEngine engine)
    {
        engine.DefineType<Place>(t => t
            .Property("name", p => p.Name)
            .Property("parent", p => p.Parent)
            .Property("visits", p => p.Visits));
        engine.Define("places", new List<Place> { new Town(), new Capital() });
        return engine;
    }

    private static LyraEngine DefineNodes(LyraEngine engine)
    {
        Node last = new() { Level = 3, Name = "last" };
        Node node = new() { Level = 1, Name = "node", Next = new Node { Level = 2, Name = "next", Next = last } };
        node.Nodes.AddRange([node, last]);
        engine.DefineType<Node>(t => t
            .Property("level", n => n.Level)
            .Property("name", n => n.Name)
            .Property("next", n => n.Next)
            .Property("nodes", n => n.Nodes)
            .Property("levels", n => n.Levels)
            .Property("segment", n => n.Segment)
            .Property("none", n => n.None, (n, v) => n.None = v)
            .Property("fragile", n => n.Fragile)
            .Method("self", (Node n) => n.Self())
            .Method("copy", (Node n) => n.Nodes)
            .Method("turn", (Node n) => n.Turn()));
        engine.Define("node", node);
        return engine;
    }

    [Fact]
    public void An_error_in_the_middle_of_a_loop_is_raised_at_its_call()
    {
        string source = """
            proc read(u, i) { return u.at(i) }
            var s = 0.0
            var local = unit
            for i in 0..300 {
                let before = s
                s += read(local, i % 3 + i / 280) + local.count
                if i > 250 { s += before / 2 }
                local.step(i)
            }
            """;
        string end = HostedRun.ShouldAgree(source, run =>
        {
            Soldier unit = new();
            run.Engine.DefineType<Soldier>(t => t.Method("at", (Soldier o, int i) => o[i]).Property("count", o => o.Count)
                .Method("step", (Soldier o, int i) => o.Step(i)));
            run.Engine.Define("unit", unit);
        });
        end.ShouldContain("HostError");
        end.ShouldContain("read (hosted.lyra:1");
        end.ShouldContain("(hosted.lyra:6");
    }

    [Fact]
    public void The_class_of_what_may_be_no_object_is_not_tested_in_front_of_a_loop()
    {
        string program = """
            proc sum(x, uses) {
                var s = 0
                for i in 0..100 { if uses { s += x.level } else { s += 1 } }
                return s
            }
            var total = 0
            for k in 0..40 { total += sum(if k % 3 == 0 { entity } else { [5, nil][k % 2] }, k % 3 == 0) }
            print(total)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
    }

    [Fact]
    public void An_error_finds_the_values_that_were_stored_before_the_loop()
    {
        string program = """
            proc run(soldier, name, scale, big) {
                let tag = (name, scale)
                var found = []
                var total = 0.0
                for i in 0..60 {
                    let outer = i * scale
                    let text = "r" + tostring(i)
                    try {
                        for k in 0..12 {
                            total += soldier.at(k % 3 + i / 50 * (k / 7) * 9) * outer
                            if k > 2 { total += soldier.at(i % 3) }
                            let half = total / 2
                            total -= soldier.divide(i, 3 - i / 45 * (k / 11) * 3) + half / 4
                        }
                    } catch e {
                        found.push((text, e.kind, tag, outer, big, name))
                    }
                    total += soldier.at(1)
                }
                return (total, found)
            }
            print(run(soldier, "n", 1.5, 100_000_000_000_000_000_000))
            print(run(soldier, "m", 2, nil))
            """;
        HostCode.ShouldAgree(program, DefineSoldier, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, DefineSoldier);

        static LyraEngine DefineSoldier(LyraEngine engine)
        {
            engine.DefineType<Soldier>(t => t
                .Method("at", (Soldier o, int i) => o[i])
                .Method("divide", (Soldier o, int a, int b) => a / b));
            engine.Define("soldier", new Soldier());
            return engine;
        }
    }

    [Fact]
    public void A_loop_that_waits_sees_what_another_thread_changes()
    {
        Soldier soldier = new();
        using LyraEngine engine = new(new LyraOptions
        {
            HotLoopThreshold = 20,
            CompilesInBackground = false,
            Limits = new LyraLimits { Timeout = TimeSpan.FromMinutes(5) },
        });
        using Timer change = new(_ => soldier.Health = 5);
        engine.DefineType<Soldier>(t => t.Property("health", o => o.Health));
        engine.Define("soldier", soldier);
        engine.Define("begin", () =>
        {
            soldier.Health = 0;
            change.Change(2, Timeout.Infinite);
        });
        engine.Run("""
            proc wait(unit) {
                for k in 0..60 {
                    begin()
                    if unit.health == 0 { while unit.health == 0 { } }
                }
                return unit.health
            }
            wait(soldier)
            """).As<int>().ShouldBe(5);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
    }

    private static readonly Func<int> SumOfTwo = (Func<int>)Delegate.Combine((Func<int>)(() => 1), (Func<int>)(() => 2))!;

    private static HostEffects EffectsOf(Delegate function, Type? exact = null) =>
        HostAccessor.Of(DelegateAdapter.Of(DelegateAdapter.CreateMember("m", "T", function))!).EffectsOn(exact);

    private static int SumTo(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += i;
        }

        return sum;
    }

    private static int Recursive(int n) => n <= 0 ? 0 : Recursive(n - 1);

    [MethodImpl(MethodImplOptions.Synchronized)]
    private static int Locked(int n) => n;

    private static int Caught(int n)
    {
        try
        {
            return 10 / n;
        }
        catch (DivideByZeroException)
        {
            return 0;
        }
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        int counted = 0;
        engine.DefineType<Entity>(t => t.Property("level", e => e.Level, (e, v) => e.Level = v).Property("number", e => e.Number));
        engine.DefineType<Part>(t => t.Property("level", e => e.Level));
        engine.DefineType<IHasRank>(t => t.Property("rank", e => e.Rank).Method("divide", (IHasRank e, int a, int b) => a / b));
        engine.Define("entity", (Entity)new PlainEntity());
        engine.Define("graded_a", (Entity)new GradedEntity<int>());
        engine.Define("graded_b", (Entity)new GradedEntity<string>());
        engine.Define("graded_c", (Entity)new GradedEntity<long>());
        engine.Define("graded_d", (Entity)new GradedEntity<object>());
        engine.Define("slow", (Entity)new SlowEntity());
        engine.Define("fragile", (Entity)new FragileEntity());
        engine.Define("ranked", (IHasRank)new Ranked());
        engine.Define("hidden", (IHasRank)new HiddenRank());
        engine.Define("square", (int x) => x * x);
        engine.Define("count", (int x) => counted += x);
        engine.Define("part", new Part { Level = 2 });
        return engine;
    }
}
