using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>What people who know other languages write in their first program, and once got a wrong result or an error for.</summary>
public sealed class FirstProgramTests
{
    [Theory]
    [InlineData("print([1, 2, 3].count(x => x > 1), [1, 2, 3].index(x => x > 1))", "2 1")]
    [InlineData("struct A { x }\nlet a = A(1)\nprint(a is A, 3 is A, a is not A)", "true false false")]
    [InlineData("struct W { names = []\n proc spawn(self, e) { self.names.push(e)\n return self.names } }\nprint(W().spawn(1))", "[1]")]
    [InlineData(
        "let [name, ...filters] = \"user|upper|trim\".split(\"|\")\nprint(name, filters, [0, ...filters, 3])",
        "user [\"upper\", \"trim\"] [0, \"upper\", \"trim\", 3]")]
    [InlineData(
        "print([(\"a\", 1), (\"b\", 2)].map(((k, v)) => \"${k}=${v}\"), [\"x\"].enumerate().map(((i, x)) => \"${i}${x}\").list())",
        "[\"a=1\", \"b=2\"] [\"0x\"]")]
    [InlineData(
        "print([3, 1, 2].sorted(by: (a, b) => b - a), sorted([\"a\", \"c\", \"b\"], reverse: true))",
        "[3, 2, 1] [\"c\", \"b\", \"a\"]")]
    [InlineData(
        "try { [3, 1].sort((a, b) => b - a) } catch e { print(e.message) }",
        "<lambda> takes 2 arguments, but 1 was given: 'b' is missing; the key takes one element: write by: (a, b) => … to compare two")]
    [InlineData("print(\"${3.14159:F2} ${7:D2} ${255:X}\")", "3.14 07 FF")]
    [InlineData("print(\"\"\"\n    one \\\n    line\n    \"\"\")", "one line")]
    [InlineData("let long = \"ab\"\nif long == \"ab\"\n    and true { print(long) }", "ab")]
    [InlineData("enum Side { Buy, Sell }\nprint(Side.Buy, Side.Buy == Side.Sell, Side.names)", "Side.Buy false [\"Buy\", \"Sell\"]")]
    [InlineData(
        "struct Named { alive = true\n proc isTarget(self) { return false } }\nstruct Rat { use Named\n hp = 3 }\n"
        + "print(Rat().isTarget(), Rat().alive)",
        "false true")]
    public void It_works(string source, string expected) => Scripts.Run(source).ShouldBe(expected + "\n");
}
