# Autocompletion with a trie: n rounds of learning words, typing with ranked suggestions, patterns and forgetting words
WORDS = 80
SESSIONS = 16
LIMIT = 4
MODULUS = 1000000007

SYLLABLES = ["ka", "to", "mi", "ren", "sol", "ba", "lu", "dor", "ne", "vi", "sha", "pel"]
seed = 23


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def make_word():
    word = ""
    for _ in range(2 + random(3)):
        word += SYLLABLES[random(len(SYLLABLES))]
    return word


class Node:
    def __init__(self):
        self.children = {}
        self.weight = 0  # how often the word that ends here was used; 0 where none ends


class Trie:
    def __init__(self):
        self.root = Node()
        self.count = 0

    def learn(self, word, weight=1):
        node = self.root
        for c in word:
            child = node.children.get(c)
            if child is None:
                child = Node()
                node.children[c] = child
            node = child
        if node.weight == 0:
            self.count += 1
        node.weight += weight

    def find(self, prefix):
        node = self.root
        for c in prefix:
            node = node.children.get(c)
            if node is None:
                return None
        return node

    # The words below the prefix, the most used first, alphabetically where equal.
    def complete(self, prefix, limit):
        node = self.find(prefix)
        if node is None:
            return []
        found = []
        collect(node, prefix, found)
        return rank(found, limit)

    # The words that fit a pattern in which ? stands for any letter.
    def search(self, pattern, limit):
        found = []
        fit(self.root, pattern, "", found)
        return rank(found, limit)

    def forget(self, word):
        node = self.find(word)
        if node is None or node.weight == 0:
            return False
        self.count -= 1
        prune(self.root, word, 0)
        return True


def rank(found, limit):
    found.sort(key=lambda s: (-s[1], s[0]))
    return found[:limit]


def collect(node, text, found):
    if node.weight > 0:
        found.append((text, node.weight))
    for c, child in node.children.items():
        collect(child, text + c, found)


def fit(node, pattern, text, found):
    at = len(text)
    if at == len(pattern):
        if node.weight > 0:
            found.append((text, node.weight))
    elif pattern[at] == "?":
        for c, child in node.children.items():
            fit(child, pattern, text + c, found)
    else:
        child = node.children.get(pattern[at])
        if child is not None:
            fit(child, pattern, text + pattern[at], found)


# Removes the word below the node; true when nothing is left there.
def prune(node, word, at):
    if at == len(word):
        node.weight = 0
    elif prune(node.children[word[at]], word, at + 1):
        del node.children[word[at]]
    return node.weight == 0 and not node.children


# Types a word until it is among the suggestions and picks it there: the number of keys pressed.
def type_word(trie, word):
    for keys in range(1, len(word)):
        for i, (suggested, _) in enumerate(trie.complete(word[:keys], LIMIT)):
            if suggested == word:
                trie.learn(word)
                return keys + i
    trie.learn(word)
    return len(word)


def digest(suggestions):
    hash = 0
    for word, weight in suggestions:
        for c in word:
            hash = (hash * 31 + ord(c)) % MODULUS
        hash = (hash * 31 + weight) % MODULUS
    return hash


def play_round():
    trie = Trie()
    words = []
    for _ in range(WORDS):
        word = make_word()
        words.append(word)
        trie.learn(word, 1 + random(20))
    total = trie.count
    for i in range(SESSIONS):
        word = make_word() if i % 8 == 0 else words[random(WORDS)]
        total += type_word(trie, word) * (i + 1)
    for word in words[:20]:
        hole = 1 + random(len(word) - 1)
        total += digest(trie.search(word[:hole] + "?" + word[hole + 1:], LIMIT)) % 1000
    for word in words[WORDS // 2:]:
        if trie.forget(word):
            total += len(word)
    for s in SYLLABLES:
        total = (total * 31 + digest(trie.complete(s, LIMIT)) + trie.count) % MODULUS
    return total


def run(n):
    global seed
    seed = 23
    checksum = 0
    for _ in range(n):
        checksum = (checksum * 31 + play_round()) % MODULUS
    return checksum
