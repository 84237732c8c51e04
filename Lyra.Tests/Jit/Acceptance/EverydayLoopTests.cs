using System.Numerics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>Everyday loops are compiled and return the right result in all modes.</summary>
public sealed class EverydayLoopTests
{
    [Fact]
    public void The_sum_of_the_first_ten_thousand_ints_is_compiled_at_its_threshold()
    {
        JitStatistics jit = ShouldGive("var s = 0\nfor i in 0..10000 { s += i }\ns", "49995000");

        jit.TracesCompiled.ShouldBe(1);
        jit.TracesStarted.ShouldBe(1);
        jit.Aborts.ShouldBeEmpty();
        // One step for each instruction of an iteration; the first thousand iterations and the recorded ones are interpreted.
        jit.CompiledSteps.ShouldBeGreaterThan(jit.Steps / 100 * 85);
    }

    [Fact]
    public void Below_its_threshold_a_loop_is_not_compiled()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20_000 });

        engine.Run("var s = 0\nfor i in 0..10000 { s += i }\ns").ToString().ShouldBe("49995000");
        engine.Statistics.Jit.TracesStarted.ShouldBe(0);
    }

    [Fact]
    public void A_list_is_filled_and_summed_by_remainders() => ShouldGive(
        """
        var xs = []
        for i in 0..5000 { xs.push(i * 7 % 13) }
        var counts = [0] * 13
        for x in xs { counts[x] += 1 }
        var s = 0
        for i in 0..length(xs) { if xs[i] % 3 == 1 { s += xs[i] } }
        (s, counts)
        """,
        "(8466, [385, 385, 385, 385, 384, 384, 384, 385, 385, 385, 385, 384, 384])");

    [Fact]
    public void Words_are_counted_in_a_map() => ShouldGive(
        """
        var counts = {}
        for i in 0..7000 {
            let word = "w${i % 7}"
            counts[word] = (counts[word] ?? 0) + i
        }
        var s = 0
        for word, n in counts { s += n }
        (s, counts["w3"], length(counts))
        """,
        "(24496500, 3499500, 7)");

    [Fact]
    public void Fibonacci_numbers_outgrow_64_bits()
    {
        BigInteger a = 0;
        BigInteger b = 1;
        for (int i = 0; i < 100_000; i++)
        {
            (a, b) = (b, a + b);
        }

        ShouldGive(
            """
            proc fib(n) {
                var a = 0
                var b = 1
                for _ in 0..n {
                    let next = a + b
                    a = b
                    b = next
                }
                return a
            }
            let f = fib(100000)
            (fib(50), f % 1000000007, f / 10 ** 20890)
            """,
            $"(12586269025, {a % 1_000_000_007}, {a / BigInteger.Pow(10, 20_890)})");
    }

    [Theory]
    [InlineData("i32", "hello world", 894552257)]
    [InlineData("i32", "The quick brown fox jumps over the lazy dog", 885799134)]
    public void A_hash_wraps_around_in_32_bits(string type, string text, int expected)
    {
        int hash = 5381;
        foreach (char c in text)
        {
            hash = unchecked((hash * 33) + c);
        }

        hash.ShouldBe(expected);
        ShouldGive(
            $$"""
            proc djb2(bytes) {
                var h: {{type}} = 5381
                for c in bytes { h = h * 33 + c }
                return h
            }
            let bytes = "{{text}}".bytes()
            var s = 0
            for _ in 0..300 { s += djb2(bytes) }
            (djb2(bytes), s)
            """,
            $"({hash}, {300L * hash})");
    }

    [Fact]
    public void A_hash_wraps_around_in_32_bits_over_a_long_text()
    {
        int hash = 5381;
        for (int i = 0; i < 20_000; i++)
        {
            hash = unchecked((hash * 33) + (i % 251));
        }

        ShouldGive("var h: i32 = 5381\nfor i in 0..20000 { h = h * 33 + i % 251 }\nh",
            hash.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <returns>The statistics of the compiler in mode <c>on</c>.</returns>
    private static JitStatistics ShouldGive(string source, string expected)
    {
        JitStatistics off = Run(source, expected, JitMode.Off);
        JitStatistics stress = Run(source, expected, JitMode.Stress);
        JitStatistics on = Run(source, expected, JitMode.On);
        off.CompiledSteps.ShouldBe(0);
        foreach (JitStatistics compiled in new[] { on, stress })
        {
            compiled.CompiledSteps.ShouldBeGreaterThan(0);
            compiled.Aborts.Keys.ShouldNotContain("CompilerFault");
            compiled.Steps.ShouldBe(off.Steps);
        }

        return on;
    }

    private static JitStatistics Run(string source, string expected, JitMode mode)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = mode });
        engine.Run(source).ToString().ShouldBe(expected, mode.ToString());
        return engine.Statistics.Jit;
    }
}
