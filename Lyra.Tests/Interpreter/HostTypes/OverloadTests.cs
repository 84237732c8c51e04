using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness.HostTypes;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Of overloads that fit the arguments alike, the one with the fewest parameters is called.</summary>
public sealed class OverloadTests
{
    [Theory]
    [InlineData("o.defaults(1)", "one")]
    [InlineData("o.defaults(1, 2)", "two 2")]
    [InlineData("o.defaults(1, y: 2)", "two 2")]
    [InlineData("o.further(1)", "none")]
    [InlineData("o.further(1, 2)", "one 2")]
    [InlineData("o.further(1, 2, 3)", "more 2")]
    [InlineData("o.further(...[1, 2, 3, 4])", "more 3")]
    [InlineData("o.types(1)", "int")]
    [InlineData("o.types(1.5)", "float")]
    [InlineData("o.types(\"s\")", "str 3")]
    [InlineData("Many.static(1)", "one")]
    [InlineData("Many(1).made", "one")]
    [InlineData("Many(1, 2).made", "two 2")]
    public void Both_tiers_choose_the_same(string call, string expected)
    {
        using LyraEngine engine = Define(new LyraEngine());
        engine.Run(call).ShouldBe(LyraValue.From(expected));
        HostCode.ShouldAgree($"var s = []\nfor i in 0..40 {{ s.push({call}) }}\nprint(s)", Define, leastShare: 0.1);
    }

    [Fact]
    public void What_fits_alike_with_as_many_parameters_is_ambiguous()
    {
        using LyraEngine engine = Define(new LyraEngine());
        Should.Throw<LyraException>(() => engine.Run("o.nothing(nil)")).Message.ShouldBe(
            "the call of Many.nothing with (nil) is ambiguous; there are nothing(String x), nothing(Nullable<Double> x)");
    }

    /// <summary>Where values of a script are no values of one C# type: docs/host-objects.md, "Overloads".</summary>
    [Theory]
    [InlineData("p.text(nil)", "string")]
    [InlineData("p.text(\"a\")", "string")]
    [InlineData("p.text(1)", "object")]
    [InlineData("p.large(2 ** 70)", "double")]
    [InlineData("p.large(1)", "double")]
    [InlineData("p.large(\"a\")", "object")]
    [InlineData("p.big(2 ** 70)", "BigInteger")]
    [InlineData("p.whole(7)", "long")]
    [InlineData("p.whole(2 ** 40)", "long")]
    [InlineData("p.narrow(7)", "int")]
    [InlineData("p.fraction(1.5)", "double")]
    [InlineData("p.fraction(7)", "float")]
    [InlineData("p.nullable(nil)", "int?")]
    [InlineData("p.nullable(7)", "int?")]
    [InlineData("p.level(\"Good\")", "Level")]
    [InlineData("p.level(\"other\")", "object")]
    [InlineData("p.letter(\"a\")", "object")]
    [InlineData("p.raw(\"a\")", "LyraValue")]
    [InlineData("p.raw(nil)", "LyraValue")]
    [InlineData("p.raw(1)", "int")]
    [InlineData("p.list([1])", "int[]")]
    [InlineData("p.list(words)", "IEnumerable")]
    [InlineData("p.named(x: \"a\")", "string")]
    [InlineData("p.named(x: 1)", "int")]
    [InlineData("p.named(y: 1)", "y")]
    [InlineData("p.later(7)", "without")]
    [InlineData("p.rest()", "strings 0")]
    [InlineData("p.rest(\"a\")", "strings 1")]
    [InlineData("p.rest(1)", "objects 1")]
    public void The_more_specific_type_is_chosen(string call, string expected)
    {
        using LyraEngine engine = Define(new LyraEngine());
        engine.Run(call).ShouldBe(LyraValue.From(expected));
        HostCode.ShouldAgree($"var s = []\nfor i in 0..40 {{ s.push({call}) }}\nprint(s)", Define, leastShare: 0.1);
    }

    [Theory]
    [InlineData("p.big(1)", "big(BigInteger x), big(Double x)")]
    [InlineData("p.exact(1)", "exact(Double x), exact(Decimal x)")]
    [InlineData("p.optional(1)", "optional(Int32 x, Int32 y), optional(Int32 x, String y)")]
    public void What_C_sharp_calls_ambiguous_is_ambiguous(string call, string candidates)
    {
        using LyraEngine engine = Define(new LyraEngine());
        Should.Throw<LyraException>(() => engine.Run(call)).Message.ShouldEndWith($"is ambiguous; there are {candidates}");
    }

