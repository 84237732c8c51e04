using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Acceptance;

/// <summary>
/// Searches take the same steps and stop at the same limit in both tiers, also if a limit stops a call in compiled code, so that the
/// interpreter executes the call again.
/// </summary>
public sealed class RegexTierTests
{
    private const string Source = """
        import regex
        var found = 0
        let kept = []
        try {
            for i in 0..400 {
                let text = "k" + tostring(i) + "=" + "a" * (i % 40)
                for m in regex.findAll(r"(?<key>\w+)=((?:a|aa)+)", text) { kept.push(m) }
                if regex.test("x" + tostring(i % 7) + "|k[0-4]+", text) { found += 1 }
                found += length(regex.replace("a", text, "b$&")) + length(regex.split(r"\d|(=)", text))
            }
        } finally { print(found, length(kept)) }
        """;

    [Fact]
    public void Searches_take_the_same_steps_compiled()
    {
        (string expected, JitStatistics interpreted) = Run(new LyraLimits(), JitMode.Off);
        (string actual, JitStatistics compiled) = Run(new LyraLimits(), JitMode.Stress);
        actual.ShouldBe(expected);
        compiled.Steps.ShouldBe(interpreted.Steps);
        compiled.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Searches_stop_at_the_same_step()
    {
        long compiledSteps = 0;
        for (long limit = 3_000; limit < 40_000; limit += 1_237)
        {
            (string expected, JitStatistics interpreted) = Run(new LyraLimits { MaxSteps = limit }, JitMode.Off);
            (string actual, JitStatistics compiled) = Run(new LyraLimits { MaxSteps = limit }, JitMode.Stress);
            actual.ShouldBe(expected, $"limit {limit}");
            compiled.Steps.ShouldBe(interpreted.Steps, $"limit {limit}");
            expected.ShouldContain("LimitExceeded");
            compiledSteps += compiled.CompiledSteps;
        }

        compiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Searches_stop_at_the_same_allocation()
    {
        for (long limit = 60_000; limit < 200_000; limit += 20_011)
        {
            (string expected, _) = Run(new LyraLimits { MaxMemoryBytes = limit }, JitMode.Off);
            (string actual, _) = Run(new LyraLimits { MaxMemoryBytes = limit }, JitMode.Stress);
            actual.ShouldBe(expected, $"limit {limit}");
            expected.ShouldContain("LimitExceeded");
        }
    }

    private static (string Output, JitStatistics Statistics) Run(LyraLimits limits, JitMode mode)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions { Jit = mode, Limits = limits, Output = output });
        try
        {
            engine.Run(Source);
        }
        catch (LyraLimitException e)
        {
            output.WriteLine($"{e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
        }

        return (output.ToString(), engine.Statistics.Jit);
    }
}
