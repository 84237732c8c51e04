# finds all words of a generated dictionary in n boards of letters by backtracking
MOD = 1000000007
SIZE = 4
MAX_WORDS = 500


# A node of the dictionary's tree of letters; a word ends in it unless word is None.
class Node:
    def __init__(self):
        self.children = {}
        self.word = None

    def add(self, word):
        node = self
        for c in word:
            if c not in node.children:
                node.children[c] = Node()
            node = node.children[c]
        node.word = word


CONSONANTS = "ttnnssrrlldmcpbgh"
VOWELS = "eeeaaaiioou"
DIRECTIONS = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def random_letter(letters):
    return letters[random(len(letters))]


def make_word():
    size = 3 + random(3) + random(3)
    vowel = random(3) == 0
    word = ""
    while len(word) < size:
        word += random_letter(VOWELS if vowel else CONSONANTS)
        vowel = not vowel
    return word


def make_dictionary(count):
    root = Node()
    for _ in range(count):
        root.add(make_word())
    return root


def make_board():
    board = []
    for _ in range(SIZE):
        letters = []
        for _ in range(SIZE):
            letters.append(random_letter(VOWELS if random(5) < 2 else CONSONANTS))
        board.append(letters)
    return board


class Solver:
    def __init__(self, board):
        self.board = board
        self.visited = [[False] * SIZE for _ in range(SIZE)]
        self.found = set()

    def solve(self, dictionary):
        for row in range(SIZE):
            for column in range(SIZE):
                self.search(row, column, dictionary)
        return sorted(self.found)

    def search(self, row, column, node):
        child = node.children.get(self.board[row][column])
        if child is None:
            return
        if child.word is not None:
            self.found.add(child.word)
        self.visited[row][column] = True
        for down, right in DIRECTIONS:
            r = row + down
            c = column + right
            if 0 <= r < SIZE and 0 <= c < SIZE and not self.visited[r][c]:
                self.search(r, c, child)
        self.visited[row][column] = False


def score(word):
    size = len(word)
    if size <= 4:
        return 1
    if size == 5:
        return 2
    if size == 6:
        return 3
    if size == 7:
        return 5
    return 11


def run(n):
    global seed
    seed = 42
    dictionary = make_dictionary(min(MAX_WORDS, 10 + n * 10))
    times = {}
    total = 0
    for _ in range(n):
        words = Solver(make_board()).solve(dictionary)
        points = 0
        for k, word in enumerate(words):
            times[word] = times.get(word, 0) + 1
            points += score(word) * 100 + (k + 1) * ord(word[-1])
        total = (total * 31 + points) % MOD
    for word in sorted(times, key=lambda word: (-times[word], word)):
        total = (total * 31 + times[word]) % MOD
        for c in word:
            total = (total * 31 + ord(c)) % MOD
    return total
