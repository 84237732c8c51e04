using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting.Boundaries;

/// <summary>
/// An engine refuses the mutable objects and the procs of another engine, however the host passes them, and accepts immutable values.
/// </summary>
public sealed class ForeignValueTests
{
    private static readonly LyraOptions Interpreting = new() { Jit = JitMode.Off };

    private static readonly LyraOptions Compiling = new()
    {
        HotLoopThreshold = 5,
        HotProcThreshold = 5,
        HotExitThreshold = 2,
        CompilesInBackground = false,
    };

    public static TheoryData<string, bool> WaysInBothTiers()
    {
        TheoryData<string, bool> data = [];
        foreach (string way in ForeignValues.Ways.Keys)
        {
            data.Add(way, false);
            data.Add(way, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WaysInBothTiers))]
    public void Bound_values_are_refused_and_the_engine_stays_usable(string way, bool compiles)
    {
        foreach ((string kind, string source) in ForeignValues.Bound)
        {
            using LyraEngine owner = new(OptionsFor(compiles));
            using LyraEngine other = new(OptionsFor(compiles));
            LyraValue value = owner.Run(source);
            ArgumentException refusal = RefusalOf(() => ForeignValues.Ways[way](other, value), kind);
            refusal.Message.ShouldContain("another engine", Case.Sensitive, kind);
            other.Run("1 + 1").As<int>().ShouldBe(2, kind);
            owner.Globals["back"] = value;
            owner.Run("1 + 1").As<int>().ShouldBe(2, kind);
            owner.Statistics.Integrity.Violations.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(WaysInBothTiers))]
    public void Immutable_values_pass(string way, bool compiles)
    {
        foreach ((string kind, string source) in ForeignValues.Free)
        {
            using LyraEngine owner = new(OptionsFor(compiles));
            using LyraEngine other = new(OptionsFor(compiles));
            LyraValue value = owner.Run(source);
            LyraValue received = ForeignValues.Ways[way](other, value);
            received.ToString().ShouldBe(value.ToString(), kind);
            (received == value).ShouldBeTrue(kind);
        }
    }

    [Theory]
    [MemberData(nameof(WaysInBothTiers))]
    public void Its_own_values_pass(string way, bool compiles)
    {
        foreach ((string kind, string source) in ForeignValues.Bound)
        {
            using LyraEngine engine = new(OptionsFor(compiles));
            LyraValue value = engine.Run(source);
            Should.NotThrow(() => ForeignValues.Ways[way](engine, value), kind);
        }
    }

    [Fact]
    public void What_the_host_has_made_belongs_to_the_first_engine_that_gets_it()
    {
        using LyraEngine first = new();
        using LyraEngine second = new();
        LyraValue inner = LyraValue.From(Enumerable.Range(1, 2));
        LyraValue outer = LyraValue.From(new[] { inner, inner });
        first.Globals["xs"] = outer;
        first.Globals["ys"] = inner;
        Refused(() => second.Globals["xs"] = outer);
        Refused(() => second.Globals["ys"] = inner);
        first.Run("ys[0] = 5\nxs").ToString().ShouldBe("[[5, 2], [5, 2]]");
        second.Globals["zs"] = LyraValue.From(inner.As<int[]>());
        second.Run("zs").ToString().ShouldBe("[5, 2]");
    }

    [Fact]
    public void A_refused_container_stays_free()
    {
        using LyraEngine first = new();
        using LyraEngine second = new();
        LyraValue free = LyraValue.From(Enumerable.Range(1, 2));
        LyraValue mixed = LyraValue.From(new[] { free, first.Run("[2]") });
        Refused(() => second.Globals["xs"] = mixed);
        second.Globals["xs"] = free;
        Refused(() => first.Globals["xs"] = free);
    }

