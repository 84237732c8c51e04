using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Library;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Builtins that call procs are written in Lyra: compiled code inlines their loops and the procs, and exits from both.</summary>
public sealed class PreludeTests
{
    /// <summary>A proc <c>each(n)</c> for each builtin; the values of <c>n</c> select the elements, the results and their types.</summary>
    public static readonly TheoryData<string> Bodies =
    [
        "xs.map(x => x * n)",
        "map(0..9, x => x + n)",
        "xs.filter(x => x % 3 != n % 3)",
        "xs.reduce((a, b) => a * 3 - b)",
        "xs.reduce((a, b) => a ^ b, n)",
        "[xs.find(x => x > n % 9), xs.find(x => x == -n - 1)]",
        "[any(xs, x => x > n % 9), any(xs), xs.any(x => x == n)]",
        "[all(xs, x => x > n % 9 - 5), all(xs), xs.all(x => x != n)]",
        "sorted(xs, x => (x * n) % 7)",
        "xs.map(x => if n % 4 == 3 { \"${x}\" } else { x * n })",
        "xs.filter(x => x > 3).map(x => [x, n]).sorted(p => -p[0]).reduce((a, b) => [a[0] + b[0], a[1]])",
        "xs.map(x => xs.map(y => x * y + n).reduce((a, b) => a + b))",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Calls_run_compiled_with_their_callbacks(string body)
    {
        EntryRun run = EntryRun.Agree(Hot(body, rounds: 1_500), [], share: 0.6, new EntryLimits { HotLoop = 50 });

        run.Error.ShouldBeNull();
        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 40, run.Log);
    }

