using Lyra.Interpreter.Diagnostics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Diagnostics;

public sealed class SourceTextTests
{
    [Fact]
    public void Offsets_become_lines_and_columns_with_any_line_ending()
    {
        SourceText source = new("ab\ncd\r\ne\rf", "x");
        source.GetPosition(0).ShouldBe((1, 1));
        source.GetPosition(2).ShouldBe((1, 3));
        source.GetPosition(3).ShouldBe((2, 1));
        source.GetPosition(7).ShouldBe((3, 1));
        source.GetPosition(9).ShouldBe((4, 1));
        source.GetPosition(99).ShouldBe((4, 2));
        source.GetPosition(-1).ShouldBe((1, 1));
        source.LineCount.ShouldBe(4);
        source.GetLineText(2).ShouldBe("cd");
        source.GetLineText(0).ShouldBe("");
        source.GetLineText(5).ShouldBe("");
    }
}
