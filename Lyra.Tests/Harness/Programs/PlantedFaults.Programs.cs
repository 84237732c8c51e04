namespace Lyra.Tests.Harness.Programs;

/// <content>The programs that the faults break.</content>
internal static partial class PlantedFaults
{
    private const string Sum = """
        proc run(n) {
            var s = 0
            for i in 0..n { s += i * 3 + 7 }
            return s
        }
        print(run(100))
        """;

    private const string Counters = """
        proc run(n) {
            var a = 0
            var b = 100
            for i in 0..n { if i % 3 == 0 { a += 1 } else { b += 2 } }
            return (a, b)
        }
        print(run(100))
        """;

    private const string Aliases = """
        struct P { x }
        proc run(p, q, n) {
            var s = 0
            for i in 0..n {
                s += p.x
                q.x = i
                s += p.x
            }
            return s
        }
        let p = P(1)
        print(run(p, p, 100))
        """;

    private const string Escaping = """
        struct V { x; y }
        proc run(n) {
            var v = V(1, 2)
            for i in 0..n { v = V(v.x + 1, v.y + 3) }
            return (v.x, v.y)
        }
        print(run(100))
        """;

    private const string LargeLater = """
        proc run(k, n) {
            var s = 0
            for i in 0..n { s = i + k }
            return s
        }
        print(run(5, 100))
        print(run(9223372036854775800, 100))
        """;

    private const string BeyondTheEnd = """
        proc run(xs, n) {
            var s = 0
            for i in 0..n { s += xs[i] }
            return s
        }
        let xs = []
        for i in 0..100 { xs.push(i) }
        print(run(xs, 100))
        print(run(xs, 101))
        """;

    private const string Appending = """
        proc run(n) {
            var s = ""
            for i in 0..n {
                s += tostring(i)
                s += ","
            }
            return s
        }
        print(run(100))
        """;

    private const string Pairs = """
        proc run(n) {
            var s = 0
            for i in 0..n {
                let pair = []
                pair.push(i)
                pair.push(i + 1)
                s += pair[1] * pair.length()
            }
            return s
        }
        print(run(100))
        """;

    /// <summary>Lists whose parts are kept: the pass may give back the lists, but not the parts.</summary>
    private const string Kept = """
        proc run(n) {
            let kept = []
            var s = 0
            for i in 0..n {
                let part = [i, i + 1, i + 2]
                let whole = [part, part]
                kept.push(part)
                s += whole.length()
            }
            return (s, kept)
        }
        print(run(100))
        """;

    private const string Neighbours = """
        proc run(xs, n) {
            var s = 0
            for i in 2..n { s = s % 1000 + (xs[i - 2] + xs[i - 1] + xs[i] + xs[i + 1]) % 1000 }
            return s
        }
        let xs = [1, 2, 3, 4] * 30
        print(run(xs, 110))
        xs[100] = 9223372036854775807
        print(run(xs, 110))
        """;

    private const string Doubled = """
        proc run(to, from) {
            for i in 0..length(from) { to[i] = from[i] + from[i] }
            return tostring(to)
        }
        let small = [i for i in 0..100]
        let large = [i * 100000000000000000 for i in 0..92]
        let to = [0] * 100
        for k in 0..20 { print(run(to, small)) }
        for k in 0..20 { print(run([0] * 92, large)) }
        """;

    private const string Shifted = """
        proc run(to, from) {
            for i in 0..length(from) - 1 { to[i + 1] = from[i] + 1 }
            return tostring(to)
        }
        let xs = [i * 7 % 11 for i in 0..100]
        for k in 0..20 { print(run([0] * 100, xs)) }
        print(run(xs, xs))
        """;

    private const string Overflowing = """
        var s = 9223372036854775000
        for i in 0..100 { s += i }
        print(s)
        """;

    private const string Elements = """
        proc run(xs) {
            var s = 0
            for i in 1..length(xs) { s = s ^ xs[i] + xs[i - 1] }
            return s
        }
        let small: [i32] = [1, 2, 3] * 40
        print(run(small))
        print(run([9223372036854775807, 1, 2] * 40))
        """;

    private const string Resumed = """
        proc down(n) {
            var yielded = 0
            if n > 0 {
                for x in down(n - 1) {
                    yielded += 1
                    yield x + yielded
                }
            }
            yield n + yielded
        }
        proc run(n) {
            var s = 0
            for i in 0..n { for x in down(6) { s = (s * 3 + x) % 10007 } }
            return s
        }
        print(run(200))
        """;

    private const string Awaiting = """
        async proc sum(c, n) {
            var s = 0
            for i in 0..n { s = (s * 3 + await c.recv() + i) % 10007 }
            return s
        }
        async proc run(n) {
            let c = chan(0)
            let task = spawn sum(c, n)
            for i in 0..n { await c.send(i) }
            return await task
        }
        for i in 0..60 { print(await run(i)) }
        """;

    /// <summary>A map whose key gets another position with each removal, between two reads.</summary>
    private const string Moving = """
        proc run(n) {
            var s = 0
            let m = {"x": 1, "a": 2, "z": 3}
            for i in 0..n {
                s = (s * 3 + m["a"]) % 10007
                m.remove("x")
                s = (s * 3 + m["a"]) % 10007
                m.remove("a")
                m.remove("z")
                m["x"] = i
                m["a"] = s
                m["z"] = 3
            }
            return s
        }
        print(run(100))
        """;

    private const string TwoKeys = """
        proc run(n) {
            var s = 0
            for i in 0..n {
                let m = {"a": i, "b": 2 * i, "c": 7}
                s = (s * 3 + m["a"] * 5 + m["b"]) % 10007
            }
            return s
        }
        print(run(100))
        """;

    private const string Turns = """
        enum Turn { Left, Right, Back }
        proc run(turns, n) {
            var s = 0
            for i in 0..n {
                let amount = match turns[i % length(turns)] { Turn.Left => 1, Turn.Right => 2, Turn.Back => 3 }
                s = (s * 3 + amount) % 10007
            }
            return s
        }
        print(run([Turn.Left, Turn.Right, Turn.Back], 100))
        """;
}
