using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Matches whose arms are chosen by the type and a part of the subject instead of tried one by one.</summary>
public sealed class MatchDispatchTests
{
    /// <summary>
    /// Procs that match in the same way, one with arms that are chosen, one with an arm before each that prevents it. The program compares
    /// them on values of all kinds.
    /// </summary>
    private const string Values = """
        struct P { x; y }
        struct Q { x; y }
        struct Same { n; proc __eq(self, other) { return other == self.n } }
        let values = [
            P(1, 2), P(2, 2), P("a", 3), P(1.0, 4), P(Same(1), 5), P(nil, 6), Q(1, 2), Q(P(1, 1), 3), Q([1], 4), Same(2), (1, 2), (2, 3),
            (Same(1), 4), ("a",), (1.0, 5, 6), (), [1, 2], ["a", 3], [], [nil], {"kind": "a", "v": 1}, {"kind": "b"}, {"v": 3}, {},
            {"kind": Same("b"), "v": 4}, {"kind": 1.0}, nil, true, 1, 2.5, "a", 1 << 70, 1..4, set([1]), x => x,
        ]
        """;

    private const string Arms = """
        P{x: 1, y: 2} as p => "p12 ${p.y}"
        P{x: 1, y} if y > 4 => "p1 big ${y}"
        P{x: 1, y} => "p1 ${y}"
        P{x: 2 | 3, y} => "p23 ${y}"
        P{x: "a", y} => "pa ${y}"
        (1, b) if b > 4 => "t1 big ${b}"
        ("a" | "b", ...) => "ta"
        Q{x: P{x, y}} => "q p ${x}"
        (1, b) => "t1 ${b}"
        (2, b) => "t2 ${b}"
        (1, b, c) => "t1 ${b} ${c}"
        [1, b] => "l1 ${b}"
        {"kind": "a", "v": v} => "ma ${v}"
        {"kind": "b", ...} => "mb"
        {"kind": "c", ...} => "mc"
        {"kind": 1, ...} => "m1"
        ["a", b] => "la ${b}"
        q: Q => "q ${q.x == nil}"
        n: int => "int ${n}"
        f: float => "float ${f}"
        s: str => "str ${s}"
        {"v": v, ...} => "mv ${v}"
        [...all] => "l ${length(all)}"
        (...all) => "t ${length(all)}"
        """;

