using System.Collections.Generic;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Hooks and callbacks that do what their caller does not expect: recurse, throw, return inconsistent results, or change the container that
/// the caller is traversing.
/// </summary>
internal static class HookBombs
{
    public static IEnumerable<HostileProgram> All() => [.. Recursive(), .. Lying(), .. Mutating(), .. Throwing(), .. Cyclic()];

    private static IEnumerable<HostileProgram> Recursive()
    {
        (string Name, string Hook, string Use)[] hooks =
        [
            ("__str by tostring(self)", "proc __str(self) { return tostring(self) }", "print(S())"),
            ("__str by interpolation", "proc __str(self) { return \"${self}\" }", "print([S()])"),
            ("__str by a list of self", "proc __str(self) { return tostring([self]) }", "print(S())"),
            ("__eq by ==", "proc __eq(self, o) { return self == o }", "print(S() == S())"),
            ("__eq by !=", "proc __eq(self, o) { return self != o }", "print(S() != S())"),
            ("__eq by in", "proc __eq(self, o) { return self in [o] }", "print(S() == S())"),
            ("__hash by hash", "proc __hash(self) { return hash(self) }\nproc __eq(self, o) { return true }", "print(hash(S()))"),
            ("__hash by a tuple of self", "proc __hash(self) { return hash((self,)) }\nproc __eq(self, o) { return true }",
                "var m = {}\nm[S()] = 1"),
            ("__lt by <", "proc __lt(self, o) { return self < o }", "print(S() < S())"),
            ("__lt by >", "proc __lt(self, o) { return self > o }", "print(S() < S())"),
            ("__index by []", "proc __index(self, i) { return self[i] }", "print(S()[0])"),
            ("__setindex by []", "proc __setindex(self, i, v) { self[i] = v }", "S()[0] = 1"),
            ("__call by ()", "proc __call(self) { return self() }", "S()()"),
            ("__len by length", "proc __len(self) { return length(self) }", "print(length(S()))"),
            ("__iter by for", "proc __iter(self) { for x in self { }\nreturn [] }", "for x in S() { }"),
            ("__iter that gives self", "proc __iter(self) { return self }", "for x in S() { }"),
            ("__add by +", "proc __add(self, o) { return self + o }", "S() + 1"),
            ("__neg by -", "proc __neg(self) { return -self }", "print(-S())"),
        ];
        foreach ((string name, string hook, string use) in hooks)
        {
            yield return HostileProgram.Failing(name, $"struct S {{\n{hook}\n}}\n{use}\n", "StackOverflow",
                "TypeError") with
            { Options = ["--timeout", "60000"] };
        }
    }

    private static IEnumerable<HostileProgram> Lying()
    {
        (string Name, string Hook, string Use)[] hooks =
        [
            ("__str that gives an int", "proc __str(self) { return 1 }", "print(S())"),
            ("__len that gives a str", "proc __len(self) { return \"x\" }", "print(length(S()))"),
            ("__len that gives -1", "proc __len(self) { return -1 }", "print(length(S()))"),
            ("__hash that gives a list", "proc __hash(self) { return [] }\nproc __eq(self, o) { return true }", "var m = {}\nm[S()] = 1"),
            ("__hash that gives a huge int", "proc __hash(self) { return 2 ** 1000 }\nproc __eq(self, o) { return true }",
                "var m = {}\nm[S()] = 1\nprint(m[S()])"),
            ("__iter that gives nil", "proc __iter(self) { return nil }", "for x in S() { }"),
            ("__lt that gives nil", "proc __lt(self, o) { return nil }", "print(sorted([S(), S()]).count(1))"),
            ("hooks of a wrong count", "proc __add(self) { return 1 }", "print(S() + 1)"),
            ("a hook without self", "proc __add(o) { return 1 }", "print(S() + 1)"),
            ("a hook that is a field", "__add", "print(S(1) + 1)"),
        ];
        foreach ((string name, string hook, string use) in hooks)
        {
            yield return new HostileProgram(name, $"struct S {{\n{hook}\n}}\n{use}\n") { Codes = [0, 1, 2] };
        }
        yield return new HostileProgram("an order that is none", "import random\nrandom.seed(1)\nstruct S { proc __lt(self, o) { return "
            + "random.int(0, 1) == 1 } }\nvar xs = []\nfor i in 0..5000 { xs.push(S()) }\nxs.sort()\nprint(length(xs))")
        {
            Output =
            "5000\n"
        };
        yield return new HostileProgram("an order in which all come first", "struct S { proc __lt(self, o) { return true } }\nvar xs = "
            + "[]\nfor i in 0..5000 { xs.push(S()) }\nxs.sort()\nprint(length(xs))")
        { Output = "5000\n" };
        yield return new HostileProgram("keys that are random",
            "import random\nprint(length(sorted(list(0..5000), x => random.float())))")
        { Output = "5000\n" };
        yield return new HostileProgram("hashes that are all one", "struct S { n\nproc __hash(self) { return 1 }\nproc __eq(self, o) { "
            + "return self.n == o.n } }\nvar m = {}\nfor i in 0..300 { m[S(i)] = i }\nprint(length(m), m[S(77)])")
        { Output = "300 77\n" };
        yield return new HostileProgram("hashes that change", "import random\nstruct S { proc __hash(self) { return random.int(0, "
            + "1000000) }\nproc __eq(self, o) { return false } }\nvar m = {}\nlet s = S()\nfor i in 0..2000 { m[s] = i "
            + "}\nm.remove(s)\nprint(length(m) > 0)")
        { Output = "true\n" };
        yield return new HostileProgram("keys that are not themselves",
            "import math\nvar m = {}\nfor i in 0..100 { m[math.nan] = i }\nm.remove(math.nan)\nprint(length(m) > 0)")
        { Codes = [0] };
    }

