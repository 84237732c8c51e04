namespace Lyra.Interpreter.Library.Collections;

/// <summary>The struct <c>deque</c>: a ring buffer whose size is a power of two, or 0.</summary>
internal static class DequeSource
{
    public const string Text =
        """
        struct deque {
            _items: list
            _head: int
            _count: int

            proc push(self, x) {
                if self._count == length(self._items) { self._grow() }
                self._items[(self._head + self._count) & (length(self._items) - 1)] = x
                self._count += 1
            }

            proc pushFront(self, x) {
                if self._count == length(self._items) { self._grow() }
                self._head = (self._head - 1) & (length(self._items) - 1)
                self._items[self._head] = x
                self._count += 1
            }

            proc pop(self) {
                if self._count == 0 { prelude.raise("IndexError", "pop: the deque is empty") }
                let at = (self._head + self._count - 1) & (length(self._items) - 1)
                let x = self._items[at]
                self._items[at] = nil
                self._count -= 1
                return x
            }

            proc popFront(self) {
                if self._count == 0 { prelude.raise("IndexError", "popFront: the deque is empty") }
                let x = self._items[self._head]
                self._items[self._head] = nil
                self._head = (self._head + 1) & (length(self._items) - 1)
                self._count -= 1
                return x
            }

            proc first(self) {
                if self._count == 0 { prelude.raise("IndexError", "first: the deque is empty") }
                return self._items[self._head]
            }

            proc last(self) {
                if self._count == 0 { prelude.raise("IndexError", "last: the deque is empty") }
                return self._items[(self._head + self._count - 1) & (length(self._items) - 1)]
            }

            proc clear(self) {
                self._items = []
                self._head = 0
                self._count = 0
            }

            proc isEmpty(self) { return self._count == 0 }

            proc copy(self) { return deque(self._items.copy(), self._head, self._count) }

            proc toList(self) {
                let end = self._head + self._count
                let size = length(self._items)
                if end <= size { return self._items[self._head..end] }
                return self._items[self._head..] + self._items[..end - size]
            }

            proc _grow(self) {
                let items = self.toList()
                self._items = items + [nil] * (if self._count < 4 { 4 - self._count } else { self._count })
                self._head = 0
            }

            proc __index(self, i) {
                if not (i is int and i >= 0 and i < self._count) { prelude.checkIndex(i, self._count, "deque") }
                return self._items[(self._head + i) & (length(self._items) - 1)]
            }

            proc __setindex(self, i, x) {
                if not (i is int and i >= 0 and i < self._count) { prelude.checkIndex(i, self._count, "deque") }
                self._items[(self._head + i) & (length(self._items) - 1)] = x
            }

            proc __len(self) { return self._count }

            proc __iter(self) {
                let count = self._count
                var i = 0
                while i < count {
                    yield self._items[(self._head + i) & (length(self._items) - 1)]
                    if self._count != count { prelude.throwConcurrent("deque") }
                    i += 1
                }
            }

            proc __contains(self, x) { return x in self.toList() }

            proc __eq(self, other) {
                return other is deque and self._count == other._count and self.toList() == other.toList()
            }

            proc __hash(self) { prelude.throwMutableKey("deque") }

            proc __str(self) { return "deque(${self.toList()})" }
        }

        proc makeDeque(xs) {
            let items = if xs is nil { [] } else { prelude.toList(xs) }
            let count = length(items)
            var size = if count == 0 { 0 } else { 4 }
            while size < count { size *= 2 }
            return deque(items + [nil] * (size - count), 0, count)
        }

        """;
}