    [Fact]
    public void What_is_read_from_a_container_belongs_to_its_engine()
    {
        using LyraEngine owner = new();
        using LyraEngine other = new();
        LyraValue list = owner.Run("[[1], {\"k\": [2]}, ([3], 1)]");
        IReadOnlyList<LyraValue> view = list.As<IReadOnlyList<LyraValue>>();
        LyraValue[] parts =
        [
            view[0],
            view.Select(static part => part).First(),
            list.As<LyraValue[]>()[0],
            list.As<List<LyraValue>>()[0],
            view[1].As<IReadOnlyDictionary<LyraValue, LyraValue>>()["k"],
            view[1].As<IReadOnlyDictionary<LyraValue, LyraValue>>().Values.First(),
            view[1].As<Dictionary<string, LyraValue>>()["k"],
            view[2].As<(LyraValue, int)>().Item1,
            view[2].As<IReadOnlyList<LyraValue>>()[0],
            LyraValue.From(list.As<object[]>()[0]),
        ];
        for (int i = 0; i < parts.Length; i++)
        {
            Refused(() => other.Globals["x"] = parts[i], $"part {i}");
        }

        LyraValue set = owner.Run("struct P { x: int }\nset([P(1)])");
        Refused(() => other.Globals["x"] = set.As<LyraValue[]>()[0]);
        Refused(() => other.Globals["x"] = set.As<HashSet<LyraValue>>().First());
        Refused(() => other.Globals["x"] = set.As<IReadOnlyCollection<LyraValue>>().First());
    }

    [Fact]
    public void What_a_delegate_receives_belongs_to_the_engine_that_calls_it()
    {
        using LyraEngine owner = new();
        using LyraEngine other = new();
        List<LyraValue> kept = [];
        owner.Define("one", (LyraValue x) => kept.Add(x));
        owner.Define("object", (object x) => kept.Add(LyraValue.From(x)));
        owner.Define("list", (IReadOnlyList<LyraValue> x) => kept.Add(x[0]));
        owner.Define("array", (LyraValue[] x) => kept.Add(x[0]));
        owner.Define("map", (Dictionary<string, LyraValue> x) => kept.Add(x["a"]));
        owner.Define("rest", (params LyraValue[] x) => kept.Add(x[0]));
        owner.Define("call", (Func<LyraValue> f) => kept.Add(f()));
        owner.Run("one([1]); object([1]); list([[1]]); array([[1]]); map({\"a\": [1]}); rest([1]); call(() => [1])");
        kept.Count.ShouldBe(7);
        for (int i = 0; i < kept.Count; i++)
        {
            Refused(() => other.Globals["x"] = kept[i], $"value {i}");
        }
    }

    [Fact]
    public void A_value_kept_after_its_engine_was_disposed_is_refused()
    {
        using LyraEngine other = new();
        LyraValue list;
        LyraValue text;
        Func<int, int> twice;
        using (LyraEngine owner = new())
        {
            list = owner.Run("[1, 2]");
            text = owner.Run("var s = \"\"\nfor i in 0..400 { s += \"text\" }\ns");
            twice = owner.Run("x => x * 2").As<Func<int, int>>();
        }

        list.ToString().ShouldBe("[1, 2]");
        Refused(() => other.Globals["x"] = list);
        other.Globals["x"] = text;
        other.Run("(x + \"more\").length()").As<int>().ShouldBe(1604);
        other.Define("twice", twice);
        Should.Throw<LyraException>(() => other.Run("twice(1)")).InnerException.ShouldBeOfType<ObjectDisposedException>();
    }

