using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Inspection;
using Lyra.Jit.Profiles;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Inspection;

public sealed class RegionInspectorTests
{
    [Fact]
    public void A_loop_is_shown_with_its_states_from_hot_to_compiled()
    {
        InspectedRun run = new("var s = 0\nfor i in 0..2_000 {\n  s += i\n}\nprint(s)");

        run.Output.ShouldBe("1999000\n");
        HotPlace place = run.Inspector.Places.ShouldHaveSingleItem();
        place.Place.ShouldBe(new SourcePlace("<module>", "main.lyra", 2, "for i in 0..2_000 {"));
        (place.IsProc, place.Count, place.Recordings, place.ExitRecordings).ShouldBe((false, 50, 1, 0));
        place.Failures.ShouldBeEmpty();
        CompiledVersion version = run.CompiledAt(2);
        (version.Number, version.Recordings, version.Iterations > 0).ShouldBe((1, 1, true));
        version.Steps.ShouldBe(run.Statistics.CompiledSteps);
        version.IlBytes.ShouldBe((int)run.Statistics.CodeBytes);
        version.CompileTime.ShouldBeGreaterThan(default);
        version.BackgroundTime.ShouldBe(default, "the script waited for the compiler");
        version.PassTimes.Select(pass => pass.Pass).ShouldBeSubsetOf(version.Stages.Select(stage => stage.Name));
        version.PassTimes.Select(pass => pass.Time).ShouldBe(version.PassTimes.Select(pass => pass.Time).OrderDescending());
        version.Lines.Select(line => line.Line).ShouldBe([2, 3]);
        version.Stages[0].Name.ShouldBe("build");
        version.Stages[0].Text!.ShouldStartWith("loop @");
        version.Stages.ShouldContain(stage => stage.Text == null);
        version.Il.ShouldContain("ret");
    }

    [Fact]
    public void The_end_of_the_loop_is_a_guard_of_its_own()
    {
        CompiledVersion version = new InspectedRun(
            "proc f(n) {\n  var s = 0\n  for i in 0..n {\n"
            + "    s += i\n  }\n  return s\n}\nfor k in 0..20 { f(500) }").CompiledAt(3);

        GuardReport end = version.Guards.Where(guard => guard.IsEnd).ShouldHaveSingleItem();
        end.Assumption.ShouldBe("the loop continues");
        end.Exits.ShouldBeGreaterThan(0);
        version.Guards[0].ShouldBe(end);
        version.GuardCount.ShouldBe(version.Guards.Count);
    }

    [Fact]
    public void A_guard_that_fails_is_counted_with_its_line_and_what_it_assumes()
    {
        CompiledVersion version = new InspectedRun(
            "var s = 0\nfor i in 0..2_000 {\n  s += i\n"
            + "  if i % 500 == 499 {\n    s += 1\n  }\n}\nprint(s)").CompiledAt(2);

        GuardReport failing = version.Guards.First(guard => !guard.IsEnd);
        failing.Exits.ShouldBe(4);
        failing.Place.Line.ShouldBe(4);
        failing.Assumption.ShouldBe("(an int % 500) == 499 is false");
        version.Lines.Single(line => line.Line == 4).Exits.ShouldBe(4);
        version.Lines.ShouldNotContain(line => line.Line == 5);
    }

    [Fact]
    public void Inlined_procs_and_inner_loops_are_a_tree()
    {
        const string source = """
            proc twice(x) { return x + x }
            proc both(a, b) {
                return twice(a) + twice(b)
            }
            proc f(n) {
                var s = 0
                for i in 0..n {
                    s += both(i, 1)
                    for j in 0..3 {
                        s += twice(j)
                    }
                }
                return s
            }
            print(f(2_000))
            """;
        CompiledVersion version = new InspectedRun(source).CompiledAt(7);

        Text(version.Tree).ShouldBe("loop 7(both 8(twice 3, twice 3), loop 9(twice 10))");
        version.Lines.Select(line => line.Line).ShouldBe([1, 3, 7, 8, 9, 10], ignoreOrder: true);
    }