    private static IEnumerable<HostileProgram> Mutating()
    {
        (string Name, string Source)[] programs =
        [
            ("a sort key that clears the list", "var xs = list(0..1000)\nxs.sort(x => { xs.clear()\nreturn x })\nprint(length(xs))"),
            ("a sort key that grows the list", "var xs = list(0..1000)\nxs.sort(x => { xs.push(1)\nreturn -x })\nprint(length(xs) >= 0)"),
            ("a sort key that widens the list", "var xs = list(0..1000)\nxs.sort(x => { xs[0] = \"s\"\nreturn -x })\nprint(length(xs))"),
            ("a comparer that clears the list", "var xs = []\nstruct S { proc __lt(self, o) { xs.clear()\nreturn true } }\nfor i in "
                + "0..1000 { xs.push(S()) }\nxs.sort()\nprint(length(xs))"),
            ("a comparer that sorts the list", "var xs = []\nvar n = 0\nstruct S { proc __lt(self, o) { n += 1\nif n < 50 { xs.sort() "
                + "}\nreturn false } }\nfor i in 0..10 { xs.push(S()) }\nxs.sort()\nprint(length(xs))"),
            ("map that clears its list", "var xs = list(0..1000)\nprint(length(xs.map(x => xs.clear())))"),
            ("filter that grows its list",
                "var xs = list(0..10)\nprint(length(xs.filter(x => { if length(xs) < 100000 { xs.push(x) }\nreturn true })))"),
            ("each that pops its list", "var xs = list(0..1000)\nxs.each(x => xs.pop())"),
            ("reduce that clears its list", "var xs = list(0..1000)\nprint(xs.reduce((a, b) => { xs.clear()\nreturn a }))"),
            ("find that clears its list", "var xs = list(0..1000)\nprint(xs.find(x => { xs.clear()\nreturn false }))"),
            ("== that clears its list", "var xs = []\nstruct S { proc __eq(self, o) { xs.clear()\nreturn true } }\nfor i in 0..100 { "
                + "xs.push(S()) }\nprint(xs == xs.copy())"),
            ("in that clears its list", "var xs = []\nstruct S { proc __eq(self, o) { xs.clear()\nreturn false } }\nfor i in 0..100 { "
                + "xs.push(S()) }\nprint(1 in xs, S() in xs)"),
            ("printing that clears its list", "var xs = []\nstruct S { proc __str(self) { xs.clear()\nreturn \"s\" } }\nfor i in 0..100 { "
                + "xs.push(S()) }\nprint(length(tostring(xs)) > 0)"),
            ("printing that clears its map", "var m = {}\nstruct S { proc __str(self) { m.clear()\nreturn \"s\" } }\nfor i in 0..100 { "
                + "m[i] = S() }\nprint(length(tostring(m)) > 0)"),
            ("hashing that clears its map", "var m = {}\nstruct S { proc __hash(self) { m.clear()\nreturn 1 }\nproc __eq(self, o) { "
                + "m.clear()\nreturn false } }\nfor i in 0..100 { m[S()] = i }\nprint(length(m) >= 0)"),
            ("join that clears its list", "var xs = list(0..10)\nprint(xs.map(x => tostring(x)).join(\",\"))"),
            ("extending while iterating", "var xs = [1]\nfor x in xs { xs.push(x) }"),
            ("removing while iterating a map", "var m = {1: 1, 2: 2}\nfor k in m { m.remove(k) }"),
            ("adding while iterating a set", "var s = set([1])\nfor x in s { s.add(x + 1) }"),
            ("a size that changes and changes back",
                "var xs = [1, 2, 3]\nvar n = 0\nfor x in xs { xs.push(x)\nxs.pop()\nn += 1 }\nprint(n)"),
            ("replace with a proc that throws", "import regex\nprint(regex.replace(\"a\", \"aaa\", x => nil))"),
        ];
        foreach ((string name, string source) in programs)
        {
            yield return new HostileProgram(name, source) { Codes = [0, 1], Options = ["--timeout", "60000"] };
        }
    }

