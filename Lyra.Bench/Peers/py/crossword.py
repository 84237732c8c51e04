# a crossword filler: n grids, each with a generated word list that is indexed by letter and position; backtracking
from collections import defaultdict

LIMIT = 300
CONSONANTS = "bdklmnrs"
VOWELS = "aeio"
PATTERNS = [
    [
        ".....",
        ".#.#.",
        ".....",
        ".#.#.",
        ".....",
    ],
    [
        "...#...",
        ".#...#.",
        "...#...",
        ".#...#.",
        "...#...",
    ],
    [
        "....#...",
        ".##.....",
        "....#.#.",
        ".#.#....",
        ".....##.",
        "...#....",
    ],
    [
        "...##....",
        "...###.#.",
        "....#....",
        ".#.###...",
        "....##...",
    ],
]


class WordList:
    def __init__(self):
        self.by_length = defaultdict(list)
        self.by_letter = defaultdict(list)  # from (length, position, letter)

    def add(self, word):
        self.by_length[len(word)].append(word)
        for i, letter in enumerate(word):
            self.by_letter[len(word), i, letter].append(word)

    def matching(self, pattern):
        """The words that match a pattern such as "a..e"."""
        words = self.by_length[len(pattern)]
        for i, letter in enumerate(pattern):
            if letter == ".":
                continue
            found = self.by_letter[len(pattern), i, letter]
            if len(found) < len(words):
                words = found
        return [word for word in words if fits(word, pattern)]


def fits(word, pattern):
    for i, letter in enumerate(pattern):
        if letter != "." and letter != word[i]:
            return False
    return True


def find_slots(grid):
    """The runs of at least three free cells; a slot is a list of positions."""
    width = len(grid[0])
    height = len(grid)
    rows = [[(x, y) for x in range(width)] for y in range(height)]
    columns = [[(x, y) for y in range(height)] for x in range(width)]
    slots = []
    for line in rows + columns:
        run = []
        for x, y in line:
            if grid[y][x] == "#":
                if len(run) >= 3:
                    slots.append(run)
                run = []
            else:
                run.append((x, y))
        if len(run) >= 3:
            slots.append(run)
    return slots


class Crossword:
    def __init__(self, grid, words):
        self.grid = grid
        self.words = words
        self.used = set()
        self.tries = 0

    def read(self, slot):
        return "".join(self.grid[y][x] for x, y in slot)

    def write(self, slot, text):
        for (x, y), letter in zip(slot, text):
            self.grid[y][x] = letter

    def fill(self, slots):
        """Fills these slots, the one with the fewest words first; says whether that was possible."""
        if not slots:
            return True
        choices = [(slot, self.words.matching(self.read(slot))) for slot in slots]
        best, words = min(choices, key=lambda choice: len(choice[1]))
        others = [slot for slot in slots if slot is not best]
        before = self.read(best)
        for word in words:
            if word in self.used:
                continue
            if self.tries == LIMIT:
                return False
            self.tries += 1
            self.write(best, word)
            self.used.add(word)
            if self.fill(others):
                return True
            self.used.remove(word)
            self.write(best, before)
        return False


def make_words(random):
    words = WordList()
    known = set()
    for _ in range(200):
        start = random(2)
        length = 3 + random(4)
        word = "".join(CONSONANTS[random(8)] if i % 2 == 0 else VOWELS[random(4)] for i in range(start, start + length))
        if word not in known:
            known.add(word)
            words.add(word)
    return words


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    total = 0
    filled = 0
    for i in range(n):
        grid = [list(line) for line in PATTERNS[i % len(PATTERNS)]]
        crossword = Crossword(grid, make_words(random))
        if crossword.fill(find_slots(grid)):
            filled += 1
        total = (total * 31 + crossword.tries) % 1000000007
        for c in "\n".join("".join(row) for row in grid):
            total = (total * 31 + ord(c)) % 1000000007
    return total * 10000 + filled
