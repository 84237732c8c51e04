namespace Lyra.Analysis.Explanations;

/// <summary>The pages of what the analysis reports.</summary>
internal static class AnalysisPages
{
    public static readonly Explanation[] All =
    [
        new("LY2001", "The type of the value is known, and it has no such member.", "print(\"abc\".uper())", "print(\"abc\".upper())"),
        new("LY2002", "The call has more arguments than the proc takes.", "print(\"a\".upper(1))", "print(\"a\".upper())"),
        new("LY2003", "The call leaves an argument out that has no default.", "let add = (a, b) => a + b\nprint(add(1))", "let add = (a, b) => a + b\nprint(add(1, 2))"),
        new("LY2004", "A named argument has the name of a parameter.", "print([2, 1].sorted(keys: x => -x))", "print([2, 1].sorted(key: x => -x))"),
        new("LY2005", "No values of these types can be combined by the operator.", "let n = 1\nprint(\"a\" + n)", "let n = 1\nprint(\"a${n}\")"),
        new("LY2006", "No value of the type has this operator.", "let s = \"5\"\nprint(-s)", "let s = \"5\"\nprint(-toint(s))"),
        new("LY2007", "The value is no proc, struct or enum. Often a variable has the name of a builtin and hides it.",
            "var sum = 0\nprint(sum([1, 2]))", "var total = 0\nprint(total, sum([1, 2]))"),
        new("LY2008", "A loop goes over a container, a str, a range, an iterator or a channel.", "for i in 3 { print(i) }", "for i in 0..3 { print(i) }"),
        new("LY2009", "Only strs, lists, tuples, maps, bytes and structs with `__index` have elements.", "let n = 5\nprint(n[0])", "let n = [5]\nprint(n[0])"),
        new("LY2010", "There is neither a file nor a module of the library of this name. Paths are relative to the file that imports, and below "
            + "the folder of the program or the `root` of lyra.json.", "import maths\nprint(maths.pi)", "import math\nprint(math.pi)"),
        new("LY2011", "The module has no such name, or does not mark it with `pub`.", "import { sqr } from math\nprint(sqr(4))", "import { sqrt } from math\nprint(sqrt(4))"),
        new("LY2012", "The member is a method or a property, and no field that can be assigned.",
            "struct P {\n    x: int\n    proc twice(self) { return self.x * 2 }\n}\nlet p = P(1)\np.twice = 4",
            "struct P {\n    x: int\n    proc twice(self) { return self.x * 2 }\n}\nlet p = P(1)\np.x = 4"),
        new("LY2101", "Values of unrelated types are never equal.", "let n = 5\nprint(n == \"5\")", "let n = 5\nprint(n == 5)"),
        new("LY2102", "The type of the value is known, and it is another one.",
            "proc f(n: int) { return n is str }\nprint(f(1))", "proc f(n: int | str) { return n is str }\nprint(f(1))"),
        new("LY2103", "The code before it always exits: it returns, throws, breaks, continues or never ends.",
            "proc f(x) {\n    return x\n    print(x)\n}\nf(1)", "proc f(x) {\n    print(x)\n    return x\n}\nf(1)"),
        new("LY2104", "A call of an `async proc` gives a task at once. `await` waits for its result.",
            "async proc ready() { return false }\nif ready() { print(1) }", "async proc ready() { return false }\nif await ready() { print(1) }"),
        new("LY2105", "A method without a call prints as a proc.", "let xs = [1]\nprint(xs.isEmpty)", "let xs = [1]\nprint(xs.isEmpty())"),
        new("LY2106", "`contains` and `remove` look for an element that equals the proc, and do not call it.",
            "print([1, 2].contains(x => x > 1))", "print([1, 2].any(x => x > 1))"),
        new("LY2107", "`is` tests the type only if a type stands behind it. With a variable it compares identity.",
            "proc f(v) {\n    let limit = 5\n    return v is limit\n}\nprint(f(5))", "proc f(v) {\n    let limit = 5\n    return v == limit\n}\nprint(f(5))"),
        new("LY2108", "The statement computes a value and drops it. A line that begins with `-` is a statement of its own.",
            "let a = 1\nlet b = a\n    - 1\nprint(b)", "let a = 1\nlet b = a -\n    1\nprint(b)"),
        new("LY2201", "Nothing reads the variable. A name that begins with `_` says that this is meant.",
            "proc f() {\n    let n = 5\n    return 1\n}\nprint(f())", "proc f() {\n    let n = 5\n    return n\n}\nprint(f())"),
        new("LY2202", "Nothing reads the parameter. A name that begins with `_` says that this is meant.",
            "proc f(a, b) { return a }\nprint(f(1, 2))", "proc f(a, _b) { return a }\nprint(f(1, 2))"),
        new("LY2203", "Nothing uses the imported name.", "import math\nprint(1)", "import math\nprint(math.pi)"),
        new("LY2204", "Other files see the procs with `pub` only, and this file does not use the proc.",
            "pub proc f() { return 1 }\nproc g() { return 2 }", "pub proc f() { return g() }\nproc g() { return 2 }"),
        new("LY2205", "Code fills the container, and none reads it.",
            "proc f(xs) {\n    let seen = set()\n    for x in xs { seen.add(x) }\n}\nf([1])",
            "proc f(xs) {\n    let seen = set()\n    for x in xs { seen.add(x) }\n    return seen\n}\nf([1])"),
    ];
}
