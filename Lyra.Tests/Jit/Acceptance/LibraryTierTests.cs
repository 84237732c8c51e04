using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// Long calls of the library, searches and JSON, run within compiled code. They take the same steps and stop at the same limit in both
/// tiers, also if a limit stops a call in compiled code, so that the interpreter executes the call again.
/// </summary>
public sealed class LibraryTierTests
{
    private const string Searches = """
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

    private const string Json = """
        import json
        var total = 0
        let kept = []
        try {
            for i in 0..400 {
                let text = json.stringify({"id": i, "tags": ["t" + tostring(i % 7), nil, 1.5], "in": {"n": [i] * (i % 30)}}, i % 3)
                let value = json.parse(text)
                total += length(text) + value["id"] + length(value["in"]["n"])
                kept.push(value)
            }
        } finally { print(total, length(kept)) }
        """;

    public static TheoryData<string> Sources() => [Searches, Json];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Calls_take_the_same_steps_compiled(string source)
    {
        (string expected, JitStatistics interpreted) = Run(source, new LyraLimits(), JitMode.Off);
        (string actual, JitStatistics compiled) = Run(source, new LyraLimits(), JitMode.Stress);
        actual.ShouldBe(expected);
        compiled.Steps.ShouldBe(interpreted.Steps);
        compiled.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Calls_stop_at_the_same_step(string source)
    {
        long compiledSteps = 0;
        for (long limit = 3_000; limit < 40_000; limit += 1_237)
        {
            (string expected, JitStatistics interpreted) = Run(source, new LyraLimits { MaxSteps = limit }, JitMode.Off);
            (string actual, JitStatistics compiled) = Run(source, new LyraLimits { MaxSteps = limit }, JitMode.Stress);
            actual.ShouldBe(expected, $"limit {limit}");
            compiled.Steps.ShouldBe(interpreted.Steps, $"limit {limit}");
            expected.ShouldContain("LimitExceeded");
            compiledSteps += compiled.CompiledSteps;
        }

        compiledSteps.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Calls_stop_at_the_same_allocation(string source)
    {
        for (long limit = 60_000; limit < 200_000; limit += 20_011)
        {
            (string expected, _) = Run(source, new LyraLimits { MaxMemoryBytes = limit }, JitMode.Off);
            (string actual, _) = Run(source, new LyraLimits { MaxMemoryBytes = limit }, JitMode.Stress);
            actual.ShouldBe(expected, $"limit {limit}");
            expected.ShouldContain("LimitExceeded");
        }
    }

    [Fact]
    public void Calls_do_not_leave_compiled_code()
    {
        (string output, JitStatistics jit) = Run(
            """
            import regex
            import json
            var sum = 0
            for i in 0..3000 {
                let text = "k${i % 50}=a, b${i % 7}"
                if regex.test("k1", text) { sum += 1 }
                sum += length(regex.find(r"(\w)=(\w)", text)["groups"]) + length(regex.findAll(r"\w", text))
                sum += length(regex.match("k", text)["text"]) + length(regex.split(",", text)) + length(regex.escape(text))
                sum += json.parse(json.stringify([i, text]))[0]
            }
            print(sum)
            """,
            new LyraLimits(),
            JitMode.On);

        output.ShouldBe("4560960\n");
        jit.CallOuts.ShouldBe(0);
        jit.CompiledSteps.ShouldBeGreaterThan(jit.Steps / 2);
    }

    private static (string Output, JitStatistics Statistics) Run(string source, LyraLimits limits, JitMode mode)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions { Jit = mode, Limits = limits, Output = output });
        try
        {
            engine.Run(source);
        }
        catch (LyraLimitException e)
        {
            output.WriteLine($"{e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
        }

        return (output.ToString(), engine.Statistics.Jit);
    }
}
