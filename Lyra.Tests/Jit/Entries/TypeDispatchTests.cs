using System.Linq;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Procs that test the types of their arguments: what was not recorded must not cost an exit each time.</summary>
public sealed class TypeDispatchTests
{
    private const string Trees =
        """
        struct Num { value }
        struct Add { left, right }
        struct Mul { left, right }
        struct Neg { operand }
        struct If { test, yes, no }
        var seed = 42
        proc random(limit) {
            seed = seed * 16807 % 2147483647
            return seed % limit
        }
        proc build(depth) {
            if depth == 0 or random(7) == 0 { return Num(random(9)) }
            return match random(5) {
                0 | 1 => Add(build(depth - 1), build(depth - 1))
                2 => Mul(build(depth - 1), build(depth - 1))
                3 => Neg(build(depth - 1))
                _ => If(build(depth - 1), build(depth - 1), build(depth - 1))
            }
        }
        proc value(e) {
            return match e {
                Num{value} => value
                Add{left, right} => (value(left) + value(right)) % 1000
                Mul{left, right} => value(left) * value(right) % 1000
                Neg{operand: Neg{operand}} => value(operand)
                Neg{operand} => -value(operand)
                If{test, yes, no} => if value(test) > 0 { value(yes) } else { value(no) }
            }
        }

        """;

    [Fact]
    public void A_dispatch_over_structs_has_few_exits()
    {
        EntryRun run = EntryRun.Agree(
            Trees + "var sum = 0\nfor i in 0..400 { sum += value(build(6)) }\nprint(sum)",
            ["value"],
            share: 0.8,
            new EntryLimits { HotLoop = 100 });

        run.Counters.Deoptimizations.ShouldBeLessThan(200, run.Log);
    }

    [Theory]
    [InlineData("1.5", "float")]
    [InlineData("true", "bool")]
    [InlineData("nil", "nil")]
    [InlineData("\"text\"", "str")]
    [InlineData("[1]", "list")]
    [InlineData("({1: 2})", "map")]
    [InlineData("set([1])", "set")]
    [InlineData("0..3", "range")]
    [InlineData("bytes(2)", "bytes")]
    [InlineData("P(1)", "P")]
    [InlineData("(1, 2)", "tuple")]
    [InlineData("1", "int")]
    [InlineData("Q", "proc")]
    public void A_test_that_was_always_false_holds_for_other_types_as_well(string value, string type)
    {
        EntryRun run = EntryRun.Agree(
            $$"""
            struct P { x }
            struct Q { x }
            let others = [Q(1), "s", [2], 2.5, nil, {1: 1}, 7, (1, 2, 3), 1..2, true]
            proc test(x) { return match x { _v: {{type}} => "yes", _ => "no" } }
            proc check(x, n) {
                var found = 0
                for i in 0..n { if test(x) == "yes" { found += i } }
                return found
            }
            for k in 0..50 { check(Q(k), 10) }
            for other in others { check(other, 100) }
            print(check({{value}}, 100), check(others[0], 100))
            """,
            [],
            share: 0.3,
            new EntryLimits { HotLoop = 30 });

        run.Error.ShouldBeNull();
        run.Output.ShouldEndWith("4950 0\n");
    }

    /// <summary>The constant of a struct type has a shape, but is no instance of it.</summary>
    [Fact]
    public void A_struct_type_is_no_instance_of_itself()
    {
        const string source =
            """
            struct P { x }
            struct Q { y }
            proc kind(v) { return match v { _a: P => "P", _b: Q => "Q", _ => "none" } }
            proc count(n) {
                var types = 0
                for i in 0..n {
                    if kind(P) == "none" { types += 1 }
                    if kind(P(i)) == "P" { types += 1000 }
                }
                return types
            }
            print(count(900))
            """;

        EntryRun.Agree(source, [], 0.5, new EntryLimits { HotLoop = 30 }).Output.ShouldBe("900900\n");
        for (int seed = 1; seed <= 8; seed++)
        {
            EntryRun.Agree(source, [], 0.0, new EntryLimits { HotLoop = 30, StressSeed = seed }).Output.ShouldBe("900900\n");
        }
    }

    [Fact]
    public void Calls_of_a_proc_are_recorded_while_they_change_its_profile()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc pick(n) {
                let m = ((((n * 7 + 3) % 1009 * 5 + 1) % 2003 * 3 + 2) % 4001 ^ n) & 4095
                if n % 16 == 0 { return n }
                if n % 16 == 3 { return n + 1 }
                if n % 16 == 5 { return n * 2 }
                if n % 16 == 8 { return n - 7 }
                if n % 16 == 11 { return n ^ 3 }
                if n % 16 == 14 { return n & 12 }
                return m - n
            }
            var i = 0
            proc next() { i += 1; return pick(i) }
            var sum = 0
            while i < 3000 { sum += next() }
            print(sum)
            """,
            ["pick"],
            share: 0.0,
            new EntryLimits { HotLoop = 1_000_000 });

        int recorded = run.Events.FindIndex(static e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == "pick");
        run.Events[..recorded].FindAll(static e => e.Kind == TierEventKind.Recorded && e.Code.Prototype.Name == "pick").Count
            .ShouldBeInRange(14, new RecordingLimits().MaxChangingCalls);
        run.Counters.Deoptimizations.ShouldBe(0, run.Log);
    }

    [Theory]
    [InlineData("struct S%  { v\n proc area(self) { return self.v * % + 1 } }", "S%(%)", "x.area()")]
    [InlineData("", "v => v * % + 1", "x(i)")]
    public void Sites_with_up_to_eight_types_or_procs_call_nothing_of_the_interpreter(string declaration, string item, string call)
    {
        string[] digits = ["1", "2", "3", "4", "5", "6", "7", "8"];
        string declarations = string.Join('\n', digits.Select(digit => declaration.Replace("%", digit)));
        string items = string.Join(", ", digits.Select(digit => item.Replace("%", digit)));
        EntryRun run = EntryRun.Agree(
            $$"""
            {{declarations}}
            let items = [{{items}}]
            proc total(n) {
                var sum = 0
                for i in 0..n { for x in items { sum = (sum + {{call}}) % 100003 } }
                return sum
            }
            print(total(2000))
            """,
            [],
            share: 0.5,
            new EntryLimits { HotLoop = 50 });

        run.Counters.CallOuts.ShouldBeLessThan(100, run.Log);
        run.Counters.Deoptimizations.ShouldBeLessThan(200, run.Log);
    }
}