    [Fact]
    public void Generators_are_in_the_tree_with_what_they_call()
    {
        const string source = """
            proc naturals(n) { var i = 0; while i < n { yield i; i += 1 } }
            proc squared(x) { return x * x }
            proc mapped(f, it) {
                for x in it { yield f(x) }
            }
            proc odd(it) { for x in it { if x & 1 == 1 { yield x } } }
            var total = 0
            for x in odd(mapped(squared, naturals(2_000))) {
                total += x % 100
            }
            print(total)
            """;
        InspectedRun run = new(source);

        run.Inspector.Places.SelectMany(place => place.Failures).ShouldNotContain(failure => failure.Reason == AbortReason.CompilerFault);
        Text(run.CompiledAt(8).Tree).ShouldBe("loop 8(odd 8(loop 6(mapped 6(squared 4, naturals 4))))");
    }

    [Fact]
    public void A_step_counts_for_the_innermost_region_alone()
    {
        const string source = """
            proc sumTo(n) {
                var s = 0
                for i in 0..n { s += i }
                return s
            }
            var total = 0
            for i in 0..500 {
                total += sum([60, 70].map(sumTo))
            }
            print(total)
            """;
        InspectedRun run = new(source);

        run.CompiledAt(3).Steps.ShouldBeGreaterThan(run.CompiledAt(7).Steps);
        run.Inspector.Places.Sum(place => place.Steps).ShouldBe(run.Statistics.CompiledSteps);
    }

    [Fact]
    public void Interpreter_call_outs_are_counted()
    {
        CompiledVersion version = new InspectedRun(
            "var m = {}\nvar s = 0\nfor i in 0..2_000 {\n"
            + "  s += i\n  m.update({})\n}\nprint(s)").CompiledAt(3);

        InterpretedReport report = version.Interpreted.ShouldHaveSingleItem();
        report.Place.Line.ShouldBe(5);
        report.Instruction.ShouldStartWith("CallMethod r");
        report.Count.ShouldBeGreaterThan(500);
        version.Lines.Single(line => line.Line == 5).Interpreted.ShouldBe(report.Count);
    }

    [Fact]
    public void An_aborted_compilation_has_a_reason_and_a_line()
    {
        HotPlace place = new InspectedRun("proc numbers() {\n  for i in 0..200 {\n    yield i\n  }\n}\nprint(sum(numbers()))").At(2);

        place.Versions.ShouldBeEmpty();
        FailedAttempts failure = place.Failures[0];
        failure.Reason.ShouldBe(AbortReason.Suspended);
        failure.Detail.ShouldBe("in numbers at main.lyra:3");
        failure.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_region_that_does_not_pay_is_shown_with_the_reason_for_which_it_was_dropped()
    {
        InspectedRun run = new(
            "let m = {}\nlet e = {}\nfor i in 0..20_000 {\n"
            + "  m.update(e); m.update(e); m.update(e); m.update(e); m.update(e); m.update(e)\n}");

        HotPlace place = run.At(3);
        place.Versions.ShouldNotBeEmpty();
        place.Dropped.ShouldBe("needs the interpreter too often");
    }

    [Fact]
    public void Versions_of_a_loop_that_grows_are_kept_in_order()
    {
        InspectedRun run = new(
            "var s = 0\nvar i = 0\nwhile i < 5_000 {\n"
            + "  if i < 2_500 { s += i } else { s -= i }\n  i += 1\n}\nprint(s)", JitMode.Stress);

        HotPlace place = run.Inspector.Places.First(p => p.Place.Line == 3);
        place.Versions.Select(version => version.Number).ShouldBe(Enumerable.Range(1, place.Versions.Count));
        place.Steps.ShouldBe(place.Versions.Sum(version => version.Steps));
    }

    [Fact]
    public void Compiled_places_are_listed_in_compilation_order_before_the_others()
    {
        InspectedRun run = new(
            "proc g() {\n  for i in 0..200 { yield i }\n}\nvar s = sum(g())\n"
            + "for i in 0..500 {\n  s += i\n}\nfor i in 0..500 {\n  s -= i\n}\nprint(s)");

        run.Inspector.Places.Select(place => place.Place.Line).ShouldBe([5, 8, 2]);
    }

    private static string Text(RegionPart part)
    {
        string head = part.Kind == RegionPartKind.Loop ? $"loop {part.Place.Line}" : $"{part.Place.Proc} {part.CalledAt}";
        IEnumerable<string> inner = part.Parts.Select(Text);
        return part.Parts.Count == 0 ? head : $"{head}({string.Join(", ", inner)})";
    }
}