    [Fact]
    public void Sorting_by_a_hook_runs_compiled_with_the_hook()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Item { name; price
                proc total(self) { return self.price * 3 }
                proc __lt(self, other) { return self.total() < other.total() }
            }
            var x = 7
            var text = ""
            for round in 0..1500 {
                let items = []
                for i in 0..1 + round % 23 {
                    x = x * 1309 % 65521
                    items.push(Item("${x % 10}", x % 17))
                }
                text = sorted(items).map(item => item.name).join("") + text[..length(text) / 2]
                items.sort()
                text += items[0].name
            }
            print(text)
            """,
            [],
            share: 0.6,
            new EntryLimits { HotLoop = 50 });

        run.Error.ShouldBeNull();
        run.Counters.CallOuts.ShouldBeLessThan(run.Steps / 40, run.Log);
    }

    [Fact]
    public void A_hook_that_changes_the_list_is_reported()
    {
        EntryRun run = EntryRun.Agree(
            """
            var items = []
            struct Item { price
                proc __lt(self, other) { if self.price == 3 { items.push(self) }; return self.price < other.price }
            }
            for round in 0..400 {
                items = [Item(2), Item(1), Item(round % 8)]
                try { items.sort() } catch e { print(round, e.kind, items.map(item => item.price)) }
            }
            """,
            [],
            limits: new EntryLimits { HotLoop = 50 });

        run.Error.ShouldBeNull();
        run.Output.ShouldStartWith("3 ConcurrentModification [2, 1, 3, 3");
    }

    [Fact]
    public void Each_call_site_has_its_own_profile()
    {
        EntryRun run = EntryRun.Agree(
            """
            let xs = list(0..400)
            var s = 0
            for round in 0..6 {
                s += xs.map(x => x + 1)[7] + xs.map(x => x * 2)[8] + length(xs.map(x => "${x}")[9]) + toint(xs.map(x => x / 4.0)[10])
                s += xs.filter(x => x % 3 == 0)[5] + xs.filter(x => x > 100)[6]
            }
            print(s)
            """,
            [],
            share: 0.5,
            new EntryLimits { HotLoop = 50 });

        LoopsOf(run, "list_map_2").ShouldBe(4, run.Log);
        LoopsOf(run, "list_filter_2").ShouldBe(2, run.Log);
        run.Counters.Deoptimizations.ShouldBeLessThan(40, run.Log);
    }

    [Fact]
    public void A_check_of_a_callback_is_no_call()
    {
        EntryRun run = EntryRun.Agree(
            """
            let rules = [x => x > 3, x => x % 2 == 0]
            proc matching(x) { return length(rules.filter(r => r(x))) + if any(rules, r => r(x)) { 2 } else { 3 } }
            var s = 0
            for i in 0..2000 { s += matching(i % 9) }
            print(s)
            """,
            ["matching"],
            share: 0.7);

        run.Counters.CallOuts.ShouldBeLessThan(20, run.Log);
    }

    [Fact]
    public void A_check_of_a_proc_of_the_library_is_no_call_out()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc mapped(xs, f) { return xs.map(f) }
            let fs = [x => x + 1, abs, x => x * 2]
            var s = 0
            for i in 0..20000 { for x in mapped(if i % 3 == 1 { [] } else { [i, 7] }, fs[i % 3]) { s += x } }
            print(s)
            """,
            [],
            share: 0.01);

        run.Counters.CallOuts.ShouldBeLessThan(100, run.Log);
    }

    [Fact]
    public void Loops_over_lists_that_are_sometimes_empty_have_few_exits()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc total(lists) {
                var sum = 0
                for xs in lists {
                    for x in xs { sum += x }
                    if length(xs) > 2 { sum += xs[2] }
                }
                return sum
            }
            let ints = list(0..120).map(i => if i % 3 == 0 { [] } else { [i, i + 1, 3] })
            let kept = list(0..120).map(i => ["a", "bb", i].filter(v => i % 4 != 0))
            proc sizes() {
                var sum = 0
                for xs in kept { sum += xs.reduce((a, v) => a + length("${v}"), 0) }
                return sum
            }
            var s = 0
            for round in 0..60 { s += total(ints) + sizes() }
            print(s)
            """,
            [],
            share: 0.7,
            new EntryLimits { HotLoop = 50 });

        run.Counters.Deoptimizations.ShouldBeLessThan(150, run.Log);
    }

    /// <summary>The number of copies of a proc of the prelude in which a loop was compiled.</summary>
    private static int LoopsOf(EntryRun run, string proc) => run.Events
        .Where(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == proc && e.Pc > 0)
        .Select(e => e.Code)
        .Distinct()
        .Count();

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Guards_that_fail_on_purpose_change_nothing(string body)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            EntryRun run = EntryRun.Agree(Hot(body, rounds: 100), [], 0.0, new EntryLimits { StressSeed = seed, HotLoop = 20 });

            run.Counters.Deoptimizations.ShouldBeGreaterThan(0, run.Log);
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_step_limit_ends_both_tiers_at_the_same_place(string body)
    {
        long steps = EntryRun.Interpreted(Hot(body, rounds: 60)).Steps;
        for (long limit = steps / 2; limit < steps; limit += steps / 40)
        {
            EntryRun.Agree(Hot(body, rounds: 60), [], 0.0, new EntryLimits { MaxSteps = limit, HotLoop = 20 }).Error.ShouldNotBeNull();
        }
    }

    [Fact]
    public void An_error_in_a_callback_has_the_trace_without_the_frames_of_the_library()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc check(x, n) {
                if x == 7 and n % 5 == 4 { throw error("ValueError", "seven") }
                return x
            }
            proc each(n) { return [1, 7, 3].map(x => check(x, n)) }
            for n in 0..200 {
                try { each(n) } catch e { print(e.message, e.trace) }
            }
            each(4)
            """,
            [],
            limits: new EntryLimits { HotLoop = 20 });

        run.Error!.Trace!.Select(static frame => frame.Prototype.Name).ShouldBe(["check", "<lambda>", "each", "<module>"]);
    }

    [Fact]
    public void A_callback_that_changes_the_list_raises_the_same_error()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc each(n) {
                let xs = [1, 2, 3]
                return xs.map(x => { if n > 150 { xs.push(x) }; return x }).sum()
            }
            var sum = 0
            for n in 0..160 {
                try { sum += each(n) } catch e { print(e.kind, e.message, e.line, e.trace) }
            }
            print(sum)
            """,
            [],
            limits: new EntryLimits { HotLoop = 20 });

        run.Output.ShouldContain("changed");
    }

    [Fact]
    public void A_callback_that_turns_out_to_be_no_proc_raises_the_error_of_the_builtin()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc each(n) { return [1, 2].map(if n < 150 { x => x + n } else { n }) }
            for n in 0..152 {
                try { each(n) } catch e { print(e.kind, e.message, e.line, e.trace) }
            }
            """,
            [],
            limits: new EntryLimits { HotLoop = 20 });

        run.Output.ShouldStartWith("TypeError ");
    }

    [Fact]
    public void A_struct_with_a_method_of_the_name_replaces_the_builtin()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Bag {
                items
                proc sorted(self, key) { return "bag ${key(1)}" }
            }
            proc each(xs) { return sorted(xs, x => -x) }
            for n in 0..200 { print(each(if n % 50 == 49 { Bag([n]) } else { [n, n + 1] })) }
            """,
            [],
            limits: new EntryLimits { HotLoop = 20 });

        run.Output.ShouldContain("bag -1");
    }

    [Fact]
    public void A_recursion_through_callbacks_has_one_frame_of_the_limit_for_each_call()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc down(n) { return [n].map(x => if x == 0 { 0 } else { down(x - 1)[0] + 1 }) }
            for i in 0..100 { down(20) }
            print(down(150))
            down(1000)
            """,
            [],
            share: 0.3,
            new EntryLimits { MaxFrames = 1_000, HotLoop = 20 });

        run.Error!.Message.ShouldContain("1000");
    }

    [Fact]
    public void Each_row_that_says_so_has_a_proc_and_each_proc_a_row()
    {
        string[] procs = [.. Prelude.Names.Order()];
        string[] rows =
        [
            .. Rows().Where(static row => row.Has(IntrinsicTraits.Scripted))
                .SelectMany(static row => Enumerable.Range(0, 10).Where(row.IsScripted).Select(count => Prelude.SourceNameOf(row, count)))
                .Concat(["iter_chain_1", "iter_product_1", "iterator_zip_1"]) // which take a list that C# makes of all arguments
                .Distinct().Order(),
        ];

        procs.ShouldBe(rows);
    }

    private static IEnumerable<Intrinsic> Rows() =>
        [
            .. LibraryTable.AllBuiltins(),
            .. LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods),
            .. LibraryTable.ModuleNames.SelectMany(
                static name => LibraryTable.TryFindModule(name, out LibraryModule? module) ? module.Procs() : []),
        ];

    private static string Hot(string body, int rounds) =>
        $$"""
        let xs = [3, 1, 4, 1, 5, 9, 2, 6]
        proc each(n) { return {{body}} }
        for n in 0..{{rounds}} { print(each(n)) }
        """;
}
