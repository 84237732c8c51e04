using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Decimals of the host work wherever the library takes a number; both tiers give the same.</summary>
public sealed class DecimalTests
{
    [Theory]
    [InlineData("toint(d)", "-12")]
    [InlineData("tofloat(d)", "-12.75")]
    [InlineData("abs(d)", "12.75")]
    [InlineData("d.abs()", "12.75")]
    [InlineData("d ** 2", "162.5625")]
    [InlineData("d ** 0", "1")]
    [InlineData("e ** -1", "0.5")]
    [InlineData("e ** 3", "8.000")]
    [InlineData("math.floor(d)", "-13")]
    [InlineData("math.ceil(d)", "-12")]
    [InlineData("math.trunc(d)", "-12")]
    [InlineData("math.round(d)", "-13")]
    [InlineData("math.sign(d)", "-1")]
    [InlineData("math.sqrt(e * e)", "2.0")]
    [InlineData("math.idiv(d, e)", "-7")]
    [InlineData("math.mod(d, e)", "1.25")]
    [InlineData("math.mod(7, e)", "1.0")]
    [InlineData("\"{0:F1}|{0:0.000}|{0,8:F1}\".format(d)", "-12.8|-12.750|   -12.8")]
    [InlineData("type(toint(d))", "int")]
    [InlineData("type(abs(d))", "decimal")]
    [InlineData("min(d, e)", "-12.75")]
    [InlineData("sum([d, e, 1])", "-9.75")]
    public void The_library_takes_decimals(string expression, string expected)
    {
        foreach (JitMode mode in new[] { JitMode.Off, JitMode.On })
        {
            using LyraEngine engine = new(new LyraOptions { Jit = mode, HotLoopThreshold = 5, CompilesInBackground = false });
            engine.Globals["d"] = -12.75m;
            engine.Globals["e"] = 2.0m;

            engine.Run($"import math\nvar s = \"\"\nfor i in 0..100 {{ s = tostring({expression}) }}\ns").As<string>().ShouldBe(expected);

            (engine.Statistics.Jit.CompiledSteps > 0).ShouldBe(mode == JitMode.On);
        }
    }

    [Theory]
    [InlineData("d ** 0.5", "HostError")]
    [InlineData("d ** 100", "HostError")]
    [InlineData("math.idiv(d, 0)", "DivisionByZero")]
    [InlineData("math.idiv(d, \"x\")", "TypeError")]
    [InlineData("math.idiv(d, share)", "TypeError")]
    [InlineData("math.mod(d, share)", "TypeError")]
    [InlineData("\"{0:X}\".format(d)", "ValueError")]
    public void What_has_no_decimal_is_an_error(string expression, string kind)
    {
        using LyraEngine engine = new();
        engine.DefineType<Share>();
        engine.Define("share", new Share());
        engine.Globals["d"] = 12.75m;

        Should.Throw<LyraException>(() => engine.Run($"import math\n{expression}")).Kind.ShouldBe(kind);
        engine.Run("d * 2 == 25.5").As<bool>().ShouldBeTrue();
    }

    /// <summary>A type of the host by which decimals can be divided.</summary>
    private sealed class Share
    {
        public static Share operator /(decimal whole, Share part) => part;
    }
}
