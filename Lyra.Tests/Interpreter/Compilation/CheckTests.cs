using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

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
    [InlineData("for p, q in [(1, 2), (3, 4)] { print(p, q) }", "1: LY1211")]
    [InlineData("let xs = ((1, 2), (3, 4))\nfor p, q in xs { print(p + q) }", "2: LY1211")]
    [InlineData("proc pairs() { return [(1, \"a\")] }\nfor id, name in pairs() { print(id, name) }", "2: LY1211")]
    [InlineData("for id, name in pairs() { print(id, name) }\nproc pairs() { yield (1, \"a\")\nyield (2, \"b\") }", "1: LY1211")]
    [InlineData("proc f(xs: [(int, str)]) { for id, name in xs { print(id, name) } }", "1: LY1211")]
    [InlineData("proc f(xs) { for a, b in zip(xs, [1]) { print(a, b) } }", "1: LY1211")]
    [InlineData("proc f(xs) { for i, x in enumerate(xs) { print(i, x) } }", "1: LY1211")]
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
    [InlineData("for (p, q) in [(1, 2)] { print(p, q) }\nfor i, (p, q) in [(1, 2)] { print(i, p, q) }")]
    [InlineData("for i, pair in [(1, 2)] { print(i, pair) }")]
    [InlineData("for at, pair in [(1, 2)] { print(at, pair[0]) }\nfor at, pair in [(1, 2)] { let (p, q) = pair; print(at, p, q) }")]
    [InlineData("for at, pair in [(1, 2)] { let (p, q) = (0, 0)\nfor x in pair { print(at, x) } }")]
    [InlineData("for at, pair in [(1, 2)] { match pair { (1, x) => print(at, x), _ => print(0) } }")]
    [InlineData("let ages = {\"a\": 1}\nfor name, age in ages { print(name, age) }\nfor name, age in {\"b\": 2} { print(name, age) }")]
    [InlineData("for p, q in [1, 2] { print(p, q) }\nfor p, q in [(1, 2), 3] { print(p, q) }\nfor p, q in [(1, 2, 3)] { print(p, q) }")]
    [InlineData("proc f(b) { if b { return [(1, 2)] }\nreturn {\"a\": 1} }\nfor p, q in f(true) { print(p, q) }")]
    [InlineData("proc f() { return f() }\nfor p, q in f() { print(p, q) }")]
    public void A_correct_program_has_no_warning(string source) => TestCompiler.CodesOfCheck(source).ShouldBeEmpty();
}