    private static IEnumerable<HostileProgram> Throwing()
    {
        yield return new HostileProgram("a sort key that throws leaves the list", "var xs = [3, 1, 2]\ntry { xs.sort(x => { throw \"no\" "
            + "}) } catch e { print(e.message, sorted(xs)) }")
        { Output = "no [1, 2, 3]\n" };
        yield return new HostileProgram("a comparer that throws leaves the list", "struct S { n\nproc __lt(self, o) { throw \"no\" } "
            + "}\nvar xs = [S(1), S(2), S(3)]\ntry { xs.sort() } catch e { print(e.message, sum(xs.map(s => s.n))) }")
        {
            Output =
            "no 6\n"
        };
        yield return new HostileProgram("a hook that throws in a map", "struct S { proc __hash(self) { throw \"no\" }\nproc __eq(self, o) "
            + "{ return true } }\nvar m = {1: 2}\ntry { m[S()] = 1 } catch e { print(e.message, m) }")
        { Output = "no {1: 2}\n" };
        yield return new HostileProgram("a hook that throws while printing",
            "struct S { proc __str(self) { throw \"no\" } }\ntry { print([1, S()]) } catch e { print(e.message) }")
        { Output = "no\n" };
        yield return HostileProgram.Failing("an error whose text throws", "struct S { proc __str(self) { throw \"no\" } }\nthrow S()");
        yield return HostileProgram.Failing("throw in finally", "try { throw \"a\" } finally { throw \"b\" }", "Error");
        yield return HostileProgram.Failing("throw of nil", "throw nil", "TypeError");
        yield return HostileProgram.Failing("a cause that is no error", "throw error(\"K\", \"m\", 5)");
        yield return HostileProgram.Failing("a chain of a hundred thousand causes",
            "var e = error(\"first\")\nfor i in 0..100000 { e = error(\"K\", \"m\", e) }\nthrow e", "K");
        yield return HostileProgram.Failing("a generator that resumes itself", "var g = nil\nproc f() { yield next(g) }\ng = f()\nnext(g)");
        yield return HostileProgram.Failing("a generator that iterates itself",
            "var g = nil\nproc f() { for x in g { yield x } }\ng = f()\nfor x in g { }");
        yield return new HostileProgram("a generator closed while it runs", "var g = nil\nproc f() { try { for x in [1, 2] { yield x } } "
            + "finally { next(g) } }\ng = f()\nfor x in f() { break }\nprint(1)")
        { Codes = [0, 1] };
        yield return new HostileProgram("generators in a chain of a thousand", "proc g(source) { for x in source { yield x + 1 } }\nvar s "
            + "= [0]\nfor i in 0..1000 { s = g(s) }\nprint(list(s))")
        { Output = "[1000]\n" };
        yield return HostileProgram.Failing("generators in a chain of a million", "proc g(source) { for x in source { yield x + 1 } "
            + "}\nvar s = [0]\nfor i in 0..100000 { s = g(s) }\nprint(list(s))", "StackOverflow", "LimitExceeded");
    }

    private static IEnumerable<HostileProgram> Cyclic()
    {
        const string list = "var a = []\na.push(a)\n";
        const string two = list + "var b = []\nb.push(b)\n";
        yield return new HostileProgram("printing a cycle", list + "print(a)") { Output = "[[...]]\n" };
        yield return new HostileProgram("printing a map cycle", "var m = {}\nm[1] = m\nprint(m)") { Output = "{1: {...}}\n" };
        yield return HostileProgram.Failing("comparing cycles", two + "print(a == b)", "StackOverflow");
        yield return HostileProgram.Failing("ordering cycles", two + "print(a < b)", "StackOverflow");
        yield return HostileProgram.Failing("hashing a cycle", list + "print(hash((a,)))", "TypeError");
        yield return HostileProgram.Failing("writing a cycle as JSON", "import json\n" + list + "print(json.stringify(a))");
        yield return new HostileProgram("searching a cycle", list + "print(a in a)") { Codes = [0, 1] };
        yield return new HostileProgram("sorting cycles", two + "print(length(sorted([a, b])))") { Codes = [0, 1] };
        foreach (string use in new[] { "print(x)", "print(x == y)", "print(x < y)", "sorted([x, y])", "print(json.stringify(x))",
            "print(x in [y])", "print(tostring({1: x}))" })
        {
            string source = "import json\nvar x = []\nvar y = []\nfor i in 0..200000 { x = [x]\ny = [y] }\n" + use;
            yield return HostileProgram.Failing($"lists 200,000 deep: {use}", source, "StackOverflow", "ValueError");
            yield return new HostileProgram($"lists 200,000 deep, a million frames: {use}", source)
            {
                Codes = [0, 1],
                Options = ["--max-frames", "1000000"]
            };
        }
        yield return HostileProgram.Failing("tuples 200,000 deep: hash", "var x = ()\nfor i in 0..200000 { x = (x,) }\nprint(hash(x))",
            "StackOverflow");
        yield return new HostileProgram("tuples 200,000 deep, a million frames: hash",
            "var x = ()\nfor i in 0..200000 { x = (x,) }\nprint(type(hash(x)))")
        { Codes = [0, 1], Options = ["--max-frames", "1000000"] };
        yield return new HostileProgram("structs 200,000 deep are freed",
            "struct S { next }\nvar s = nil\nfor i in 0..200000 { s = S(s) }\ns = nil\nprint(1)")
        { Output = "1\n" };
    }
}
