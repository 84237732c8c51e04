namespace Lyra.Interpreter.Library;

/// <summary>The methods of sequences that are written in Lyra; see <see cref="Prelude"/>.</summary>
internal static class PreludeSequences
{
    /// <summary>Stands for the kind in the names of procs that all sequences share.</summary>
    public const string Owner = "sequence";

    public static readonly string[] Sources =
    [
        """
        proc sequence_map_2(xs, f) {
            prelude.checkProc(f, "map")
            let mapped = []
            for x in xs { mapped.push(f(x)) }
            return mapped
        }
        """,
        """
        proc sequence_filter_2(xs, f) {
            prelude.checkProc(f, "filter")
            let kept = []
            for x in xs { if f(x) { kept.push(x) } }
            return kept
        }
        """,
        """
        proc sequence_reduce_2(xs, f) {
            prelude.checkProc(f, "reduce")
            var result = nil
            var isFirst = true
            for x in xs {
                if isFirst {
                    isFirst = false
                    result = x
                } else {
                    result = f(result, x)
                }
            }
            if isFirst { prelude.throwNoInitialValue() }
            return result
        }
        """,
        """
        proc sequence_reduce_3(xs, f, init) {
            prelude.checkProc(f, "reduce")
            var result = init
            for x in xs { result = f(result, x) }
            return result
        }
        """,
        """
        proc sequence_each_2(xs, f) {
            prelude.checkProc(f, "each")
            for x in xs { f(x) }
        }
        """,
        """
        proc sequence_find_2(xs, f) {
            prelude.checkProc(f, "find")
            for x in xs { if f(x) { return x } }
            return nil
        }
        """,
        """
        proc sequence_findIndex_2(xs, f) {
            prelude.checkProc(f, "findIndex")
            var i = 0
            for x in xs {
                if f(x) { return i }
                i += 1
            }
            return -1
        }
        """,
        """
        proc sequence_count_1(xs) {
            return length(xs)
        }
        """,
        """
        proc sequence_count_2(xs, x) {
            var found = 0
            if type(x) == "proc" {
                for y in xs { if x(y) { found += 1 } }
            } else {
                for y in xs { if y == x { found += 1 } }
            }
            return found
        }
        """,
        """
        proc list_count_2(list, x) {
            if type(x) != "proc" { return prelude.listCount(list, x) }
            var found = 0
            for y in list { if x(y) { found += 1 } }
            return found
        }
        """,
        """
        proc tuple_count_2(tuple, x) {
            if type(x) != "proc" { return prelude.tupleCount(tuple, x) }
            var found = 0
            for y in tuple { if x(y) { found += 1 } }
            return found
        }
        """,
        """
        proc str_count_2(s, part) {
            if type(part) != "proc" { return prelude.strCount(s, part) }
            var found = 0
            for c in s { if part(c) { found += 1 } }
            return found
        }
        """,
        """
        proc sequence_first_1(xs) {
            for x in xs { return x }
            prelude.throwEmpty("first")
        }
        """,
        """
        proc sequence_first_2(xs, f) {
            if not prelude.isGiven(f, "first", "f") { return xs.first() }
            for x in xs { if f(x) { return x } }
            return nil
        }
        """,
        """
        proc sequence_last_1(xs) {
            if length(xs) == 0 { prelude.throwEmpty("last") }
            var last = nil
            for x in xs.takeLast(1) { last = x }
            return last
        }
        """,
        """
        proc sequence_last_2(xs, f) {
            if not prelude.isGiven(f, "last", "f") { return xs.last() }
            for x in reversed(xs) { if f(x) { return x } }
            return nil
        }
        """,
        """
        proc sequence_index_2(xs, x) {
            var i = 0
            let isTest = type(x) == "proc"
            for y in xs {
                if isTest {
                    if x(y) { return i }
                } else if y == x {
                    return i
                }
                i += 1
            }
            return -1
        }
        """,
        """
        proc sequence_indexOf_2(xs, x) {
            return xs.index(x)
        }
        """,
        """
        proc list_index_2(list, x) {
            if type(x) != "proc" { return prelude.listIndex(list, x) }
            return list.findIndex(x)
        }
        """,
        """
        proc list_index_3(list, x, start = nil) {
            return prelude.listIndex(list, x, start)
        }
        """,
        """
        proc tuple_index_2(tuple, x) {
            if type(x) != "proc" { return prelude.tupleIndex(tuple, x) }
            return tuple.findIndex(x)
        }
        """,
        """
        proc tuple_index_3(tuple, x, start = nil) {
            return prelude.tupleIndex(tuple, x, start)
        }
        """,
        """
        proc sequence_flatMap_2(xs, f) {
            prelude.checkProc(f, "flatMap")
            let items = []
            for x in xs { items.extend(f(x)) }
            return items
        }
        """,
        """
        proc sequence_groupBy_2(xs, f) {
            prelude.checkProc(f, "groupBy")
            let groups = {}
            for x in xs {
                let key = f(x)
                let group = groups.get(key)
                if group is nil {
                    groups[key] = [x]
                } else {
                    group.push(x)
                }
            }
            return groups
        }
        """,
        """
        proc sequence_partition_2(xs, f) {
            prelude.checkProc(f, "partition")
            let yes = []
            let no = []
            for x in xs { if f(x) { yes.push(x) } else { no.push(x) } }
            return (yes, no)
        }
        """,
        """
        proc str_partition_2(s, sep) {
            if type(sep) != "proc" { return prelude.strPartition(s, sep) }
            let yes = []
            let no = []
            for c in s { if sep(c) { yes.push(c) } else { no.push(c) } }
            return (yes, no)
        }
        """,
        """
        proc sequence_unique_1(xs) {
            let seen = set()
            let kept = []
            for x in xs {
                if not seen.has(x) {
                    seen.add(x)
                    kept.push(x)
                }
            }
            return kept
        }
        """,
        """
        proc sequence_unique_2(xs, key) {
            if not prelude.isGiven(key, "unique", "key") { return xs.unique() }
            let seen = set()
            let kept = []
            for x in xs {
                let k = key(x)
                if not seen.has(k) {
                    seen.add(k)
                    kept.push(x)
                }
            }
            return kept
        }
        """,
        """
        proc sequence_takeWhile_2(xs, f) {
            prelude.checkProc(f, "takeWhile")
            let kept = []
            for x in xs {
                if not f(x) { return kept }
                kept.push(x)
            }
            return kept
        }
        """,
        """
        proc sequence_skipWhile_2(xs, f) {
            prelude.checkProc(f, "skipWhile")
            let kept = []
            var isSkipping = true
            for x in xs {
                if isSkipping { isSkipping = f(x) }
                if not isSkipping { kept.push(x) }
            }
            return kept
        }
        """,
        Extreme("min", "<"),
        Extreme("max", ">"),
        """
        proc sequence_sum_2(xs, f) {
            if not prelude.isGiven(f, "sum", "f") { return xs.sum() }
            var total = 0
            for x in xs { total += f(x) }
            return total
        }
        """,
        """
        proc sequence_toMap_1(xs) {
            return map(xs)
        }
        """,
        """
        proc sequence_toMap_2(xs, key) {
            prelude.checkProc(key, "toMap")
            let entries = {}
            for x in xs {
                let (k, v) = key(x)
                entries[k] = v
            }
            return entries
        }
        """,
        """
        proc sequence_toMap_3(xs, key, value) {
            prelude.checkProc(key, "toMap")
            prelude.checkProc(value, "toMap")
            let entries = {}
            for x in xs { entries[key(x)] = value(x) }
            return entries
        }
        """,
        """
        proc sequence_toSet_1(xs) {
            return set(xs)
        }
        """,
        """
        proc sequence_join_1(xs) {
            return prelude.join(prelude.asList(xs), "")
        }
        """,
        """
        proc sequence_join_2(xs, sep) {
            return prelude.join(prelude.asList(xs), sep ?? "")
        }
        """,
        """
        proc list_insertSorted_2(list, x) {
            var low = 0
            var high = length(list)
            while low < high {
                let middle = low + (high - low) / 2
                if x < list[middle] { high = middle } else { low = middle + 1 }
            }
            list.insert(low, x)
        }
        """,
        """
        proc list_insertSorted_3(list, x, key) {
            if not prelude.isGiven(key, "insertSorted", "key") {
                list.insertSorted(x)
                return nil
            }
            let k = key(x)
            var low = 0
            var high = length(list)
            while low < high {
                let middle = low + (high - low) / 2
                if k < key(list[middle]) { high = middle } else { low = middle + 1 }
            }
            list.insert(low, x)
        }
        """,
        """
        proc list_binarySearch_2(list, x) {
            var low = 0
            var high = length(list)
            while low < high {
                let middle = low + (high - low) / 2
                if list[middle] < x { low = middle + 1 } else { high = middle }
            }
            return if low < length(list) and list[low] == x { low } else { -1 - low }
        }
        """,
        """
        proc list_binarySearch_3(list, x, key) {
            if not prelude.isGiven(key, "binarySearch", "key") { return list.binarySearch(x) }
            var low = 0
            var high = length(list)
            while low < high {
                let middle = low + (high - low) / 2
                if key(list[middle]) < x { low = middle + 1 } else { high = middle }
            }
            return if low < length(list) and key(list[low]) == x { low } else { -1 - low }
        }
        """,
        """
        proc list_swap_3(list, i, j) {
            let x = list[i]
            let y = list[j]
            list[i] = y
            list[j] = x
        }
        """,
        """
        proc list_removeAll_2(list, f) {
            prelude.checkProc(f, "removeAll")
            let kept = []
            for x in list { if not f(x) { kept.push(x) } }
            let removed = length(list) - length(kept)
            if removed > 0 { prelude.keepItems(list, kept) }
            return removed
        }
        """,
    ];

    /// <summary>The proc that gives the first element whose key is the least or the greatest.</summary>
    private static string Extreme(string name, string comparison) =>
        $$"""
        proc sequence_{{name}}_2(xs, key) {
            if not prelude.isGiven(key, "{{name}}", "key") { return xs.{{name}}() }
            var best = nil
            var bestKey = nil
            var isFirst = true
            for x in xs {
                let k = key(x)
                if isFirst or k {{comparison}} bestKey {
                    isFirst = false
                    best = x
                    bestKey = k
                }
            }
            if isFirst { prelude.throwEmpty("{{name}}") }
            return best
        }
        """;
}
