using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Errors: traces, causes, handlers and the end of runs.</summary>
public class ErrorsTests
{
    private const string Cases = """
        === Procs and lambdas
        proc inner(n) {
            throw error("K", "deep")
        }
        var lam = x => inner(x)
        proc outer() { return lam(1) }
        try { outer() } catch e { for t in e.trace { print(t) }; print(e.line, e.column, e.file) }
        ---
        inner (<script>:2:5)
        <lambda> (<script>:4:16)
        outer (<script>:5:23)
        <module> (<script>:6:7)
        2 5 <script>

        === Methods, constructors and hooks
        struct P {
            x = fail()
            proc m(self) { return self + 1 }
            proc __add(self, o) { throw "added" }
            proc s() { return P(1).m() }
        }
        proc fail() { throw "default" }
        try { P.s() } catch e { for t in e.trace { print(t) } }
        try { P() } catch e { for t in e.trace { print(t) } }
        ---
        __add (<script>:4:27)
        m (<script>:3:32)
        s (<script>:5:28)
        <module> (<script>:8:9)
        fail (<script>:7:15)
        P (<script>:2:9)
        <module> (<script>:9:7)

        === Generators driven by for and by next
        proc g() {
            yield 1
            throw "in g"
        }
        proc drive() { for x in g() { } }
        try { drive() } catch e { for t in e.trace { print(t) } }
        proc pull() { var it = g(); next(it); return next(it) }
        try { pull() } catch e { for t in e.trace { print(t) } }
        ---
        g (<script>:3:5)
        drive (<script>:5:25)
        <module> (<script>:6:7)
        g (<script>:3:5)
        pull (<script>:7:46)
        <module> (<script>:8:7)

        === A MatchError names the value, cut
        struct P {
            x
            y
            proc __str(self) { throw "never called" }
        }
        var cycle = [1]
        cycle.push(cycle)
        var holes = {}
        for i in 0..1000 { holes[i] = i }
        for i in 0..999 { holes.remove(i) }
        for v in ["no", "x" * 100, [1, "a", nil], (1.5,), P(1, {"k": true}), list(0..50), cycle, 2 ** 1000, holes, print] {
            try { match v { -1 => 0 } } catch e { print(e.message) }
        }
        ---
        no arm of the match fits "no", which is of type str
        no arm of the match fits "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"…, which is of type str
        no arm of the match fits [1, "a", nil], which is of type list
        no arm of the match fits (1.5,), which is of type tuple
        no arm of the match fits P{x: 1, y: {"k": true}}, which is of type P
        no arm of the match fits [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …], which is of type list
        no arm of the match fits [1, [1, [1, [1, […]]]]], which is of type list
        no arm of the match fits (a huge int), which is of type int
        no arm of the match fits {999: 999}, which is of type map
        no arm of the match fits <proc print>, which is of type proc

        === An operator on a method that is not called gives a hint
        struct S { proc size(self) { return 1 } }
        let xs = [1]
        let s = S()
        for f in [() => xs.length + 1, () => 2 * s.size, () => -s.size, () => ~xs.pop, () => xs.count < 2, () => [1] >= [xs.first],
            () => print + 1] {
            try { f() } catch e { print(e.message) }
        }
        ---
        operator + can't take proc and int; length is a method: write length()
        operator * can't take int and proc; size is a method: write size()
        operator - can't take proc; size is a method: write size()
        operator ~ can't take proc; pop is a method: write pop()
        proc and int have no order: < compares two numbers, strs, lists or tuples; count is a method: write count()
        proc and int have no order: <= compares two numbers, strs, lists or tuples; first is a method: write first()
        operator + can't take proc and int

        === An error of a finally block takes the place of one that may be caught
        proc f() { try { throw "first" } finally { throw "second" } }
        try { f() } catch e { print(e.message, e.cause) }
        proc g() { try { throw "first" } finally { try { throw "second" } catch e { print("inner", e.message) } } }
        try { g() } catch e { print(e.message) }
        ---
        second nil
        inner second
        first

        === A cancelled task is cancelled whatever its finally blocks throw
        async proc f() { try { try { await sleep(1000) } finally { throw "y" } } catch e { return "rescued" } }
        let t = f()
        t.cancel()
        try { print(await t) } catch e { print(e.kind) }
        ---
        Cancelled

        === Tasks have the frames below their own
        async proc t1() { await sleep(0); throw "after" }
        async proc t2() { throw "before" }
        async proc t3() { await t1() }
        try { await t1() } catch e { for t in e.trace { print(t) } }
        try { await t2() } catch e { for t in e.trace { print(t) } }
        try { await t3() } catch e { for t in e.trace { print(t) } }
        try { await spawn t2() } catch e { for t in e.trace { print(t) } }
        ---
        t1 (<script>:1:35)
        t2 (<script>:2:19)
        <module> (<script>:5:13)
        t1 (<script>:1:35)
        t2 (<script>:2:19)

        === Callbacks of builtins
        proc cb(x) { return 1 / x }
        proc use(xs) { return xs.map(cb) }
        try { use([1, 0]) } catch e { for t in e.trace { print(t) } }
        try { sorted([2, 0], cb) } catch e { for t in e.trace { print(t) } }
        struct S { proc __str(self) { return nil + 1 } }
        try { print("${S()}") } catch e { for t in e.trace { print(t) } }
        ---
        cb (<script>:1:23)
        use (<script>:2:26)
        <module> (<script>:3:7)
        cb (<script>:1:23)
        <module> (<script>:4:7)
        __str (<script>:5:42)
        <module> (<script>:6:13)

        === An error of a builtin is where it is called
        proc f(xs) {
            return xs.pop()
        }
        try { f([]) } catch e { print(e.kind, e.line, e.column); for t in e.trace { print(t) } }
        ---
        IndexError 2 15
        f (<script>:2:15)
        <module> (<script>:4:7)

        === A finally that throws takes the place of the first error
        proc f() { try { throw "first" } finally { throw "second" } }
        try { f() } catch e { print(e.message, e.line, e.cause) }
        ---
        second 1 nil

        === A catch that throws records the cause
        proc f() { try { throw "first" } catch e { throw "second" } }
        try { f() } catch e { print(e.message, e.cause, e.cause.cause) }
        try { try { throw "a" } catch e { throw error("K", "m", e) } } catch e { print(e, e.cause) }
        try { try { throw "a" } catch e { throw e } } catch e { print(e, e.cause) }
        try { try { throw "a" } catch e { try { throw "b" } catch f { throw "c" } } } catch e { print(e, e.cause, e.cause.cause) }
        ---
        second Error: first nil
        K: m Error: a
        Error: a nil
        Error: c Error: b nil

        === A rethrow keeps the first trace
        proc f() { throw "x" }
        var kept = nil
        try { f() } catch e { kept = e }
        try {
            throw kept
        } catch e { print(e.line); for t in e.trace { print(t) } }
        ---
        1
        f (<script>:1:12)
        <module> (<script>:3:7)

        === An error made early has its trace from the throw
        var e1 = error("K", "m")
        print(e1.line, e1.trace)
        try {
            throw e1
        } catch e { print(e.line, e is e1) }
        ---
        0 []
        4 true

        === An error inside a generator ends it
        proc g() { try { yield 1; throw "x" } finally { print("finally") } }
        var it = g()
        print(next(it))
        try { next(it) } catch e { print(e.message) }
        print(next(it), done(it))
        ---
        1
        finally
        x
        nil true

        === Catch inside a loop in a generator
        proc g(xs) { for x in xs { try { if x == 2 { throw "two" }; yield x } catch e { yield e.message } } }
        print(list(g([1, 2, 3])))
        ---
        [1, "two", 3]

        === Clauses are tried in order
        for k in ["IndexError", "KeyError", "K"] {
            try { throw error(k, "m") } catch e: "IndexError" { print("index") } catch e: "KeyError" { print("key") } catch e { print("any", e.kind) }
        }
        try { try { throw error("K", "m") } catch e: "Other" { print("no") } finally { print("finally") } } catch e { print(e) }
        ---
        index
        key
        any K
        finally
        K: m

        === Finally runs on return, break and continue
        proc f() { for i in 0..3 { try { if i == 0 { continue }; if i == 1 { break } } finally { print("f", i) } }; try { return "r" } finally { print("last") } }
        print(f())
        ---
        f 0
        f 1
        last
        r

        === Throwing what is no error
        try { throw 5 } catch e { print(e) }
        try { throw nil } catch e { print(e) }
        ---
        TypeError: only an error or a str can be thrown, not a value of type int
        TypeError: only an error or a str can be thrown, not a value of type nil

        === An error in a task that nobody awaits ends the program
        async proc f() { await sleep(0); throw "lost" }
        f()
        print("main done")
        ---
        main done
        !! Error: lost | f (<script>:1:34)

        === A cancelled task does not
        async proc f() { await sleep(1000) }
        var t = f()
        t.cancel()
        print("main done")
        ---
        main done

        === An error across all kinds of frames
        struct S { proc __lt(self, o) { return list([1].map(x => gen_fail())) } }
        proc gen() { yield 1; boom() }
        proc boom() { throw "boom" }
        proc gen_fail() { for x in gen() { } }
        try { sorted([S(), S()]) } catch e { for t in e.trace { print(t) } }
        ---
        boom (<script>:3:15)
        gen (<script>:2:23)
        gen_fail (<script>:4:28)
        <lambda> (<script>:1:58)
        __lt (<script>:1:49)
        <module> (<script>:5:7)

        === StackOverflow is caught where there is room
        proc f(n) { return f(n + 1) + 1 }
        try { f(0) } catch e { print(e.kind, length(e.trace)); print(e.trace[0]); print(e.trace[49]) }
        proc ok(n) { if n == 0 { return 0 }; return ok(n - 1) + 1 }
        print(ok(48))
        ---
        StackOverflow 151
        f (<script>:1:20)
        f (<script>:1:20)
        48

        === A trace in the middle is left out
        proc f(n) { return f(n + 1) + 1 }
        try { f(0) } catch e { print(length(e.trace), e.trace[100]) }
        ---
        151 ... (9850 more)

        === Messages name what is meant
        struct P { x = 1 }
        struct H {
            n
            proc __len(self) { return self.n }
        }
        proc t(f) { try { return f() } catch e { return "${e}" } }
        var m: {str: int} = {}
        var nested: {(int, int): int} = {}
        print(t(() => P.nope))
        print(t(() => P.nope()))
        print(t(() => { P.x = 1 }))
        print(t(() => { var s: P = [P][0] }))
        print(t(() => length(H(-1))))
        print(t(() => length(H(2 ** 70))))
        print(t(() => length(H("a"))))
        print(t(() => { m[1] = 1 }))
        print(t(() => { m["a"] = "b" }))
        print(t(() => { nested[1] = 1 }))
        print(t(() => { nested[(1, "b")] = 1 }))
        print(t(() => { var p: (int, int) = [(1,)][0] }))
        print(t(() => { error("a").kind = "b" }))
        print(t(() => { error("a").nope = "b" }))
        print(t(() => { (spawn t(() => 1)).done = 5 }))
        print(t(() => [1, 2].insert(-1, 0)))
        print(t(() => [1, 2].insert(2 ** 70, 0)))
        print(t(() => "a".repeat(2 ** 70)))
        print(t(() => [1] * 2 ** 70))
        ---
        FieldError: struct P has no field or method 'nope'
        FieldError: struct P has no field or method 'nope'
        FieldError: struct P has no field 'x' to assign
        TypeError: variable s must be P, not the struct P itself
        TypeError: __len of H must return an int of at least 0, not -1
        TypeError: __len of H must return an int that fits 64 bits, not 1180591620717411303424
        TypeError: __len of H must return an int of at least 0, not str
        TypeError: a key must be str, not int
        TypeError: an element must be int, not str
        TypeError: a key must be (int, int), not int
        TypeError: a key must be (int, int), but an element that must be int is str
        TypeError: variable p must be (int, int), but the tuple has 1 element
        FieldError: 'kind' of a value of type error can only be read
        FieldError: a value of type error has no field 'nope' to assign
        FieldError: 'done' of a value of type task can only be read
        IndexError: insert: position -1 is outside 0 to 2
        IndexError: insert: position 1180591620717411303424 is outside 0 to 2
        ValueError: a str of more than 1073741791 code units can't exist
        ValueError: a list of more than 2147483591 elements can't exist

        === Arguments of error
        proc t(f) { try { return f() } catch e { return "${e}" } }
        print(t(() => error()), t(() => error("a", "b", nil, "d")), t(() => error(cause: error("c"))))
        print(error(message: "m"), error("m", cause: error("c")).cause, error("K", "m", nil))
        ---
        ArgumentError: error(kind?, message?, cause?) takes 1 to 3 arguments, but none was given ArgumentError: error(kind?, message?, cause?) takes 1 to 3 arguments, but 4 were given ArgumentError: error: the message is missing
        Error: m Error: c K: m

        === An uncaught error through modules
        import "lib" as l
        l.nothing
        ---
        !! FieldError: module lib exports no 'nothing' | <module> (<script>:2:3)
        """;

    public static TheoryData<string> Names => ScriptCases.NamesOf(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_the_same_at_every_level(string name) => ScriptCases.Check(Cases, name);
}