    [Fact]
    public void Chosen_arms_are_those_that_match_first()
    {
        string oneByOne = string.Join('\n', Arms.Split('\n').Select(arm => "_ if never => \"\"\n" + arm));
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            {{Values}}
            let never = false
            proc chosen(v) { return match v { {{Arms}}
                _ => "other" } }
            proc tried(v) { return match v { {{oneByOne}}
                _ => "other" } }
            var differences = 0
            for round in 0..50 {
                for i, v in values {
                    let a = chosen(v)
                    let b = tried(v)
                    if a != b { print(i, a, b); differences += 1 }
                    if round == 0 { print(a) }
                }
            }
            print("differences", differences)
            """,
            3,
            20);
        run.Interpreted.ShouldNotContain(Opcode.FindType);
        run.Interpreted.ShouldNotContain(Opcode.Switch);
    }

    /// <summary>Names of other modules may stand for a struct that has another name already.</summary>
    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.Stress)]
    public void Two_names_of_one_struct_are_tried_in_order(JitMode jit)
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string>
        {
            ["u"] = "pub var Q = nil\npub struct R { x }\npub proc register(t) { Q = t }",
        });
        using LyraEngine engine = new(new LyraOptions { Jit = jit, ModuleLoader = loader });
        LyraValue result = engine.Run(
            """
            import "u" as u
            import "u" as v
            import { R } from "u"
            struct P { x }
            u.register(P)
            proc f(p) { return match p { P{x: 1} => 1, u.Q{x: 2} => 2, P{x: 2} => 3, [a] => 4, (a, b) => 5, _ => 6 } }
            proc g(p) { return match p { u.R{x: 1} => 1, v.R{x: 2} => 2, R{x: 3} => 3, u.R{x: 3} => 4, [a] => 5, _ => 6 } }
            var s = []
            for i in 0..100 { s = [f(P(1)), f(P(2)), f([0]), g(R(1)), g(R(2)), g(R(3)), g(R(4))] }
            s
            """,
            "main.lyra");

        result.ToString().ShouldBe("[1, 2, 4, 1, 2, 3, 6]");
        (engine.Statistics.Jit.Entries > 0).ShouldBe(jit == JitMode.Stress);
    }

    /// <summary>Arms of structs of other modules and of this one, with repeated types, literals, guards and a variable.</summary>
    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.Stress)]
    public void Structs_of_other_modules_are_chosen_as_if_tried_in_order(JitMode jit)
    {
        const string Arms = """
            u.A{x: 1} => "a1"
            P{x: 1} => "p1"
            v.A{x: 2} => "a2"
            u.Q{x: 2} if x == 2 => "q2"
            [a] => "list"
            u.A{x: 3} => "a3"
            u.A{x: 4} => "a4"
            u.A{x: 5} => "a5"
            u.A{x: 6} => "a6"
            A{x: 3} => "never"
            P{x: 2} => "p2"
            u.Q{x} => "q ${x}"
            b: u.B => "b ${b.x}"
            v.B{x} => "never"
            u.missing{x} => "never"
            n: int => "int"
            A{x} => "a ${x}"
            """;
        string oneByOne = string.Join('\n', Arms.Split('\n').Select(arm => "_ if never => \"\"\n" + arm));
        DictionaryModuleLoader loader = new(new Dictionary<string, string>
        {
            ["u"] = "pub struct A { x }\npub struct B { x }\npub let missing = 1\npub var Q = nil\npub proc name(t) { Q = t }",
        });
        using LyraEngine engine = new(new LyraOptions { Jit = jit, ModuleLoader = loader });
        string differences = engine.Run(
            $$"""
            import "u" as u
            import "u" as v
            import { A } from "u"
            struct P { x }
            let never = false
            let x = 2
            proc chosen(s) { return match s { {{Arms}}
                _ => "other" } }
            proc tried(s) { return match s { {{oneByOne}}
                _ => "other" } }
            var differences = []
            for round in 0..80 {
                u.name([nil, P, u.B, A][round % 4])
                for s in [A(1), A(2), A(3), A(4), A(5), A(6), A(7), P(1), P(2), P(3), u.B(1), u.B(2), [1], [1, 2], 7, "s"] {
                    if chosen(s) != tried(s) { differences.push((round, s, chosen(s), tried(s))) }
                }
            }
            differences
            """,
            "main.lyra").ToString();

        differences.ShouldBe("[]");
        (engine.Statistics.Jit.Entries > 0).ShouldBe(jit == JitMode.Stress);
    }

    /// <summary>A variable of another module is no constant to compiled code.</summary>
    [Theory]
    [InlineData("match p { u.Q{x: 1} => 1, _ => 2 }")]
    [InlineData("match p { u.Q{x: 1} => 1, u.A{x: 2} => 3, [a] => 4, (a, b) => 5, _ => 2 }")]
    public void A_struct_that_a_variable_names_may_change_in_compiled_code(string match)
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string>
        {
            ["u"] = "pub struct A { x }\npub struct B { x }\npub var Q = A\npub proc name(t) { Q = t }",
        });
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Stress, ModuleLoader = loader });
        LyraValue result = engine.Run(
            $$"""
            import "u" as u
            proc f(p) { return {{match}} }
            proc sum(p, n) {
                var total = 0
                for i in 0..n { total += f(p) }
                return total
            }
            proc alternating(p, n) {
                var total = 0
                for i in 0..n {
                    u.name(if i % 2 == 0 { u.A } else { u.B })
                    total += {{match}}
                }
                return total
            }
            let first = (sum(u.A(1), 1000), sum(u.B(1), 1000))
            u.name(u.B)
            [first, (sum(u.A(1), 1000), sum(u.B(1), 1000)), alternating(u.A(1), 1000)]
            """,
            "main.lyra");

        result.ToString().ShouldBe("[(1000, 2000), (2000, 1000), 1500]");
        engine.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.Stress)]
    public void A_guard_may_change_what_the_next_arm_names(JitMode jit)
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string>
        {
            ["u"] = "pub struct A { x }\npub struct B { x }\npub var Q = A\npub proc name(t) { Q = t }",
        });
        using LyraEngine engine = new(new LyraOptions { Jit = jit, ModuleLoader = loader });
        LyraValue result = engine.Run(
            """
            import "u" as u
            proc renamed(t) { u.name(t); return false }
            proc f(p) {
                return match p { u.Q{x: 1} if renamed(u.B) => 1, u.Q{x: 1} => 2, u.A{x} if x > 1 => 3, [a] => 4, _ => 5 }
            }
            var s = []
            for i in 0..100 {
                u.name(u.A)
                s = [f(u.A(1)), f(u.A(2)), f(u.B(1)), f([1])]
            }
            s
            """,
            "main.lyra");

        result.ToString().ShouldBe("[5, 3, 2, 4]");
        (engine.Statistics.Jit.Entries > 0).ShouldBe(jit == JitMode.Stress);
    }

    [Fact]
    public void A_subject_of_one_type_needs_no_search()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            struct A { n }
            struct B { n }
            struct C { n }
            struct D { n }
            let items = [C(1), C(2), C(3)]
            var s = 0
            for i in 0..500 {
                s += match items[i % 3] { A{n} => n, B{n} => 2 * n, C{n} => 3 * n, D{n} => 4 * n }
            }
            print(s)
            """);
        run.Nodes.ShouldNotContain(node => node.Op == Lyra.Jit.Ir.IrOp.Call);
    }

    /// <summary>Instances that equal literals pay for the comparisons by charges of their own.</summary>
    [Fact]
    public void Steps_and_their_limit_are_the_same_where_literals_are_compared_one_by_one()
    {
        const string Source = """
            struct Same { n; proc __eq(self, other) { return self.n == other } }
            proc literal(a, limit) {
                return match a { 1 if limit > 1 => 10, 2 if limit > 2 => 20, 3 => 30, "x" => 40, 1 => 11, 5 if limit > 5 => 50, _ => 0 }
            }
            proc part(a, b) {
                return match (a, b) { (1, b) if b > 1 => 10, (2, b) if b > 2 => 20, (3, 7) => 30, (1, 9) => 11, (5, ...) => 50, _ => 0 }
            }
            var s = 0
            for i in 0..60 {
                s = (s * 3 + literal(Same(i % 7), i % 5) + part(Same(i % 6), i % 11) + literal(i % 7, 9) + part(i % 6, 9)) % 1000003
            }
            print(s)
            """;
        TierCounters whole = TwoTiers.ShouldAgree(Source, TwoTiers.After(5));

        whole.CompiledSteps.ShouldBeGreaterThan(0);
        for (int steps = 3_000; steps < 3_300; steps += 3)
        {
            TwoTiers.ShouldAgree(Source, TwoTiers.After(5), new RunLimits(steps, null, default));
        }
    }

    [Theory]
    [InlineData("S{0}{{a}} => a", "S{0}({0})")]
    [InlineData("(\"op{0}\", a) => a", "(\"op{0}\", {0})")]
    [InlineData("({0}, a) => a", "({0}, {0})")]
    [InlineData("[\"op{0}\", a, ...] => a", "[\"op{0}\", {0}]")]
    [InlineData("{{\"kind\": \"op{0}\", \"n\": a}} => a", "{{\"kind\": \"op{0}\", \"n\": {0}}}")]
    [InlineData("Op{{code: {0}, a}} => a", "Op({0}, {0})")]
    [InlineData("u.S{0}{{a}} => a", "u.S{0}({0})")]
    [InlineData("u.Op{{code: {0}, a}} => a", "u.Op({0}, {0})")]
    public void The_number_of_arms_does_not_change_what_is_executed(string arm, string value)
    {
        long few = ExecutedForLastArm(arm, value, 5);
        ExecutedForLastArm(arm, value, 500).ShouldBe(few);
    }

    private static long ExecutedForLastArm(string arm, string value, int arms)
    {
        StringBuilder structs = new("pub struct Op { code; a }\n");
        for (int i = 0; i < arms; i++)
        {
            structs.Append(FormattableString.Invariant($"pub struct S{i} {{ a }}\n"));
        }

        StringBuilder source = new StringBuilder("import \"u\" as u\n").Append(structs);
        source.Append("proc classOf(v) {\n return match v {\n");
        for (int i = 0; i < arms; i++)
        {
            source.AppendFormat(null, arm, i).Append('\n');
        }

        source.Append("}\n}\nclassOf(").AppendFormat(null, value, arms - 1).Append(')');

        DictionaryModuleLoader loader = new(new Dictionary<string, string> { ["u"] = structs.ToString() });
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, ModuleLoader = loader });
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        engine.Run(source.ToString(), "arms.lyra").As<long>().ShouldBe(arms - 1);
        return profiler.Snapshot().Code.Where(i => i.Proc == "classOf").Sum(i => i.Count);
    }
}
