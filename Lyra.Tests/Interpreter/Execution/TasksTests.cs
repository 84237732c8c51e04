using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Tasks: order, cancellation, groups and channels.</summary>
public class TasksTests
{
    private const string Cases = """
        === An async call runs to its first unfinished await
        async proc f(n) { print("start", n); await sleep(0); print("end", n); return n }
        var a = f(1)
        var b = f(2)
        print("main", a.done)
        print(await a + await b, a.done, a.result)
        ---
        start 1
        start 2
        main false
        end 1
        end 2
        3 true 1

        === spawn queues
        async proc f(n) { print("f", n); return n }
        proc p(n) { print("p", n); return n }
        proc g() { yield 1 }
        var t = spawn f(1)
        var u = spawn p(2)
        var v = spawn g()
        var w = spawn length([1, 2, 3])
        print("main")
        print(await t, await u, list(await v), await w)
        ---
        main
        f 1
        p 2
        1 2 [1] 3

        === Tasks left pending at the end run on
        async proc f() { await sleep(1); print("late") }
        f()
        print("main")
        ---
        main
        late

        === Awaiting a value gives it
        print(await 5, await nil)
        ---
        5 nil

        === Cancelling an unstarted task
        async proc f() { print("never"); try { await sleep(0) } finally { print("never") } }
        var t = spawn f()
        t.cancel()
        try { await t } catch e { print(e.kind, e.message) }
        print(t.done)
        ---
        Cancelled the awaited task f was cancelled
        true

        === Cancelling a sleeping task
        async proc f() { await sleep(100000); print("never") }
        var t = f()
        t.cancel()
        try { await t } catch e { print(e.kind) }
        print(t.done)
        ---
        Cancelled
        true

        === Cancelling a task in try/finally
        async proc f() { try { await sleep(100000) } catch e { print("never") } finally { print("cleanup") } }
        var t = f()
        t.cancel()
        print(t.done)
        try { await t } catch e { print(e.kind) }
        ---
        false
        cleanup
        Cancelled

        === Cancelling a finished task changes nothing
        async proc f() { return 1 }
        var t = f()
        t.cancel()
        print(await t)
        ---
        1

        === A task that cancels itself ends at its next await
        var me = nil
        async proc f() { await sleep(0); me.cancel(); print("still"); try { await sleep(0); print("never") } finally { print("cleanup") } }
        me = f()
        try { await me } catch e { print(e.kind) }
        ---
        still
        cleanup
        Cancelled

        === Cancelling ends what is waited for
        async proc inner() { try { await sleep(100000) } finally { print("inner") } }
        async proc outer() { try { await inner() } finally { print("outer") } }
        var t = outer()
        t.cancel()
        try { await t } catch e { print(e.kind) }
        ---
        outer
        inner
        Cancelled

        === A finally that awaits while it is cancelled
        async proc f() { try { await sleep(100000) } finally { print("a"); await sleep(0); print("b") } }
        var t = f()
        t.cancel()
        try { await t } catch e { print(e.kind) }
        ---
        a
        Cancelled

        === gather gives results in order
        async proc f(n) { await sleep(3 - n); return n }
        print(await gather([f(1), f(2), 5, f(3)]))
        print(await gather([]))
        ---
        [1, 2, 5, 3]
        []

        === The first failure of gather is thrown, the others go on
        async proc bad() { await sleep(0); throw "bad" }
        async proc good() { await sleep(5); print("good ran") }
        try { await gather([good(), bad()]) } catch e { print(e.message) }
        ---
        bad
        good ran

        === gather of a cancelled task
        async proc f() { await sleep(100000) }
        var t = f()
        var g = gather([t])
        t.cancel()
        try { await g } catch e { print(e.kind) }
        ---
        Cancelled

        === race gives the first to finish
        async proc f(n) { await sleep(n); return n }
        async proc bad() { throw "bad" }
        var slow = f(100000)
        print(await race([f(1), slow]))
        slow.cancel()
        try { await race([f(1), bad()]) } catch e { print(e.message) }
        print(await race([7, f(1)]))
        try { race([]) } catch e { print(e.kind) }
        ---
        1
        bad
        7
        ValueError

        === race of a cancelled task
        async proc f() { await sleep(100000) }
        var t = f()
        t.cancel()
        try { await race([t]) } catch e { print(e.kind) }
        ---
        Cancelled

        === Cancelling a group cancels its members
        async proc f() { try { await sleep(100000) } finally { print("cleanup") } }
        var g = gather([f(), f()])
        g.cancel()
        try { await g } catch e { print(e.kind) }
        ---
        Cancelled
        cleanup
        cleanup

        === A channel loop ends at close
        var c = chan(1)
        async proc producer() { for i in 0..4 { await c.send(i) }; c.close() }
        async proc consumer() { for v in c { print("got", v) }; print("end") }
        producer()
        await consumer()
        ---
        got 0
        got 1
        got 2
        got 3
        end

        === A rendezvous channel
        var c = chan(0)
        async proc producer() { for i in 0..2 { await c.send(i); print("sent", i) }; c.close() }
        producer()
        for i, v in c { print(i, v) }
        print(await c.recv())
        try { c.send(1) } catch e { print(e.kind) }
        ---
        0 0
        sent 0
        sent 1
        1 1
        nil
        ValueError

        === What can never finish
        var c = chan(0)
        try { await c.recv() } catch e { print(e.kind, e.message) }
        ---
        Error the awaited task can never finish: no other task is left to run

        === A task that waits forever does not keep the program
        var c = chan(0)
        async proc f() { try { await c.recv() } finally { print("not run") } }
        f()
        print("main")
        ---
        main

        === Recursion through await
        async proc fact(n) { if n <= 1 { return 1 }; await sleep(0); return n * await fact(n - 1) }
        print(await fact(10))
        ---
        3628800

        === The error of a task is thrown at each await
        async proc f() { throw "x" }
        var t = f()
        for i in 0..2 { try { await t } catch e { print(i, e.message) } }
        ---
        0 x
        1 x

        === A task awaits itself
        var t = nil
        async proc f() { await sleep(0); await t }
        t = f()
        try { await t } catch e { print(e.kind, e.message) }
        ---
        Error the awaited task can never finish: no other task is left to run
        """;

    public static TheoryData<string> Names => ScriptCases.NamesOf(Cases);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_prints_the_same_at_every_level(string name) => ScriptCases.Check(Cases, name);
}
