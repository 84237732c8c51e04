using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>A set that is made for an annotated variable converts its elements, and those that are added later.</summary>
public sealed class AnnotatedSetTests
{
    [Theory]
    [InlineData("let s: set[i8] = set([300, 44, 1])", "set([44, 1])")]
    [InlineData("let s: set[i8] = set([1])\ns.add(257)\ns.add(258)", "set([1, 2])")]
    [InlineData("let s: set[i8] = set()\ns.add(256)", "set([0])")]
    [InlineData("let s: set[float] = set([1, 2.5])", "set([1.0, 2.5])")]
    public void Elements_are_converted(string source, string expected)
    {
        using LyraEngine engine = new();

        engine.Run($"{source}\ntostring(s)").As<string>().ShouldBe(expected);
    }

    [Theory]
    [InlineData("let s: set[int] = set([1, \"a\"])")]
    [InlineData("let s: set[int] = set([1])\ns.add(\"a\")")]
    public void Other_elements_are_refused(string source)
    {
        using LyraEngine engine = new();

        Should.Throw<LyraException>(() => engine.Run(source)).Kind.ShouldBe("TypeError");
    }
}
