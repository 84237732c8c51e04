namespace Lyra.Interpreter.Library;

/// <summary>
/// The methods of iterators that are written in Lyra; see <see cref="Prelude"/>. The lazy ones check their arguments at once and return a
/// generator. Its loop closes the source that was given to it (<see cref="Runtime.Objects.ScriptIterator.IsGiven"/>).
/// </summary>
internal static class PreludeLazy
{
    public static readonly string[] Sources =
    [
        """
        proc iterator_map_2(xs, f) {
            prelude.checkProc(f, "map")
            proc map(xs, f) {
                for x in xs { yield f(x) }
            }
            return map(xs, f)
        }
        """,
        """
        proc iterator_filter_2(xs, f) {
            prelude.checkProc(f, "filter")
            proc filter(xs, f) {
                for x in xs { if f(x) { yield x } }
            }
            return filter(xs, f)
        }
        """,
        """
        proc iterator_flatMap_2(xs, f) {
            prelude.checkProc(f, "flatMap")
            proc flatMap(xs, f) {
                for x in xs {
                    for y in f(x) { yield y }
                }
            }
            return flatMap(xs, f)
        }
        """,
        """
        proc iterator_take_2(xs, n) {
            proc take(xs, n) {
                var left = n
                if left == 0 { return nil }
                for x in xs {
                    yield x
                    left -= 1
                    if left == 0 { return nil }
                }
            }
            return take(xs, prelude.checkTaken(n, "take"))
        }
        """,
        """
        proc iterator_skip_2(xs, n) {
            proc skip(xs, n) {
                var left = n
                for x in xs {
                    if left > 0 { left -= 1 } else { yield x }
                }
            }
            return skip(xs, prelude.checkTaken(n, "skip"))
        }
        """,
        """
        proc iterator_takeWhile_2(xs, f) {
            prelude.checkProc(f, "takeWhile")
            proc takeWhile(xs, f) {
                for x in xs {
                    if not f(x) { return nil }
                    yield x
                }
            }
            return takeWhile(xs, f)
        }
        """,
        """
        proc iterator_skipWhile_2(xs, f) {
            prelude.checkProc(f, "skipWhile")
            proc skipWhile(xs, f) {
                var isSkipping = true
                for x in xs {
                    if isSkipping { isSkipping = f(x) }
                    if not isSkipping { yield x }
                }
            }
            return skipWhile(xs, f)
        }
        """,
        """
        proc iterator_chunk_2(xs, n) {
            proc chunk(xs, n) {
                var part = []
                for x in xs {
                    part.push(x)
                    if length(part) == n {
                        yield part
                        part = []
                    }
                }
                if length(part) > 0 { yield part }
            }
            return chunk(xs, prelude.checkPart(n, "chunk"))
        }
        """,
        """
        proc iterator_window_2(xs, n) {
            proc window(xs, n) {
                var part = []
                for x in xs {
                    part.push(x)
                    if length(part) == n {
                        let next = part[1..]
                        yield part
                        part = next
                    }
                }
            }
            return window(xs, prelude.checkPart(n, "window"))
        }
        """,
        """
        proc iterator_enumerate_1(xs) {
            proc enumerate(xs) {
                var i = 0
                for x in xs {
                    yield (i, x)
                    i += 1
                }
            }
            return enumerate(xs)
        }
        """,
        """
        proc iterator_zip_1(sources) {
            for xs in sources { prelude.checkIterable(xs) }
            proc zip(sources) {
                let others = [(x for x in xs) for xs in sources[1..]]
                try {
                    for x in sources[0] {
                        let items = [x]
                        for other in others {
                            let y = next(other)
                            if y is nil and done(other) { return nil }
                            items.push(y)
                        }
                        yield tuple(items)
                    }
                } finally {
                    for other in others { other.close() }
                }
            }
            return zip(sources)
        }
        """,
        """
        proc iterator_takeLast_2(xs, n) {
            prelude.checkTaken(n, "takeLast")
            return xs.toList().takeLast(n)
        }
        """,
        """
        proc iterator_skipLast_2(xs, n) {
            prelude.checkTaken(n, "skipLast")
            return xs.toList().skipLast(n)
        }
        """,
        """
        proc iterator_toList_1(xs) {
            let items = []
            for x in xs { items.push(x) }
            return items
        }
        """,
        """
        proc iterator_count_1(xs) {
            var count = 0
            for x in xs { count += 1 }
            return count
        }
        """,
        """
        proc iterator_last_1(xs) {
            var last = nil
            var isEmpty = true
            for x in xs {
                last = x
                isEmpty = false
            }
            if isEmpty { prelude.throwEmpty("last") }
            return last
        }
        """,
        """
        proc iterator_last_2(xs, f) {
            if not prelude.isGiven(f, "last", "f") { return xs.last() }
            var last = nil
            for x in xs { if f(x) { last = x } }
            return last
        }
        """,
    ];
}
