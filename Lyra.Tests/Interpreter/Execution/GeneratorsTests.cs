using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Generators: how they are resumed and closed.</summary>
public class GeneratorsTests
{
    private const string Cases = """
        === next and done
        proc g() { yield 1; yield nil; yield 3 }
        var it = g()
        print(done(it), next(it), next(it), done(it), next(it), done(it), next(it), done(it), next(it))
        ---
        false 1 nil false 3 false nil true nil

        === A break, a return and a throw close the iterator
        proc g() { try { yield 1; yield 2 } finally { print("closed") } }
        for x in g() { break }
        proc f() { for x in g() { return "r" } }
        print(f())
        try { for x in g() { throw "t" } } catch e { print(e.message) }
        outer: for y in 0..2 { for x in g() { continue outer } }
        for x in g() { }
        ---
        closed
        closed
        r
        closed
        t
        closed
        closed
        closed

        === The body's finally runs before the iterator's
        proc g() { try { yield 1 } finally { print("iterator") } }
        try { for x in g() { try { throw "x" } finally { print("body") } } } catch e { print("handler") }
        ---
        body
        iterator
        handler

        === An iterator that the loop did not make stays open
        proc g() { try { yield 1; yield 2; yield 3 } finally { print("closed") } }
        var it = g()
        for x in it { print(x); break }
        for x in it { print(x); break }
        print(next(it), done(it), next(it), done(it))
        ---
        1
        2
        closed
        3 false nil true

        === A generator that yields while it is closed
        proc g() { try { try { yield 1 } finally { yield 2; print("never") } } finally { print("outer") } }
        for x in g() { print(x); break }
        print("behind")
        ---
        1
        outer
        behind

        === A finally that throws while it is closed
        proc g() { try { yield 1 } finally { throw "close" } }
        try { for x in g() { break } } catch e { print(e.message, e.cause) }
        try { for x in g() { throw "body" } } catch e { print(e.message, e.cause) }
        ---
        close nil
        close nil

        === Closing an iterator closes the ones that it drives
        proc a() { try { yield 1 } finally { print("a") } }
        proc b() { try { for x in a() { yield x } } finally { print("b") } }
        for x in b() { break }
        ---
        a
        b

        === A generator can't drive itself
        var it = nil
        proc g() { yield 1; next(it); yield 2 }
        it = g()
        next(it)
        try { next(it) } catch e { print(e.kind, e.message) }
        print(done(it), next(it))
        ---
        ValueError the iterator is already running; it can't advance itself
        true nil

        === A generator can't loop over itself
        var it = nil
        proc g() { yield 1; for x in it { print(x) }; yield 2 }
        it = g()
        next(it)
        try { next(it) } catch e { print(e.kind) }
        ---
        ValueError

        === A generator never started runs nothing when dropped
        proc g() { try { print("start"); yield 1 } finally { print("closed") } }
        g()
        proc f() { for x in [g()] { break } }
        f()
        print("end")
        ---
        end

        === Builtins leave the iterator that they are given open
        proc g() { try { yield 1; yield 2; yield 3 } finally { print("closed") } }
        print(any(g(), x => x == 2))
        print(zip(g(), [1]))
        print(sum(g()), list(g()), max(g()))
        var it = g()
        print(any(it, x => x == 1), next(it), next(it), next(it))
        ---
        true
        [(1, 1)]
        closed
        closed
        closed
        6 [1, 2, 3] 3
        closed
        true 2 3 nil

        === Generators of generators
        proc count(n) { for i in 0..n { yield i } }
        proc evens(it) { for x in it { if x % 2 == 0 { yield x } } }
        proc squares(it) { for x in it { yield x * x } }
        print(list(squares(evens(count(10)))))
        for i, x in squares(count(3)) { print(i, x) }
        ---
        [0, 4, 16, 36, 64]
        0 0
        1 1
        2 4

        === Generators keep what they close over
        var fs = []
        proc g() { for i in 0..3 { fs.push(() => i); yield i } }
        for x in g() { }
        print(fs.map(f => f()))
        ---
        [0, 1, 2]

        === A generator method and a lambda that yields
        struct T {
            xs
            proc __iter(self) { for x in self.xs { yield x * 10 } }
            proc each(self, n) { yield n; yield self.xs }
        }
        print(list(T([1, 2])), list(T(3).each(4)))
        var g = n => { yield n; yield n + 1 }
        print(list(g(5)))
        ---
        [10, 20] [4, 3]
        [5, 6]

        === exit closes iterators
        proc g() { try { yield 1 } finally { print("closed") } }
        try { for x in g() { exit(0) } } finally { print("finally") }
        ---
        closed
        finally
        !! exit 0
        """;

    public static TheoryData<string> Names => ScriptCases.NamesOf(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_the_same_at_every_level(string name) => ScriptCases.Check(Cases, name);
}
