using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Diagnostics;

/// <summary>A key without quotes, as JavaScript writes it: a map's keys are expressions.</summary>
public sealed class KeyHintTests
{
    [Theory]
    [InlineData("print({id: 1})", "Undefined name `id`; if the key is a str, write `\"id\"`.")]
    [InlineData("print({\"a\": {size: 1}})", "Undefined name `size`; if the key is a str, write `\"size\"`.")]
    [InlineData("print({id + 1: 1})", "Undefined name `id`; declare it before its use or check the spelling.")]
    [InlineData("print({1: id})", "Undefined name `id`; declare it before its use or check the spelling.")]
    [InlineData("print({(() => id): 1})", "Undefined name `id`; declare it before its use or check the spelling.")]
    public void It_is_to_be_quoted(string source, string message)
    {
        using LyraEngine engine = new();

        Should.Throw<LyraCompileException>(() => engine.Run(source)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_name_that_the_engine_defines_is_a_key()
    {
        using LyraEngine engine = new();
        engine.Define("id", "k");

        engine.Run("({id: 1})[\"k\"]").As<int>().ShouldBe(1);
    }
}