    [Fact]
    public void A_delegate_of_a_proc_is_the_way_to_call_it_from_another_engine()
    {
        using LyraEngine owner = new(Compiling);
        using LyraEngine other = new(Compiling);
        owner.Run("var calls = 0\nproc twice(x) { calls += 1; var s = 0; for i in 0..x { s += 2 }; return s }");
        other.Define("twice", owner.GetProc<Func<int, int>>("twice"));
        other.Run("var s = 0\nfor i in 0..200 { s += twice(i) }\ns").As<int>().ShouldBe(39_800);
        owner.Run("calls").As<int>().ShouldBe(200);
        owner.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        other.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        other.Define("apply", owner.Run("x => x[0]").As<Func<LyraValue, LyraValue>>());
        LyraException e = Should.Throw<LyraException>(() => other.Run("apply([1])"));
        e.Kind.ShouldBe("HostError");
        e.InnerException.ShouldBeOfType<ArgumentException>();
    }

    [Fact]
    public void An_error_of_another_engine_is_a_host_error()
    {
        using LyraEngine owner = new();
        using LyraEngine other = new();
        owner.Run("proc fail() { throw error(\"Custom\", \"no\") }");
        other.Define("fail", owner.GetProc<Action>("fail"));
        other.Run("var r = nil\ntry { fail() } catch e { r = (e.kind, e.message) }\nr").ToString().ShouldBe("(\"HostError\", \"no\")");
        other.Define("task", async () =>
        {
            await Task.Yield();
            owner.Run("fail()");
        });
        LyraException e = Should.Throw<LyraException>(() => other.Run("await task()"));
        e.Kind.ShouldBe("HostError");
        e.InnerException.ShouldBeOfType<LyraException>().Kind.ShouldBe("Custom");
    }

    [Fact]
    public void Values_of_two_engines_compare_without_calling_a_hook()
    {
        const string Declare = "var called = 0\nstruct P { x: int\n proc __eq(self, other) { called += 1; return true } }\n";
        using LyraEngine owner = new();
        using LyraEngine other = new();
        LyraValue a = owner.Run(Declare + "[P(1)]");
        LyraValue b = other.Run(Declare + "[P(1)]");
        LyraValue c = other.Run("[[P(2)]]").As<LyraValue[]>()[0];
        (a == b).ShouldBeFalse();
        (a == LyraValue.From(new[] { b.As<LyraValue[]>()[0] })).ShouldBeFalse();
        (owner.Run("[1, [2]]") == other.Run("[1, [2]]")).ShouldBeTrue();
        owner.Run("called").As<int>().ShouldBe(0);
        other.Run("called").As<int>().ShouldBe(0);
        (b == c).ShouldBeTrue();
        (b == LyraValue.From(new[] { c.As<LyraValue[]>()[0] })).ShouldBeTrue();
        other.Run("called").As<int>().ShouldBe(2);
    }

    [Fact]
    public void Compiled_loops_refuse_what_a_delegate_returns()
    {
        const string Source = """
            var refused = 0
            var sum = 0
            for i in 0..400 {
                try { let x = give(i); if type(x) == "int" { sum += x } } catch e { refused += 1 }
            }
            (refused, sum)
            """;
        string[] results = [.. new[] { Interpreting, Compiling }.Select(options =>
        {
            using LyraEngine owner = new(options);
            using LyraEngine other = new(options);
            LyraValue list = owner.Run("[1]");
            other.Define("give", (int i) => i % 50 == 49 ? list : LyraValue.From(i));
            string result = other.Run(Source).ToString();
            (other.Statistics.Jit.CompiledSteps > 0).ShouldBe(options == Compiling);
            return $"{result} {other.Statistics.Jit.Steps}";
        })];
        results[0].ShouldStartWith("(8, 78008)");
        results[1].ShouldBe(results[0]);
    }

    [Fact]
    public void What_compiled_loops_pass_to_a_delegate_belongs_to_their_engine()
    {
        using LyraEngine owner = new(Compiling);
        using LyraEngine other = new(Compiling);
        LyraValue last = default;
        owner.Define("note", (LyraValue x) => { last = x; });
        owner.Run("for i in 0..200 { note([i]) }");
        owner.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        last.ToString().ShouldBe("[199]");
        Refused(() => other.Globals["x"] = last);
    }