    [Fact]
    public void The_value_of_an_int_decides_whether_a_narrower_type_takes_it()
    {
        using LyraEngine engine = Define(new LyraEngine());
        engine.Run("[p.narrow(7), p.narrow(2 ** 40), p.narrow(2 ** 70)]").ToString().ShouldBe("[\"int\", \"double\", \"double\"]");
        HostCode.ShouldAgree("var s = []\nfor i in 0..80 { s.push(p.narrow(2 ** i)) }\nprint(s)", Define, leastShare: 0.05);
    }

    [Fact]
    public void A_named_argument_that_no_overload_has_is_an_error()
    {
        using LyraEngine engine = Define(new LyraEngine());
        Should.Throw<LyraException>(() => engine.Run("p.named(z: 1)")).Kind.ShouldBe("ArgumentError");
        Should.Throw<LyraException>(() => engine.Run("p.named(x: [1])")).Message.ShouldBe(
            "no Precise.named takes (list); there are named(Int32 x), named(String x)");
    }

    /// <summary>Compiled code calls the overload itself where the kinds of the arguments tell which one it is.</summary>
    [Theory]
    [InlineData("s += o.most(i, 3)")]
    [InlineData("s += o.most(i * 0.5, 3)")]
    [InlineData("s += o.most(3, i * 0.5)")]
    [InlineData("s += o.most(o, o)")]
    [InlineData("s += o.most(o, leaf)")]
    [InlineData("s += o.most(\"a\", i)")]
    [InlineData("s += o.most(i > 3, i)")]
    public void Loops_run_compiled(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        RegionInspector inspector = new();
        engine.Compiler.Inspect(inspector);
        engine.Run($"var s = 0\nproc run() {{\n for i in 0..5000 {{ {statement} }}\n}}\nrun()");
        engine.Statistics.Jit.CallOuts.ShouldBeLessThan(100);
        string[] calls = [.. inspector.Places.SelectMany(place => place.Versions)
            .SelectMany(version => HostedRun.TextOf(version).Split('\n'))
            .Where(line => line.Contains("@most", StringComparison.Ordinal))];
        calls.ShouldNotBeEmpty();

        // The proc that chooses has results of any kind.
        calls.ShouldAllBe(line => !line.Contains("Any = CallHost", StringComparison.Ordinal));
    }

