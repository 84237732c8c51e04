# compresses texts of n generated words in all with an LZ77-like coder and decompresses them again
WINDOW = 1024
MAX_LENGTH = 40
MAX_TRIES = 8
TEXT_WORDS = 300
MOD = 1000000007


# The code of a text is a list of these two.
class Literal:
    def __init__(self, letter):
        self.letter = letter

    def encode(self):
        return self.letter


class Copy:
    def __init__(self, distance, size):
        self.distance = distance
        self.size = size

    def encode(self):
        return f"<{self.distance},{self.size}>"


SYLLABLES = ["ka", "lo", "mi", "ter", "an", "sol", "be", "ru", "ing", "est", "o", "qui"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def make_words(count):
    words = []
    for _ in range(count):
        word = ""
        for _ in range(1 + random(3)):
            word += SYLLABLES[random(len(SYLLABLES))]
        words.append(word)
    return words


# The first words of the list are the most frequent ones.
def make_text(words, count):
    parts = []
    for _ in range(count):
        word = words[random(random(len(words)) + 1)]
        parts.append(str(random(1000)) if random(9) == 0 else word)
    return " ".join(parts)


def match_length(text, earlier, at, limit):
    n = 0
    while n < limit and text[earlier + n] == text[at + n]:
        n += 1
    return n


# The longest copy for the text at a place, or None.
def find_copy(text, at, positions):
    limit = min(MAX_LENGTH, len(text) - at)
    if limit < 3:
        return None
    seen = positions.get(text[at:at + 3])
    if seen is None:
        return None
    best = None
    tries = 0
    k = len(seen) - 1
    while k >= 0 and tries < MAX_TRIES and at - seen[k] <= WINDOW:
        size = match_length(text, seen[k], at, limit)
        if best is None or size > best.size:
            best = Copy(at - seen[k], size)
        if size == limit:
            break
        tries += 1
        k -= 1
    return best


def remember(text, at, positions):
    if at + 3 > len(text):
        return
    key = text[at:at + 3]
    if key in positions:
        positions[key].append(at)
    else:
        positions[key] = [at]


def compress(text):
    tokens = []
    positions = {}
    at = 0
    while at < len(text):
        copy = find_copy(text, at, positions)
        size = 1
        if copy is not None and copy.size > len(copy.encode()):
            tokens.append(copy)
            size = copy.size
        else:
            tokens.append(Literal(text[at]))
        for k in range(size):
            remember(text, at + k, positions)
        at += size
    return "".join(t.encode() for t in tokens)


def decompress(code):
    letters = []
    i = 0
    while i < len(code):
        if code[i] == "<":
            end = code.index(">", i)
            distance, size = map(int, code[i + 1:end].split(","))
            for _ in range(size):
                letters.append(letters[-distance])
            i = end + 1
        else:
            letters.append(code[i])
            i += 1
    return "".join(letters)


def run(n):
    global seed
    seed = 42
    words = make_words(120)
    total = 0
    left = n
    while left > 0:
        text = make_text(words, min(left, TEXT_WORDS))
        left -= TEXT_WORDS
        code = compress(text)
        assert decompress(code) == text, "the text has changed"
        total = (total * 31 + len(text) * 10000 + len(code)) % MOD
        for c in code:
            total = (total * 31 + ord(c)) % MOD
    return total
