using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

public sealed class InputEndTests
{
    [Theory]
    [InlineData("1 +")]
    [InlineData("1 + // the other operand follows")]
    [InlineData("f(1,")]
    [InlineData("f(1\n, 2")]
    [InlineData("f([1, {\"a\": ")]
    [InlineData("a[1")]
    [InlineData("a.")]
    [InlineData("x =")]
    [InlineData("x => ")]
    [InlineData("not")]
    [InlineData("proc f() {")]
    [InlineData("proc f() {\n\n")]
    [InlineData("proc f() {\n  if x { g(1,\n")]
    [InlineData("if true")]
    [InlineData("if true { } else")]
    [InlineData("for x in")]
    [InlineData("match 1 {")]
    [InlineData("try { }")]
    [InlineData("try {\n  f()\n}\n")]
    [InlineData("struct A { x: ")]
    [InlineData("import { a,")]
    [InlineData("\"\"\"abc")]
    [InlineData("r\"\"\"abc\ndef")]
    [InlineData("print(\"\"\"a ${1 +")]
    [InlineData("/* abc")]
    public void Further_lines_can_complete_the_input(string source) => LyraSession.IsIncomplete(source).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("if true\n{ print(1) }")]
    [InlineData("try { } catch e { }")]
    [InlineData("1 +\n)")]
    [InlineData("f(1))")]
    [InlineData("f(1) }")]
    [InlineData("\"abc")]
    [InlineData("\"abc\\")]
    [InlineData("let x")]
    [InlineData("let x\n= 1")]
    [InlineData("let = 1")]
    [InlineData("try { } x")]
    [InlineData("return")]
    [InlineData("proc f() {\n  let x\n")]
    [InlineData("while true {\n  let = 3\n")]
    [InlineData("if x { f( }")]
    [InlineData("undefined_name")]
    public void Further_lines_are_not_needed_or_useless(string source) => LyraSession.IsIncomplete(source).ShouldBeFalse();
}
