using System;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Operations on long ints hold the memory of their temporaries: a limit ends them before they allocate a multiple of it.
/// </summary>
public sealed class BigIntMemoryTests
{
    private const long Limit = 4_000_000;

    /// <summary>The operands have 1 MB; what their operations need for a moment is more than the limit.</summary>
    [Theory]
    [InlineData("a * a")]
    [InlineData("a * (a >> 1)")]
    [InlineData("a % b")]
    [InlineData("math.idiv(a, b)")]
    [InlineData("b ** 4")]
    [InlineData("math.isqrt(a)")]
    [InlineData("tostring(a)")]
    [InlineData("math.gcd(a, b)")]
    [InlineData("math.lcm(a, b)")]
    [InlineData("toint(\"9\" * 1200000)")]
    public void Temporaries_count(string expression)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = Limit } });
        string source = $"import math\nlet a = (1 << 8000000) - 1\nlet b = (1 << 4000000) + 3\n{expression}";
        long before = GC.GetAllocatedBytesForCurrentThread();

        LyraLimitException e = Should.Throw<LyraLimitException>(() => engine.Run(source));

        e.Limit.ShouldBe(LimitKind.Memory);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(6 * Limit);
        engine.Run("\"x\" * 500000").As<string>()!.Length.ShouldBe(500_000);
    }

    /// <summary>Each result has 1 MB; the list of a positive int's own absolute values has one of them.</summary>
    [Fact]
    public void Absolute_values_count()
    {
        const string Collect = "\nlet xs = []\nfor i in 0..10 { xs.push(abs(a)) }";
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = Limit } });
        engine.Run("let a = (1 << 8000000) - 1" + Collect);
        engine.Reset();

        Should.Throw<LyraLimitException>(() => engine.Run("let a = -(1 << 8000000)" + Collect)).Limit.ShouldBe(LimitKind.Memory);
        engine.Run("abs(-(2 ** 63)) == 2 ** 63 and abs(-(2 ** 70)) == 2 ** 70 and abs(2 ** 70) == 2 ** 70 and abs(-3) == 3")
            .As<bool>().ShouldBeTrue();
    }

    [Fact]
    public void What_was_held_is_free_again()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 20_000_000 } });

        engine.Run("""
            import math
            let a = (1 << 8000000) - 1
            let b = (1 << 4000000) + 3
            for i in 0..3 { a * b; a % b; math.isqrt(b >> 3000000); tostring(1 << 100000) }
            """);

        engine.Run("\"x\" * 9000000").As<string>()!.Length.ShouldBe(9_000_000);
    }
}
