namespace Lyra.Interpreter.Library;

/// <summary>The procs of module <c>iter</c>; see <see cref="Prelude"/>.</summary>
internal static class PreludeIterators
{
    public static readonly string[] Sources =
    [
        Count("iter_count_0()", "0", "1"),
        Count("iter_count_1(start)", "start", "1"),
        Count("iter_count_2(start = 0, step = 1)", "start", "step"),
        """
        proc iter_cycle_1(xs) {
            let kept = []
            for x in xs {
                kept.push(x)
                yield x
            }
            while length(kept) > 0 {
                for x in kept { yield x }
            }
        }
        """,
        """
        proc iter_repeat_1(x) {
            while true { yield x }
        }
        """,
        """
        proc iter_repeat_2(x, n) {
            if n is nil {
                while true { yield x }
            }
            prelude.checkCount(n, "iter.repeat")
            for i in 0..n { yield x }
        }
        """,
        """
        proc iter_chain_1(sources) {
            for xs in sources {
                for x in xs { yield x }
            }
        }
        """,
        """
        proc iter_product_1(sources) {
            let pools = []
            for xs in sources { pools.push(prelude.toList(xs)) }
            let places = []
            for pool in pools {
                if length(pool) == 0 { return nil }
                places.push(0)
            }
            var k = 0
            while k >= 0 {
                let chosen = []
                for i in 0..length(pools) { chosen.push(pools[i][places[i]]) }
                yield tuple(chosen)
                k = length(pools) - 1
                while k >= 0 {
                    places[k] += 1
                    if places[k] < length(pools[k]) { break }
                    places[k] = 0
                    k -= 1
                }
            }
        }
        """,
        Permutations("iter_permutations_1(xs)", "nil"),
        Permutations("iter_permutations_2(xs, n)", "n"),
        """
        proc iter_combinations_2(xs, n) {
            prelude.checkCount(n, "iter.combinations")
            let pool = prelude.toList(xs)
            let size = length(pool)
            if n > size { return nil }
            let places = []
            for i in 0..n { places.push(i) }
            var k = 0
            while k >= 0 {
                let chosen = []
                for i in places { chosen.push(pool[i]) }
                yield tuple(chosen)
                k = n - 1
                while k >= 0 and places[k] == size - n + k { k -= 1 }
                if k >= 0 {
                    places[k] += 1
                    for i in k + 1..n { places[i] = places[i - 1] + 1 }
                }
            }
        }
        """,
    ];

    private static string Count(string head, string start, string step) =>
        $$"""
        proc {{head}} {
            var at = {{start}} ?? 0
            let by = {{step}} ?? 1
            prelude.checkNumber(at, "iter.count", "start")
            prelude.checkNumber(by, "iter.count", "step")
            while true {
                yield at
                at += by
            }
        }
        """;

    /// <summary>
    /// In the order of the positions, as Python's: each position turns through the elements that the ones before it leave. A position that
    /// has had them all puts them back in order.
    /// </summary>
    private static string Permutations(string head, string count) =>
        $$"""
        proc {{head}} {
            let pool = prelude.toList(xs)
            let size = length(pool)
            let taken = {{count}} ?? size
            prelude.checkCount(taken, "iter.permutations")
            if taken > size { return nil }
            let places = []
            let left = []
            for i in 0..size { places.push(i) }
            for i in 0..taken { left.push(size - i) }
            var k = 0
            while k >= 0 {
                let chosen = []
                for i in 0..taken { chosen.push(pool[places[i]]) }
                yield tuple(chosen)
                k = taken - 1
                while k >= 0 {
                    left[k] -= 1
                    if left[k] > 0 {
                        let other = size - left[k]
                        places[k], places[other] = places[other], places[k]
                        break
                    }
                    let first = places[k]
                    for i in k..size - 1 { places[i] = places[i + 1] }
                    places[size - 1] = first
                    left[k] = size - k
                    k -= 1
                }
            }
        }
        """;
}
