using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Loops over each kind of value, and changes of the value during the loop.</summary>
public class IterationTests
{
    private const string Cases = """
        === Every kind alone and with an index
        for c in ["ab", [1, 2], (3, 4), set([5, 6]), {"k": 7, "l": 8}, 1..3, 1..=3, range(6, 0, -2), bytes([1, 2])] {
            var one = []
            for x in c { one.push(x) }
            var two = []
            for i, x in c { two.push((i, x)) }
            print(type(c), one, two)
        }
        ---
        str ["a", "b"] [(0, "a"), (1, "b")]
        list [1, 2] [(0, 1), (1, 2)]
        tuple [3, 4] [(0, 3), (1, 4)]
        set [5, 6] [(0, 5), (1, 6)]
        map ["k", "l"] [("k", 7), ("l", 8)]
        range [1, 2] [(0, 1), (1, 2)]
        range [1, 2, 3] [(0, 1), (1, 2), (2, 3)]
        range [6, 4, 2] [(0, 6), (1, 4), (2, 2)]
        bytes [1, 2] [(0, 1), (1, 2)]

        === Ranges of more than 63 bits
        print(length(0..2**70), length(-2**63..2**63-1), length(0..=2**63-1), length(0..2**63-1), length(range(2**70, 0, -1)), length(range(2**70, 0, -2**69)))
        print(sum(0..2**70) == 2**69 * (2**70 - 1), sum(-2**63..=2**63-1), sum(2**70..2**70+2) - 2**71)
        try { list(0..2**70) } catch e { print(e) }
        ---
        1180591620717411303424 18446744073709551615 9223372036854775808 9223372036854775807 1180591620717411303424 2
        true -9223372036854775808 1
        ValueError: list: a list of more than 2147483591 elements can't exist

        === What can't be iterated
        for c in [nil, 5, 1.5, true, x => x] { try { for x in c { } } catch e { print(e) } }
        ---
        TypeError: nil can't be iterated
        TypeError: int can't be iterated
        TypeError: float can't be iterated
        TypeError: bool can't be iterated
        TypeError: proc can't be iterated

        === A list that changes its size
        var xs = [1, 2, 3]
        try { for x in xs { xs.push(x) } } catch e { print(e.kind, xs) }
        try { for x in xs { xs.pop() } } catch e { print(e.kind, xs) }
        for x in xs { xs[0] = x * 10 }
        print(xs)
        try { for i, x in xs { xs.clear() } } catch e { print(e.kind) }
        ---
        ConcurrentModification [1, 2, 3, 1]
        ConcurrentModification [1, 2, 3]
        [30, 2, 3]
        ConcurrentModification

        === A change at the last element is noticed too
        var xs = [1]
        try { for x in xs { xs.push(x) } } catch e { print(e.kind) }
        var m = {1: 1}
        try { for k in m { m[2] = 2 } } catch e { print(e.kind) }
        var s = set([1])
        try { for x in s { s.add(2) } } catch e { print(e.kind) }
        var ys = [1]
        for x in ys { ys.push(2); break }
        print(ys)
        ---
        ConcurrentModification
        ConcurrentModification
        ConcurrentModification
        [1, 2]

        === A map that changes
        var m = {"a": 1, "b": 2}
        for k, v in m { m[k] = v * 10 }
        print(m)
        try { for k in m { m.remove(k) } } catch e { print(e.kind, m) }
        try { for k in m { m["new"] = 1 } } catch e { print(e.kind) }
        ---
        {"a": 10, "b": 20}
        ConcurrentModification {"b": 20}
        ConcurrentModification

        === A set that changes
        var s = set([1, 2, 3])
        try { for x in s { s.remove(x) } } catch e { print(e.kind, s) }
        for x in s { s.add(x) }
        print(s)
        ---
        ConcurrentModification set([2, 3])
        set([2, 3])

        === Removed entries are passed over
        var m = {1: 1, 2: 2, 3: 3, 4: 4}
        m.remove(1)
        m.remove(3)
        for k, v in m { print(k, v) }
        m[1] = 5
        print(keys(m))
        ---
        2 2
        4 4
        [2, 4, 1]

        === Ranges at the ends of 64 bits
        var n = 0
        for i in 9223372036854775805..9223372036854775807 { n += 1 }
        for i in 9223372036854775805..=9223372036854775807 { n += 1 }
        for i in 9223372036854775806..9223372036854775810 { print(i) }
        for i in 9223372036854775807..=9223372036854775808 { print(i) }
        for i in -9223372036854775810..-9223372036854775807 { print(i) }
        for i in range(-9223372036854775807, -9223372036854775810, -1) { print(i) }
        print(n)
        var r = 9223372036854775806..=9223372036854775807
        for i in r { print(i) }
        for k, i in r { print(k, i) }
        ---
        9223372036854775806
        9223372036854775807
        9223372036854775808
        9223372036854775809
        9223372036854775807
        9223372036854775808
        -9223372036854775810
        -9223372036854775809
        -9223372036854775808
        -9223372036854775807
        -9223372036854775808
        -9223372036854775809
        5
        9223372036854775806
        9223372036854775807
        0 9223372036854775806
        1 9223372036854775807

        === Empty ranges
        for i in 5..5 { print(i) }
        for i in 5..1 { print(i) }
        for i in 5..=4 { print(i) }
        for i in 10 ** 30..10 ** 20 { print(i) }
        for i in 5..=5 { print(i) }
        print("end")
        ---
        5
        end

        === Bounds that are no ints
        for c in [() => { for i in 0..1.5 { } }, () => { for i in nil..3 { } }, () => { for i in "a"..="b" { } }, () => { for i in 10 ** 30..1.5 { } }] {
            try { c() } catch e { print(e) }
        }
        ---
        TypeError: the bounds of a range must be ints, not float
        TypeError: the bounds of a range must be ints, not nil
        TypeError: the bounds of a range must be ints, not str
        TypeError: the bounds of a range must be ints, not float

        === Loop variables may be assigned
        for i in 0..3 { var j = i; i = 10; write(j, i, "") }
        for x in [1, 2] { x = 5; write(x, "") }
        var ks = []
        for k, v in {"a": 1} { k = 2; v = 3; ks.push(k) }
        print(ks)
        ---
        0 10 1 10 2 10 5 5 [2]

        === Loop variables are fresh for closures
        var fs = []
        for i in 0..3 { fs.push(() => i) }
        for x in [7, 8] { fs.push(() => x) }
        for k, v in {"a": 1} { fs.push(() => (k, v)) }
        print(fs.map(f => f()))
        ---
        [0, 1, 2, 7, 8, ("a", 1)]

        === Destructuring loops
        for (a, b) in [(1, 2), [3, 4]] { write(a, b, "") }
        for i, (a, b) in [(1, 2)] { write(i, a, b, "") }
        try { for (a, b) in [(1, 2, 3)] { } } catch e { print(e.kind) }
        ---
        1 2 3 4 0 1 2 ValueError

        === The iter hook
        struct L {
            xs
            proc __iter(self) { return self.xs }
        }
        struct G {
            n
            proc __iter(self) { try { for i in 0..self.n { yield i } } finally { print("closed") } }
        }
        for x in L([1, 2]) { write(x, "") }
        for i, x in L({"a": 1}) { write(i, x, "") }
        for x in G(3) { write(x, ""); if x == 1 { break } }
        print(list(G(2)), sum(L([3, 4])), L(L((1,))) in [1])
        for x in L(L([9])) { print(x) }
        ---
        1 2 a 1 0 1 closed
        closed
        [0, 1] 7 false
        9

        === An iter hook that gives nothing to iterate
        struct B {
            proc __iter(self) { return 5 }
        }
        struct C {
            proc __iter(self) { return self }
        }
        try { for x in B() { } } catch e { print(e.kind) }
        try { for x in C() { } } catch e { print(e.kind) }
        ---
        TypeError
        TypeError

        === Labels through loops of each kind
        proc g() { try { yield 1; yield 2 } finally { print("closed") } }
        a: for x in g() {
            b: for i in 0..3 {
                for y in [1, 2] {
                    while true {
                        if i == 0 { continue b }
                        if i == 1 { continue a }
                    }
                }
            }
        }
        print("end")
        ---
        closed
        end

        === A host-size range is counted, not made
        var n = 0
        for i in 0..10 ** 18 { n += 1; if n == 5 { break } }
        for i in range(0, 10 ** 18, 3) { n += 1; if n == 10 { break } }
        for i in 0..10 ** 30 { n += 1; if n == 15 { break } }
        print(n)
        ---
        15
        """;

    public static TheoryData<string> Names => ScriptCases.NamesOf(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_the_same_at_every_level(string name) => ScriptCases.Check(Cases, name);
}
