using System;
using Lyra.Tests.Unit.Jit.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.HostTypes;

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

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.DefineType<Many>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("o", new Many());
        return engine;
    }

    public sealed class Many
    {
        public Many()
        {
        }

        public Many(int x) => Made = x == 1 ? "one" : "other";

        public Many(int x, int y = 3) => Made = $"two {x + y - 1}";

        public string Made { get; } = "";

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

        public string Nothing(string? x) => x ?? "none";

        public string Nothing(double? x) => $"{x}";
    }
}
