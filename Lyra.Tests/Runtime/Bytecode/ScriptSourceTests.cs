using System.Linq;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

public sealed class ScriptSourceTests
{
    [Fact]
    public void A_line_is_found_with_any_line_ending()
    {
        ScriptSource source = new("x", "ab\ncd\r\ne\r\rf");
        source.Lines().ShouldBe(["ab", "cd", "e", "", "f"]);
        Enumerable.Range(1, 6).Select(source.LineText).ShouldBe(["ab", "cd", "e", "", "f", ""]);
        new ScriptSource("x", "a\r\n").LineText(1).ShouldBe("a");
        new ScriptSource("x", "").LineText(1).ShouldBe("");
    }
}
