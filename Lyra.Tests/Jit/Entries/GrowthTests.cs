using System.Linq;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Regions of procs whose behaviour changes after they were compiled.</summary>
public sealed class GrowthTests
{
    /// <summary>
    /// An exit of a large region is hot only after many exits, because compiling again takes long. That must not look as if the region did
    /// not pay.
    /// </summary>
    [Fact]
    public void A_large_region_grows_instead_of_being_dropped()
    {
        string body = string.Concat(Enumerable.Range(1, 90).Select(static k => $"    s = (s * {k} + n) % {1_000 + k}\n"));
        EntryRun run = EntryRun.Agree(
            $$"""
            proc large(n, kind) {
                var s = n
            {{body}}
                if kind == 1 { return s + 1 }
                if kind == 2 { return s + 2 }
                return s
            }
            var sum = 0
            for i in 0..200 { sum += large(i, 0) }
            for i in 0..600 { sum += large(i, 1) }
            for i in 0..2000 { sum += large(i, 2) }
            print(sum)
            """,
            ["large"],
            share: 0.0,
            new EntryLimits { HotLoop = 1_000_000 });

        run.Events.ShouldNotContain(static e => e.Kind == TierEventKind.Blacklisted, run.Log);
        run.VersionsOf("large").ShouldBe(3, run.Log);
    }

    /// <summary>The last iteration of a short loop may give a variable a type that no iteration begins with.</summary>
    [Theory]
    [InlineData("for p in path { if v == nil { return nil }; v = v.get(p, nil) }")]
    [InlineData("for i, p in path { if v == nil { return i }; v = v.get(p, nil) }")]
    public void The_types_after_the_last_iteration_are_recorded(string loop)
    {
        EntryRun run = EntryRun.Agree(
            $$"""
            proc look(path, v) {
                {{loop}}
                return v
            }
            proc walk(paths, data) {
                var sum = 0
                for path in paths { sum += look(path, data) }
                return sum
            }
            let data = {"a": 1, "b": {"c": 2, "d": {"e": 3} } }
            let paths = [["a"], ["b", "c"], ["a"], ["b", "d", "e"], ["b", "c"]]
            var sum = 0
            for i in 0..600 { sum += walk(paths, data) }
            print(sum)
            """,
            ["walk"],
            share: 0.7,
            new EntryLimits { HotLoop = 1_000_000 });

        run.Counters.Deoptimizations.ShouldBeLessThan(20, run.Log);
    }

    /// <summary>
    /// A loop and a proc call one that returns strs later, too, and so gets another signature. Both must call its new version: the earlier
    /// one exits at each str.
    /// </summary>
    [Fact]
    public void Callers_are_compiled_again_when_a_proc_gets_another_signature()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc deep(n, i) {
                if n > 0 { return deep(n - 1, i) }
                if i > 600 and i % 3 == 0 { return "three" }
                return i % 7
            }
            proc twice(n, i) {
                if n > 0 { return twice(n - 1, i) }
                let v = deep(3, i)
                return if v == deep(2, i) { i } else { 0 }
            }
            var sum = 0
            for i in 0..6_000 { sum += twice(2, i) }
            print(sum)
            """,
            ["deep", "twice"],
            share: 0.5);

        run.VersionsOf("deep").ShouldBeGreaterThan(1, run.Log);
        run.Counters.Deoptimizations.ShouldBeLessThan(150, run.Log);
    }

    /// <summary>
    /// A proc that is not small is inlined by the first loop that calls it. The second loop is compiled after the proc itself, which it
    /// calls, so that the proc is not compiled at each place; a small proc is inlined in both.
    /// </summary>
    [Theory]
    [InlineData(25, false, 0)]
    [InlineData(25, true, 1)]
    [InlineData(5, true, 0)]
    public void A_proc_that_several_places_call_is_compiled_once(int lines, bool hasSecondCall, int versions)
    {
        string body = string.Concat(Enumerable.Range(1, lines).Select(static k => $"    s = (s * {k} + n) % {1_000 + k}\n"));
        EntryRun run = EntryRun.Agree(
            $$"""
            proc work(n) {
                var s = n
            {{body}}
                return s
            }
            var sum = 0
            for i in 0..300 { sum += work(i) }
            for i in 0..300 { sum += {{(hasSecondCall ? "work(i)" : "i")}} }
            print(sum)
            """,
            [],
            share: 0.7,
            new EntryLimits { HotLoop = 10 });

        run.VersionsOf("work").ShouldBe(versions, run.Log);
    }

    /// <summary>
    /// A hook whose result no register takes, and a constructor, have no compiled code that could be called. So they are inlined at each
    /// place, however many there are: an interpreter call-out would cost more.
    /// </summary>
    [Theory]
    [InlineData("proc __setindex(self, n, v) {\nvar s = v\n", "self.x = s\n}", "box[i] = sum")]
    [InlineData("y = if true {\nvar s = 3\nlet n = 5\n", "s\n} else { 0 }", "sum += Box(i).y")]
    public void What_cannot_be_called_compiled_is_inlined_at_several_places(string head, string tail, string use)
    {
        string body = string.Concat(Enumerable.Range(1, 25).Select(static k => $"    s = (s * {k} + n) % {1_000 + k}\n"));
        EntryRun run = EntryRun.Agree(
            $$"""
            struct Box {
                x = 0
                {{head}}{{body}}{{tail}}
            }
            var sum = 0
            let box = Box(1)
            for i in 0..300 { {{use}} }
            for i in 0..300 { {{use}} }
            print(sum, box.x)
            """,
            [],
            share: 0.7,
            new EntryLimits { HotLoop = 10 });

        run.Counters.CallOuts.ShouldBe(0, run.Log);
    }
}
