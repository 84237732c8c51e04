using System.Linq;
using Lyra.Analysis;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>Only certain edits are applied, and the second time nothing changes.</summary>
public sealed class FixerTests
{
    [Theory]
    [InlineData("import math\nprint(1)\n", "print(1)\n")]
    [InlineData("import math; print(1)\n", "; print(1)\n")]
    [InlineData("import { sin, cos } from math\nprint(cos(1))\n", "import { cos } from math\nprint(cos(1))\n")]
    [InlineData("import { sin, cos } from math\nprint(sin(1))\n", "import { sin } from math\nprint(sin(1))\n")]
    [InlineData("print(\"a\".uper())\n", "print(\"a\".upper())\n")]
    [InlineData("let xs = [1]\nxs.append(2)\nprint(xs)\n", "let xs = [1]\nxs.push(2)\nprint(xs)\n")]
    [InlineData("let xs = [1]\nprint(xs.isEmpty)\n", "let xs = [1]\nprint(xs.isEmpty())\n")]
    [InlineData("print(len([1]), None, True)\n", "print(length([1]), nil, true)\n")]
    [InlineData("var a: string = 'x'\nprint(a)\n", "var a: str = \"x\"\nprint(a)\n")]
    [InlineData("let a = 1\nif a == 2 { print(2) }\nelif a == 1 { print(1) }\n",
        "let a = 1\nif a == 2 { print(2) }\nelse if a == 1 { print(1) }\n")]
    [InlineData("function f(x) { return x }\nprint(f(1))\n", "proc f(x) { return x }\nprint(f(1))\n")]
    [InlineData("let a = 1\nprint(a === 1, a !== 2)\n", "let a = 1\nprint(a == 1, a != 2)\n")]
    [InlineData("var a = 1\na++\nprint(a)\n", "var a = 1\na += 1\nprint(a)\n")]
    public void Certain_edits_are_applied(string source, string mended)
    {
        Fix(source).ShouldBe(mended);
        Fix(mended).ShouldBe(mended);
    }

    [Theory]
    [InlineData("import \"lib/setup\"\nprint(1)\n")]
    [InlineData("print(\"a\".xyz())\n")]
    [InlineData("let xs = [1]\nprint(xs.size)\n")]
    [InlineData("proc f() { let n = 5 }\nf()\n")]
    public void What_is_not_certain_stays(string source) => Fix(source).ShouldBe(source);

    [Fact]
    public void Edits_that_overlap_are_left_out()
    {
        TextEdit[] edits = [new(0, 3, "x"), new(2, 2, "y"), new(5, 1, "z")];
        Fixer.Apply("abcdefg", edits).ShouldBe("abcdezg");
        Fixer.Apply("abc", [new TextEdit(1, 0, "1"), new TextEdit(1, 0, "2")]).ShouldBe("abc");
        Fixer.Apply("abc", [new TextEdit(1, 1, "1"), new TextEdit(1, 1, "1")]).ShouldBe("a1c");
    }

    [Fact]
    public void An_edit_that_breaks_the_syntax_is_not_applied() =>
        Fixer.Fix("print(1)", static text => [.. AnalysisTester.Check("print(\"a\".uper())")
            .Select(report => report with { Edit = text == "print(1)" ? new TextEdit(0, 5, "(") : null })]).ShouldBe("print(1)");

    private static string Fix(string source) => Fixer.Fix(source, static text => AnalysisTester.Check(text));
}
