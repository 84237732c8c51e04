namespace Lyra.Interpreter.Library.Collections;

/// <summary>
/// The struct <c>heap</c>: a binary heap in lists. Each element has a key, which is the element itself without a proc for keys, and a rank,
/// the number of the push, by which equal keys keep their order.
/// </summary>
internal static class HeapSource
{
    public const string Text =
        """
        struct heap {
            _keys: list
            _ranks: list
            _items
            _next: int
            _key
            _by

            proc push(self, x) {
                let k = if self._key is nil { x } else { self._key(x) }
                self._keys.push(k)
                self._ranks.push(self._next)
                if not (self._items is nil) { self._items.push(x) }
                self._next += 1
                self._rise(length(self._keys) - 1)
            }

            proc pop(self) {
                let count = length(self._keys)
                if count == 0 { prelude.raise("IndexError", "pop: the heap is empty") }
                self._swap(0, count - 1)
                let k = self._keys.pop()
                self._ranks.pop()
                let x = if self._items is nil { k } else { self._items.pop() }
                if count > 2 { self._sink() }
                return x
            }

            proc peek(self) {
                if length(self._keys) == 0 { prelude.raise("IndexError", "peek: the heap is empty") }
                return if self._items is nil { self._keys[0] } else { self._items[0] }
            }

            proc pushPop(self, x) {
                self.push(x)
                return self.pop()
            }

            proc clear(self) {
                self._keys.clear()
                self._ranks.clear()
                if not (self._items is nil) { self._items.clear() }
            }

            proc isEmpty(self) { return length(self._keys) == 0 }

            proc copy(self) {
                let items = if self._items is nil { nil } else { self._items.copy() }
                return heap(self._keys.copy(), self._ranks.copy(), items, self._next, self._key, self._by)
            }

            proc toList(self) {
                let left = self.copy()
                let items = []
                while length(left._keys) > 0 { items.push(left.pop()) }
                return items
            }

            proc _rise(self, start) {
                var at = start
                while at > 0 {
                    let above = (at - 1) >> 1
                    if not self._isBefore(at, above) { return nil }
                    self._swap(at, above)
                    at = above
                }
            }

            proc _sink(self) {
                let count = length(self._keys)
                var at = 0
                var below = 1
                while below < count {
                    if below + 1 < count and self._isBefore(below + 1, below) { below += 1 }
                    if not self._isBefore(below, at) { return nil }
                    self._swap(at, below)
                    at = below
                    below = 2 * at + 1
                }
            }

            proc _isBefore(self, i, j) {
                let a = self._keys[i]
                let b = self._keys[j]
                if self._by is nil {
                    if a < b { return true }
                    if b < a { return false }
                } else {
                    if prelude.isBefore(self._by(a, b)) { return true }
                    if prelude.isBefore(self._by(b, a)) { return false }
                }
                return self._ranks[i] < self._ranks[j]
            }

            proc _swap(self, i, j) {
                let keys = self._keys
                keys[i], keys[j] = keys[j], keys[i]
                let ranks = self._ranks
                ranks[i], ranks[j] = ranks[j], ranks[i]
                if not (self._items is nil) {
                    let items = self._items
                    items[i], items[j] = items[j], items[i]
                }
            }

            proc __len(self) { return length(self._keys) }

            proc __iter(self) {
                let count = length(self._keys)
                let left = self.copy()
                while length(left._keys) > 0 {
                    yield left.pop()
                    if length(self._keys) != count { prelude.throwConcurrent("heap") }
                }
            }

            proc __contains(self, x) { return x in (if self._items is nil { self._keys } else { self._items }) }

            proc __eq(self, other) {
                return other is heap and length(self._keys) == length(other._keys) and self.toList() == other.toList()
            }

            proc __hash(self) { prelude.throwMutableKey("heap") }

            proc __str(self) { return "heap(${self.toList()})" }
        }

        proc makeHeap(xs, key, by) {
            prelude.isGiven(key, "collections.heap", "key")
            prelude.isGiven(by, "collections.heap", "by")
            let made = heap([], [], if key is nil { nil } else { [] }, 0, key, by)
            if not (xs is nil) {
                for x in xs { made.push(x) }
            }
            return made
        }

        """;
}
