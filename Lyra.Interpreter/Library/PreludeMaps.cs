namespace Lyra.Interpreter.Library;

/// <summary>The methods of map that are written in Lyra; see <see cref="Prelude"/>. Procs of two parameters get keys and values.</summary>
internal static class PreludeMaps
{
    public static readonly string[] Sources =
    [
        """
        proc map_mapValues_2(m, f) {
            prelude.checkProc(f, "mapValues")
            let mapped = {}
            for k, v in m { mapped[k] = f(v) }
            return mapped
        }
        """,
        """
        proc map_mapKeys_2(m, f) {
            prelude.checkProc(f, "mapKeys")
            let mapped = {}
            for k, v in m { mapped[f(k)] = v }
            return mapped
        }
        """,
        """
        proc map_invert_1(m) {
            let inverted = {}
            for k, v in m { inverted[v] = k }
            return inverted
        }
        """,
        """
        proc map_setDefault_3(m, k, v) {
            if m.has(k) { return m[k] }
            m[k] = v
            return m[k]
        }
        """,
        """
        proc map_getOrAdd_3(m, k, f) {
            prelude.checkProc(f, "getOrAdd")
            if m.has(k) { return m[k] }
            m[k] = f()
            return m[k]
        }
        """,
        """
        proc map_pop_2(m, k) {
            if not m.has(k) { prelude.throwNoKey(k) }
            let v = m[k]
            m.remove(k)
            return v
        }
        """,
        """
        proc map_pop_3(m, k, default) {
            if not m.has(k) { return default }
            let v = m[k]
            m.remove(k)
            return v
        }
        """,
        """
        proc map_filter_2(m, f) {
            prelude.checkProc(f, "filter")
            let kept = {}
            if prelude.takesPair(f) {
                for k, v in m { if f(k, v) { kept[k] = v } }
            } else {
                for k, v in m { if f(k) { kept[k] = v } }
            }
            return kept
        }
        """,
        """
        proc map_map_2(m, f) {
            prelude.checkProc(f, "map")
            let mapped = []
            if prelude.takesPair(f) {
                for k, v in m { mapped.push(f(k, v)) }
            } else {
                for k in m { mapped.push(f(k)) }
            }
            return mapped
        }
        """,
        """
        proc map_sortedBy_2(m, f) {
            prelude.checkProc(f, "sortedBy")
            let entries = m.items()
            if prelude.takesPair(f) {
                entries.sort(e => f(e[0], e[1]))
            } else {
                entries.sort(e => f(e[0]))
            }
            return map(entries)
        }
        """,
        """
        proc map_groupBy_2(m, f) {
            prelude.checkProc(f, "groupBy")
            let isPair = prelude.takesPair(f)
            let groups = {}
            for k, v in m {
                let g = if isPair { f(k, v) } else { f(k) }
                if not groups.has(g) { groups[g] = {} }
                groups[g][k] = v
            }
            return groups
        }
        """,
        """
        proc map_any_1(m) {
            for k in m { if k { return true } }
            return false
        }
        """,
        """
        proc map_any_2(m, f) {
            if not prelude.isGiven(f, "any", "f") { return m.any() }
            let isPair = prelude.takesPair(f)
            for k, v in m { if (if isPair { f(k, v) } else { f(k) }) { return true } }
            return false
        }
        """,
        """
        proc map_all_1(m) {
            for k in m { if not k { return false } }
            return true
        }
        """,
        """
        proc map_all_2(m, f) {
            if not prelude.isGiven(f, "all", "f") { return m.all() }
            let isPair = prelude.takesPair(f)
            for k, v in m { if not (if isPair { f(k, v) } else { f(k) }) { return false } }
            return true
        }
        """,
        """
        proc map_count_1(m) {
            return length(m)
        }
        """,
        """
        proc map_count_2(m, f) {
            prelude.checkProc(f, "count")
            let isPair = prelude.takesPair(f)
            var found = 0
            for k, v in m { if (if isPair { f(k, v) } else { f(k) }) { found += 1 } }
            return found
        }
        """,
        """
        proc map_find_2(m, f) {
            prelude.checkProc(f, "find")
            let isPair = prelude.takesPair(f)
            for k, v in m { if (if isPair { f(k, v) } else { f(k) }) { return k } }
            return nil
        }
        """,
    ];
}
