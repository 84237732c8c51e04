# a text editor's buffer: edits, moves, searches and undos in n documents, held as the lines above and below the cursor
from dataclasses import dataclass


# Edits with the position of the cursor after them.
@dataclass
class Inserted:
    row: int
    column: int
    text: str


@dataclass
class Deleted:
    row: int
    column: int
    text: str


class Buffer:
    def __init__(self, text):
        first, *others = text.split("\n")
        self.above = []
        self.below = others[::-1]  # the nearest line is the last
        self.left = ""
        self.right = first
        self.undos = []

    @property
    def row(self):
        return len(self.above)

    @property
    def column(self):
        return len(self.left)

    def lines(self):
        return [*self.above, self.left + self.right, *reversed(self.below)]

    def move_to(self, row, column):
        line = self.left + self.right
        while self.row > row and self.above:
            self.below.append(line)
            line = self.above.pop()
        while self.row < row and self.below:
            self.above.append(line)
            line = self.below.pop()
        self.left = line[:column]
        self.right = line[column:]

    def move_home(self):
        self.move_to(self.row, 0)

    def move_end(self):
        self.move_to(self.row, len(self.left) + len(self.right))

    def put(self, text):
        *parts, last = text.split("\n")
        for part in parts:
            self.above.append(self.left + part)
            self.left = ""
        self.left += last

    def take(self, count):
        """Removes up to `count` characters before the cursor, line ends too, and gives them."""
        taken = ""
        while len(taken) < count:
            if not self.left:
                if not self.above:
                    break
                self.left = self.above.pop()
                taken = "\n" + taken
            else:
                at = max(0, len(self.left) - (count - len(taken)))
                taken = self.left[at:] + taken
                self.left = self.left[:at]
        return taken

    def insert(self, text):
        self.put(text)
        self.undos.append(Inserted(self.row, self.column, text))

    def erase(self, count):
        text = self.take(count)
        if text:
            self.undos.append(Deleted(self.row, self.column, text))

    def undo(self):
        if not self.undos:
            return
        edit = self.undos.pop()
        self.move_to(edit.row, edit.column)
        if isinstance(edit, Inserted):
            self.take(len(edit.text))
        else:
            self.put(edit.text)

    def find(self, word):
        """Moves behind the next occurrence of a word, after the end from the top."""
        at = self.right.find(word)
        if at >= 0:
            self.move_to(self.row, self.column + at + len(word))
            return True
        lines = self.lines()
        for i in range(1, len(lines) + 1):
            row = (self.row + i) % len(lines)
            at = lines[row].find(word)
            if at >= 0:
                self.move_to(row, at + len(word))
                return True
        return False


WORDS = [
    "the", "harbour", "lights", "were", "dim", "and", "rain", "fell", "on", "quiet", "streets", "while", "boats",
    "drifted", "under", "bridge", "nobody", "saw", "captain", "return", "from", "island", "with", "letters",
]


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    def word():
        return WORDS[random(24)]

    def make_line():
        return " ".join(word() for _ in range(4 + random(8)))

    def command(buffer):
        which = random(100)
        if which < 30:
            buffer.insert(word() + " ")
        elif which < 34:
            buffer.insert("\n")
        elif which < 36:
            buffer.insert(f"{make_line()}\n{make_line()}\n")
        elif which < 50:
            buffer.erase(1 + random(12))
        elif which < 64:
            buffer.move_to(max(0, buffer.row + random(21) - 10), random(60))
        elif which < 67:
            buffer.move_home()
        elif which < 70:
            buffer.move_end()
        elif which < 76:
            buffer.find(word())
        elif which < 82:
            old = word()
            if buffer.find(old):
                buffer.erase(len(old))
                buffer.insert(word().upper())
        elif which < 97:
            for _ in range(1 + random(3)):
                buffer.undo()
        else:
            buffer.move_end()
            buffer.erase(buffer.column + 1)

    total = 0
    for _ in range(n):
        buffer = Buffer("\n".join(make_line() for _ in range(40)))
        for _ in range(300):
            command(buffer)
            total = (total * 31 + buffer.row * 100 + buffer.column) % 1000000007
        text = "\n".join(buffer.lines())
        for at in range(0, len(text), 7):
            total = (total * 31 + ord(text[at])) % 1000000007
        total += len(text)
    return total