    [Fact]
    public void The_tiers_agree_when_kinds_and_classes_change()
    {
        string program = """
            let odd = [1, 2.5, 5_000_000_000, 2 ** 70, "s", "text", true, nil, o, leaf, other, 0.0 / 0.0, [1], {"a": 1}, (1, 2), 3.0]
            var seen = []
            proc call(x, y) {
                try { seen.push(o.most(x, y)) } catch e { seen.push(e.message) }
                try { seen.push(o.types(x)) } catch e { seen.push(e.message) }
                try { seen.push((o * x).weight) } catch e { seen.push(e.message) }
                try { seen.push(Many(x).made) } catch e { seen.push(e.message) }
            }
            for x in odd {
                for i in 0..30 { call(x, x) }
                for y in odd { call(x, y) }
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.05);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void A_choice_by_types_makes_no_garbage()
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { Jit = JitMode.Off }));
        engine.Run("proc run(n) {\n var s = 0\n for i in 0..n { s += o.least(i, 3) + o.least(\"a\", i)\n }\n return s }\nrun(10)");
        Func<int, long> run = engine.GetProc<Func<int, long>>("run");
        run(100);
        Allocation.LeastOf(() => run(1000).ShouldBe(499_494)).ShouldBeLessThan(1000);
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        LyraTypeOptions all = new() { Members = LyraMembers.All };
        engine.DefineType<Many>(all);
        engine.DefineType<Leaf>(all);
        engine.Define("o", new Many());
        engine.Define("leaf", new Leaf());
        engine.Define("other", new FurtherMany());
        engine.DefineType<Precise>(all);
        engine.Define("p", new Precise());
        engine.Define("words", new HashSet<int> { 1 });
        return engine;
    }

    public class Many
    {
        public Many()
        {
        }

        public Many(int x) => Made = x == 1 ? "one" : "other";

        public Many(int x, int y = 3) => Made = $"two {x + y - 1}";

        public string Made { get; } = "";

        public int Weight { get; set; } = 1;

        public static Many operator *(Many a, double b) => new() { Weight = (int)(a.Weight * b) };

        public static Many operator *(double a, Many b) => new() { Weight = (int)(a * b.Weight) + 10 };

        public static Many operator *(Many a, Many b) => new() { Weight = a.Weight + b.Weight + 100 };

        public static string Static(int x) => x == 1 ? "one" : "other";

        public static string Static(int x, int y = 5) => $"two {x + y}";

        public string Defaults(int x) => x == 1 ? "one" : "other";

        public string Defaults(int x, int y = 5) => x == 1 ? $"two {y}" : "other";

        public string Further(int x) => x == 1 ? "none" : "other";

        public string Further(int x, int y) => $"one {x * y}";

        public string Further(int x, params int[] more) => $"more {x * more.Length}";

        public string Types(long x) => x == 1 ? "int" : "other";

        public string Types(double x, double y = 2) => x + y > 0 ? "float" : "other";

        public string Types(string x, int y = 3) => $"str {x.Length * y}";

        public int Most(int x, int y) => Math.Max(x, y);

        public double Most(double x, double y) => Math.Max(x, y) + 0.25;

        public int Most(string x, int y) => y - x.Length - 2;

        public int Most(bool x, int y) => x ? y : -y;

        public int Most(Many x, Many y) => x == y ? 1 : 2;

        public int Most(Many x, Leaf y) => x.Weight + y.Size;

        public int Least(int x, int y) => Math.Min(x, y);

        public double Least(double x, double y) => Math.Min(x, y) + 0.25;

        public int Least(string x, int y) => y - x.Length - 2;

        public string Nothing(string? x) => x ?? "none";

        public string Nothing(double? x) => $"{x}";
    }

    public enum Level
    {
        Poor,
        Good,
    }

    public sealed class Precise
    {
        public string Text(object? x) => x is null ? "nil" : "object";

        public string Text(string? x) => x is null or "a" ? "string" : "other";

        public string Large(object x) => x is string ? "object" : "other";

        public string Large(double x) => x > 0 ? "double" : "other";

        public string Big(BigInteger x) => x > 0 ? "BigInteger" : "other";

        public string Big(double x) => $"double {x}";

        public string Whole(int x) => $"int {x}";

        public string Whole(long x) => x > 0 ? "long" : "other";

        public string Narrow(int x) => x > 0 ? "int" : "other";

        public string Narrow(double x) => x > 0 ? "double" : "other";

        public string Fraction(float x) => x > 0 ? "float" : "other";

        public string Fraction(double x) => x > 0 ? "double" : "other";

        public string Nullable(int? x) => x is null or 7 ? "int?" : "other";

        public string Nullable(object? x) => $"object {x}";

        public string Level(Level x) => x == OverloadTests.Level.Good ? "Level" : "other";

        public string Level(object x) => x is string ? "object" : "other";

        public string Letter(char x) => $"char {x}";

        public string Letter(object x) => x is string ? "object" : "other";

        public string Raw(LyraValue x) => x.IsNil || x.Kind == ValueKind.Str ? "LyraValue" : "other";

        public string Raw(object? x) => $"object {x}";

        public string Raw(int x) => x > 0 ? "int" : "other";

        public string List(int[] x) => x.Length == 1 ? "int[]" : "other";

        public string List(IEnumerable<int> x) => x is HashSet<int> ? "IEnumerable" : "other";

        public string Named(int x) => x > 0 ? "int" : "other";

        public string Named(string x) => x == "a" ? "string" : "other";

        public string Named(double y) => y > 0 ? "y" : "other";

        public string Later(int x) => x > 0 ? "without" : "other";

        public string Later(int x, CancellationToken token) => $"with {x} {token.CanBeCanceled}";

        public string Rest(params string[] more) => $"strings {more.Length}";

        public string Rest(params object[] more) => $"objects {more.Length}";

        public string Exact(double x) => $"double {x}";

        public string Exact(decimal x) => $"decimal {x}";

        public string Optional(int x, int y = 1) => $"int {x + y}";

        public string Optional(int x, string y = "") => $"string {x}{y}";
    }

    public sealed class Leaf
    {
        public int Size { get; set; } = 7;
    }

    /// <summary>Its type is not defined, so scripts know its objects as those of its base class.</summary>
    public sealed class FurtherMany : Many;
}