    [Fact]
    public void A_built_str_does_not_share_its_buffer_with_another_engine()
    {
        using LyraEngine owner = new();
        using LyraEngine other = new();
        LyraValue text = owner.Run("var s = \"\"\nfor i in 0..400 { s += \"text\" }\ns");
        LyraValue pair = owner.Run("(s, 1)");
        other.Globals["s"] = text;
        other.Globals["p"] = pair;
        owner.Globals["t"] = text;
        string[] ends = [.. new[] { owner.Run("let a = s + \"owner\"\na"), other.Run("let b = s + \"other\"\nlet c = p[0] + \"third\"\nb"),
            other.Run("c"), owner.Run("a") }.Select(static value => value.As<string>()[1600..])];
        ends.ShouldBe(["owner", "other", "third", "owner"]);
    }

    [Theory]
    [InlineData("nil", false)]
    [InlineData("[1]", true)]
    public void Tuples_that_share_their_items_or_nest_deeply_are_inspected_once(string innermost, bool isRefused)
    {
        using LyraEngine owner = new();
        using LyraEngine other = new();
        LyraValue shared = owner.Run($"var t = ({innermost}, 1)\nfor i in 0..60 {{ t = (t, t) }}\nt");
        LyraValue deep = owner.Run($"var t = ({innermost}, 1)\nfor i in 0..200_000 {{ t = (t, 1) }}\nt");
        foreach (LyraValue tuple in new[] { shared, deep })
        {
            if (isRefused)
            {
                Refused(() => other.Globals["t"] = tuple);
            }
            else
            {
                other.Globals["t"] = tuple;
                other.Run("t[1] is t[1]").As<bool>().ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void The_text_of_another_engine_is_charged_before_it_is_copied()
    {
        using LyraEngine owner = new();
        using LyraEngine other = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 1 << 20 } });
        LyraValue text = owner.Run("var s = \"\"\nfor i in 0..1_000_000 { s += \"text\" }\ns");
        other.Define("give", () => text);
        Should.Throw<LyraLimitException>(() => other.Run("give()")).Limit.ShouldBe(LimitKind.Memory);
        other.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Fact]
    public void The_recording_of_one_engine_does_not_trap_another()
    {
        // Before procs were refused, the call below executed the traps of the first engine's recording.
        foreach (LyraOptions options in new[] { Interpreting, Compiling })
        {
            using LyraEngine owner = new(options);
            using LyraEngine other = new(options);
            List<Exception> refusals = [];
            owner.Define("peek", () =>
            {
                try
                {
                    other.Call("run", owner.Globals["f"]);
                }
                catch (Exception e)
                {
                    refusals.Add(e);
                }
            });
            other.Run("proc run(f) { return f(1) }");
            owner.Run("proc f(n) { var s = 0; for i in 0..n { s += i; if i % 3 == 0 { peek() } }; return s }");
            owner.Call("f", 100).As<int>().ShouldBe(4950);
            refusals.Count.ShouldBe(34);
            refusals.ShouldAllBe(static e => e is ArgumentException);
            (owner.Statistics.Jit.CompiledSteps > 0).ShouldBe(options == Compiling);
            other.Run("2 + 2").As<int>().ShouldBe(4);
        }
    }

    private static LyraOptions OptionsFor(bool compiles) => compiles ? Compiling : Interpreting;

    private static void Refused(Action give, string? what = null) =>
        Should.Throw<ArgumentException>(give, what).Message.ShouldContain("another engine");

    /// <summary>The exception of a refusal: thrown by the API itself, or the cause of a HostError within a run.</summary>
    private static ArgumentException RefusalOf(Action give, string kind)
    {
        Exception e = Should.Throw<Exception>(give, kind);
        if (e is LyraException { Kind: "HostError", InnerException: { } inner })
        {
            e = inner;
        }

        return e.ShouldBeAssignableTo<ArgumentException>($"{kind}: {e}")!;
    }
}
