namespace Lyra.Interpreter.Library.Collections;

/// <summary>
/// The structs <c>sortedMap</c> and <c>sortedSet</c>: a map or set, and a sorted list of its keys. New keys are sorted in when the order is
/// needed, so that filling one costs one sort.
/// </summary>
internal static class SortedSource
{
    public const string Text =
        $$"""
        struct sortedMap {
            _map: map
            _keys: list
            _added: list
            _isOrdered: bool
        {{KeyMethods}}

        {{MapMethods}}
        }

        struct sortedSet {
            _set: set
            _keys: list
            _added: list
            _isOrdered: bool
        {{KeyMethods}}

        {{SetMethods}}
        }

        proc makeSortedMap(entries) {
            let made = sortedMap({}, [], [], true)
            if type(entries) == "map" {
                for k, v in entries { made[k] = v }
            } else if not (entries is nil) {
                for (k, v) in entries { made[k] = v }
            }
            return made
        }

        proc makeSortedSet(xs) {
            let made = sortedSet(set([]), [], [], true)
            if not (xs is nil) {
                for x in xs { made.add(x) }
            }
            return made
        }

        """;

    /// <summary>The methods of both: those about the sorted keys.</summary>
    private const string KeyMethods =
        """
            proc _sort(self) {
                if length(self._added) == 0 { return nil }
                if length(self._added) < 4 {
                    for k in self._added { self._keys.insertSorted(k) }
                } else {
                    self._keys.extend(self._added)
                    self._keys.sort()
                }
                self._added.clear()
            }

            proc _lower(self, k) {
                self._sort()
                let keys = self._keys
                var low = 0
                var high = length(keys)
                while low < high {
                    let middle = (low + high) >> 1
                    if keys[middle] < k { low = middle + 1 } else { high = middle }
                }
                return low
            }

            proc _note(self, k) {
                if length(self._keys) > 0 { k < self._keys[0] } else if length(self._added) > 0 { k < self._added[0] }
                self._added.push(k)
                self._isOrdered = false
            }

            proc _forget(self, k) {
                var at = self._lower(k)
                while self._keys[at] != k { at += 1 }
                self._keys.removeAt(at)
            }

            proc first(self) {
                self._sort()
                if length(self._keys) == 0 { prelude.raise("IndexError", "first: the ${type(self)} is empty") }
                return self._keys[0]
            }

            proc last(self) {
                self._sort()
                if length(self._keys) == 0 { prelude.raise("IndexError", "last: the ${type(self)} is empty") }
                return self._keys[length(self._keys) - 1]
            }

            proc floor(self, k) {
                var at = self._lower(k)
                if at < length(self._keys) and not (k < self._keys[at]) { return self._keys[at] }
                return if at == 0 { nil } else { self._keys[at - 1] }
            }

            proc ceiling(self, k) {
                let at = self._lower(k)
                return if at == length(self._keys) { nil } else { self._keys[at] }
            }

            proc range(self, a, b) {
                let start = self._lower(a)
                let end = self._lower(b)
                return if start < end { self._keys[start..end] } else { [] }
            }
        """;

    private const string MapMethods =
        """
            proc isEmpty(self) { return length(self._map) == 0 }

            proc _ordered(self) {
                self._sort()
                if not self._isOrdered {
                    let ordered = {}
                    for k in self._keys { ordered[k] = self._map[k] }
                    self._map = ordered
                    self._isOrdered = true
                }
                return self._map
            }

            proc get(self, k, default = nil) { return self._map.get(k, default) }

            proc has(self, k) { return self._map.has(k) }

            proc keys(self) {
                self._sort()
                return self._keys.copy()
            }

            proc values(self) { return self._ordered().values() }

            proc items(self) { return self._ordered().items() }

            proc remove(self, k) {
                if k in self._map { self._forget(k) }
                return remove(self._map, k)
            }

            proc clear(self) {
                self._map.clear()
                self._keys.clear()
                self._added.clear()
            }

            proc copy(self) { return sortedMap(self._map.copy(), self._keys.copy(), self._added.copy(), self._isOrdered) }

            proc __index(self, k) { return self._map[k] }

            proc __setindex(self, k, v) {
                if not (k in self._map) { self._note(k) }
                self._map[k] = v
            }

            proc __len(self) { return length(self._map) }

            proc __iter(self) { return self._ordered() }

            proc __contains(self, k) { return k in self._map }

            proc __eq(self, other) { return other is sortedMap and self._map == other._map }

            proc __hash(self) { prelude.throwMutableKey("sortedMap") }

            proc __str(self) { return "sortedMap(${self._ordered()})" }
        """;

    private const string SetMethods =
        """
            proc isEmpty(self) { return length(self._set) == 0 }

            proc add(self, x) {
                if not (x in self._set) {
                    self._note(x)
                    self._set.add(x)
                }
            }

            proc has(self, x) { return self._set.has(x) }

            proc remove(self, x) {
                if x in self._set { self._forget(x) }
                return remove(self._set, x)
            }

            proc clear(self) {
                self._set.clear()
                self._keys.clear()
                self._added.clear()
            }

            proc copy(self) { return sortedSet(self._set.copy(), self._keys.copy(), self._added.copy(), self._isOrdered) }

            proc toList(self) {
                self._sort()
                return self._keys.copy()
            }

            proc __len(self) { return length(self._set) }

            proc __iter(self) {
                self._sort()
                let count = length(self._set)
                for x in self._keys {
                    yield x
                    if length(self._set) != count { prelude.throwConcurrent("sortedSet") }
                }
            }

            proc __contains(self, x) { return x in self._set }

            proc __eq(self, other) { return other is sortedSet and self._set == other._set }

            proc __hash(self) { prelude.throwMutableKey("sortedSet") }

            proc __str(self) { return "sortedSet(${self.toList()})" }
        """;
}
