using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Diagnostics;

/// <summary>A division as in other languages, which a comment has swallowed with the closing bracket.</summary>
public sealed class CommentHintTests
{
    private const string Hint = "`//` begins a comment; math.idiv(a, b) divides ints";

    [Theory]
    [InlineData("print(7 // 2)", true)]
    [InlineData("let xs = [1, 7 // 2, 3]\nprint(xs)", true)]
    [InlineData("print(7\nlet x = 1 // 2)", false)]
    [InlineData("print(7 // half", false)]
    [InlineData("print(\"a//b)c\", 1", false)]
    public void It_is_named_where_it_contains_the_bracket(string source, bool isNamed)
    {
        string message = Should.Throw<LyraCompileException>(() => LyraScript.Compile(source)).Message;

        message.ShouldContain("is never closed");
        message.Contains(Hint).ShouldBe(isNamed);
    }
}
