namespace Lyra.Interpreter.Library.Collections;

/// <summary>The structs <c>counter</c>, a map of counts, and <c>bitset</c>, whose words have 32 bits.</summary>
internal static class CounterSource
{
    public const string Text =
        """
        struct counter {
            _counts: map

            proc add(self, x, n = 1) { self._counts[x] = (self._counts[x] ?? 0) + n }

            proc mostCommon(self, n = nil) {
                let entries = self._counts.items()
                entries.sort(e => -e[1])
                return if n is nil { entries } else { entries.take(n) }
            }

            proc total(self) { return sum(self._counts.values()) }

            proc get(self, x, default = 0) { return self._counts.get(x, default) }

            proc has(self, x) { return self._counts.has(x) }

            proc keys(self) { return self._counts.keys() }

            proc values(self) { return self._counts.values() }

            proc items(self) { return self._counts.items() }

            proc remove(self, x) { return remove(self._counts, x) }

            proc clear(self) { self._counts.clear() }

            proc isEmpty(self) { return length(self._counts) == 0 }

            proc copy(self) { return counter(self._counts.copy()) }

            proc __index(self, x) { return self._counts[x] ?? 0 }

            proc __setindex(self, x, n) { self._counts[x] = n }

            proc __len(self) { return length(self._counts) }

            proc __iter(self) { return self._counts }

            proc __contains(self, x) { return x in self._counts }

            proc __eq(self, other) { return other is counter and self._counts == other._counts }

            proc __hash(self) { prelude.throwMutableKey("counter") }

            proc __str(self) { return "counter(${self._counts})" }
        }

        proc makeCounter(xs) {
            let counts = {}
            if type(xs) == "map" {
                for x, n in xs { counts[x] = n }
            } else if not (xs is nil) {
                for x in xs { counts[x] = (counts[x] ?? 0) + 1 }
            }
            return counter(counts)
        }

        struct bitset {
            _size: int
            _words: list

            proc set(self, i) {
                if not (i is int and i >= 0 and i < self._size) { prelude.checkIndex(i, self._size, "bitset") }
                let words = self._words
                words[i >> 5] |= 1 << (i & 31)
            }

            proc clear(self, i) {
                if not (i is int and i >= 0 and i < self._size) { prelude.checkIndex(i, self._size, "bitset") }
                let words = self._words
                words[i >> 5] &= ~(1 << (i & 31))
            }

            proc flip(self, i) {
                if not (i is int and i >= 0 and i < self._size) { prelude.checkIndex(i, self._size, "bitset") }
                let words = self._words
                words[i >> 5] ^= 1 << (i & 31)
            }

            proc count(self) {
                var count = 0
                for word in self._words { count += prelude.popcount(word) }
                return count
            }

            proc copy(self) { return bitset(self._size, self._words.copy()) }

            proc _ones(self) {
                let ones = []
                for i in 0..self._size {
                    if (self._words[i >> 5] >> (i & 31)) & 1 == 1 { ones.push(i) }
                }
                return ones
            }

            proc _check(self, other, operator) {
                if not (other is bitset) {
                    prelude.raise("TypeError", "operator ${operator} can't take bitset and ${type(other)}")
                }
                if self._size != other._size {
                    prelude.raise(
                        "ValueError", "operator ${operator}: the bitsets have different sizes, ${self._size} and ${other._size}")
                }
            }

            proc __and(self, other) {
                self._check(other, "&")
                let words = []
                for i, word in self._words { words.push(word & other._words[i]) }
                return bitset(self._size, words)
            }

            proc __or(self, other) {
                self._check(other, "|")
                let words = []
                for i, word in self._words { words.push(word | other._words[i]) }
                return bitset(self._size, words)
            }

            proc __xor(self, other) {
                self._check(other, "^")
                let words = []
                for i, word in self._words { words.push(word ^ other._words[i]) }
                return bitset(self._size, words)
            }

            proc __index(self, i) {
                if not (i is int and i >= 0 and i < self._size) { prelude.checkIndex(i, self._size, "bitset") }
                return (self._words[i >> 5] >> (i & 31)) & 1 == 1
            }

            proc __setindex(self, i, isSet) {
                if isSet { self.set(i) } else { self.clear(i) }
            }

            proc __len(self) { return self._size }

            proc __iter(self) {
                for i in 0..self._size { yield (self._words[i >> 5] >> (i & 31)) & 1 == 1 }
            }

            proc __eq(self, other) {
                return other is bitset and self._size == other._size and self._words == other._words
            }

            proc __hash(self) { prelude.throwMutableKey("bitset") }

            proc __str(self) {
                let ones = self._ones()
                return if length(ones) == 0 { "bitset(${self._size})" } else { "bitset(${self._size}, ${ones})" }
            }
        }

        proc makeBitset(n, ones) {
            prelude.checkSize(n, "collections.bitset", "n")
            let made = bitset(n, [0] * ((n + 31) >> 5))
            if not (ones is nil) {
                for i in ones { made.set(i) }
            }
            return made
        }

        """;
}
