using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Compilation;

/// <summary>The warnings that only <c>lyra check</c> gives. A run compiles the same sources without a diagnostic.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData("import math\nprint(math.flor(1.5))", "2: LY1209")]
    [InlineData("import math as m\nlet x = m.PI", "2: LY1209")]
    [InlineData("import { sqrt, root } from math", "1: LY1209")]
    [InlineData("import math\nmath.sqrt()", "2: LY1210")]
    [InlineData("import math\nmath.sqrt(1, 2)", "2: LY1210")]
    [InlineData("import math\nmath.sqrt(1, ...[2], 3)", "2: LY1210")]
    [InlineData("import json\njson.stringify([1], indentation: 2)", "2: LY1210")]
    [InlineData("import json\njson.stringify([1], v: 2)", "2: LY1210")]
    [InlineData("import json\njson.stringify(indent: 2)", "2: LY1210")]
    [InlineData("import { sqrt as root } from math\nproc f() { try { root() } finally { } }", "2: LY1210")]
    public void A_probable_fault_is_a_warning_of_check(string source, string expected)
    {
        TestCompiler.CodesOfCheck(source).ShouldBe([expected]);
        TestCompiler.TryCompile(source).Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("import math\nprint(math.sqrt(2), math.sqrt(x: 2), math.sqrt(...[2]), math.pi, math.log(8, 2))")]
    [InlineData("import { sqrt, pi as p } from math\nprint(sqrt(p))")]
    [InlineData("import json\nprint(json.stringify([1]), json.stringify([1], indent: 2), json.stringify(v: 1))")]
    [InlineData("import math\ntry { math.nope(1); math.sqrt() } catch e { }")]
    [InlineData("import math\nproc f(math) { return math.nope() }")]
    [InlineData("import \"lib/math\" as math\nprint(math.nope())")]
    [InlineData("import str\nprint(str.trim(\" a \"), str.format(\"{}{}\", 1, 2))")]
    public void A_correct_program_has_no_warning(string source) => TestCompiler.CodesOfCheck(source).ShouldBeEmpty();
}
