
namespace Lyra.Tests.Census;

/// <summary>
/// Scripts that keep objects of every class of the heap, in every state that changes their size. Each is a run of one engine.
/// </summary>
internal static class HeapExamples
{
    public static readonly string[] Sources =
    [
        Values, Containers, Procs, Errors, Tasks, Generators,
    ];

    private const string Values = """
        let text = "some text of the script".upper()
        var joined = "x" * 300
        for i in 0..500 { joined += tostring(i) }
        let flat = joined.upper()
        let prefix = joined[0..10]
        let big = 3 ** 1000
        let small = 2 ** 64
        let span = 1..10
        let wide = (2 ** 5000)..(2 ** 5001)
        let buffer = bytes(1000)
        let none = bytes(0)
        """;

    private const string Containers = """
        let empty = []
        let ints = list(0..1000)
        let floats = [0.5] * 100
        let flags = [true, false]
        let mixed = [1, "a", nil, [2]]
        let cleared = list(0..1000)
        cleared.clear()
        let popped = [nil] * 1000
        while length(popped) > 0 { popped.pop() }
        let nomap = {}
        let map1 = { "a": 1 }
        let map2 = map(enumerate(0..1000))
        let holes = map(enumerate(0..1000))
        for i in 0..1000 { if i % 2 == 0 { remove(holes, i) } }
        let emptied = map(enumerate(0..1000))
        for i in 0..1000 { remove(emptied, i) }
        let noset = set([])
        let numbers = set(0..1000)
        let pair = (1, 2)
        let tuples = [(1, "b", 3), (1, 2, "c", 4)]
        let nothing = ()
        let hundred = tuple(0..100)
        """;

    private const string Procs = """
        struct Point { x; y: int = 1
            proc sum(self) { return self.x + self.y }
            proc origin() { return Point(0, 0) }
            proc __add(self, other) { return self } }
        enum Choice { First, Second, Third(x: int), Fourth(x, y = [])
            proc next(self) { return self }
            proc start() { return First } }
        let choice = Choice.Fourth(1)
        struct User { use Point
            z = 1 }
        let user = User(1)
        struct Nothing {}
        struct Wide { a; b; c; d; e; f; g; h; i; j; k; l; m; n; o; p; q; r; s; t }
        struct Three { a; b; c }
        struct Four { a; b; c; d }
        struct Six { a; b; c; d; e; f }
        struct Eight { a; b; c; d; e; f; g; h }
        struct Ten { a; b; c; d; e; f; g; h; i; j }
        struct Twelve { a; b; c; d; e; f; g; h; i; j; k; l }
        struct Sixteen { a; b; c; d; e; f; g; h; i; j; k; l; m; n; o; p }
        let structs = [Point(1), Nothing(), Three(1, 2, 3), Four(1, 2, 3, 4), Six(1, 2, 3, 4, 5, 6), Eight(1, 2, 3, 4, 5, 6, 7, 8),
            Ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Twelve(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
            Sixteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
            Wide(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)]
        let method = structs[0].sum
        let builtin = [].push
        proc counter() { var n = 0; let step = 2; let other = "x"
            return () => { n += step; return tostring(n) + other } }
        let count = counter()
        count()
        let hosts = [host, host(1, "a")]
        let numbered = structs.map(s => hash(s))
        """;

    private const string Errors = """
        proc caught(f) { try { f() } catch e { return e } }
        proc deep(n) { if n == 0 { throw error("Deep", "down" + tostring(n)) }
            deep(n - 1)
            return nil }
        let made = error("Kind" * 10, "message" * 100)
        let caused = error("A", "a" * 50, made)
        let thrown = caught(() => [][1])
        let traced = caught(() => deep(300))
        let chain = caught(() => { try { deep(3) } catch e { try { [][2] } catch f { throw error("Last", "one", f) } } })
        """;

    private const string Tasks = """
        async proc waits(x) { let kept = [x]
            await sleep(1)
            return kept }
        async proc fails(x) { throw "failed " + tostring(x) }
        async proc plain(x) { return x }
        let buffered = chan(10)
        for i in 0..10 { buffered.send(i) }
        let senders = chan(0)
        for i in 0..10 { senders.send([i]) }
        let drained = chan(1000)
        for i in 0..1000 { drained.send(i) }
        for i in 0..1000 { await drained.recv() }
        let receivers = chan(0)
        let pending = [receivers.recv(), receivers.recv()]
        let joint = gather(pending)
        let winner = race([pending[0], 5, [1] * 1000])
        let open = race(pending)
        async proc waiter() { await pending[0] }
        let waiting = [waiter(), waiter(), waiter()]
        let ended = waits(1)
        await ended
        let wrong = fails(1)
        try { await wrong } catch e { }
        let cancelled = waits(2)
        cancelled.cancel()
        let spawned = spawn plain(5)
        await spawned
        """;

    private const string Generators = """
        proc items(n) { let big = [0] * n
            yield length(big)
            for i in 0..n { yield i } }
        let fresh = items(1000)
        let suspended = items(1000)
        next(suspended)
        next(suspended)
        let finished = items(1)
        while not done(finished) { next(finished) }
        let closed = items(1000)
        next(closed)
        closed.close()
        proc endless() { for i in (2 ** 100)..(2 ** 101) { yield i } }
        let counting = endless()
        next(counting)
        """;
}
