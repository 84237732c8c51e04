# a diff of trees: n pairs of documents are parsed, compared by the keys of their nodes, and one is changed into the other
from dataclasses import dataclass

TAGS = ["page", "box", "text", "image", "list"]
NAMES = ["color", "width", "height", "title", "align"]
WORDS = ["red", "blue", "left", "right", "big", "small", "none", "auto"]


class Node:
    def __init__(self, tag, id):
        self.tag = tag
        self.id = id
        self.attributes = {}
        self.children = []

    @property
    def key(self):
        return f"{self.tag}#{self.id}"

    def equals(self, other):
        return (
            self.key == other.key and self.attributes == other.attributes
            and len(self.children) == len(other.children)
            and all(a.equals(b) for a, b in zip(self.children, other.children))
        )

    def write(self, lines, indent=""):
        attributes = ", ".join(f"{name}: {value}" for name, value in sorted(self.attributes.items()))
        lines.append(f"{indent}{self.key} ({attributes}) {{")
        for child in self.children:
            child.write(lines, indent + "  ")
        lines.append(f"{indent}}}")


class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def skip_blanks(self):
        while self.pos < len(self.text) and self.text[self.pos].isspace():
            self.pos += 1

    def accept(self, c):
        self.skip_blanks()
        if self.pos == len(self.text) or self.text[self.pos] != c:
            return False
        self.pos += 1
        return True

    def expect(self, c):
        if not self.accept(c):
            raise SyntaxError(f"expected {c} at {self.pos}")

    def word(self):
        self.skip_blanks()
        start = self.pos
        while self.pos < len(self.text) and self.text[self.pos].isalnum():
            self.pos += 1
        return self.text[start:self.pos]

    def node(self):
        tag = self.word()
        self.expect("#")
        node = Node(tag, int(self.word()))
        self.expect("(")
        while not self.accept(")"):
            name = self.word()
            self.expect(":")
            node.attributes[name] = self.word()
            self.accept(",")
        self.expect("{")
        while not self.accept("}"):
            node.children.append(self.node())
        return node


# The edits; a path is the list of the keys below the root.
@dataclass
class Change:
    path: list
    name: str
    value: str | None


@dataclass
class Delete:
    path: list
    key: str


@dataclass
class Insert:
    path: list
    at: int
    node: Node


@dataclass
class Move:
    path: list
    key: str
    at: int


def diff(old, new, path, edits):
    for name in sorted(old.attributes.keys() | new.attributes.keys()):
        value = new.attributes.get(name)
        if value != old.attributes.get(name):
            edits.append(Change(path, name, value))
    wanted = {child.key for child in new.children}
    known = {child.key: child for child in old.children}
    edits.extend(Delete(path, key) for key in known if key not in wanted)
    order = [key for key in known if key in wanted]
    for at, child in enumerate(new.children):
        key = child.key
        if key not in known:
            edits.append(Insert(path, at, child))
            order.insert(at, key)
        elif order[at] != key:
            edits.append(Move(path, key, at))
            order.remove(key)
            order.insert(at, key)
    for child in new.children:
        key = child.key
        if key in known:
            diff(known[key], child, path + [key], edits)


def describe(edit):
    path = "/" + "/".join(edit.path)
    match edit:
        case Change(_, name, value):
            return f"change {path} {name} to {'nothing' if value is None else value}"
        case Delete(_, key):
            return f"delete {path} {key}"
        case Insert(_, at, node):
            return f"insert {path} {node.key} at {at}"
        case Move(_, key, at):
            return f"move {path} {key} to {at}"


def child_of(node, key):
    return next(child for child in node.children if child.key == key)


def apply(root, edit):
    target = root
    for key in edit.path:
        target = child_of(target, key)
    match edit:
        case Change(_, name, None):
            del target.attributes[name]
        case Change(_, name, value):
            target.attributes[name] = value
        case Delete(_, key):
            target.children.remove(child_of(target, key))
        case Insert(_, at, node):
            target.children.insert(at, node)
        case Move(_, key, at):
            child = child_of(target, key)
            target.children.remove(child)
            target.children.insert(at, child)


class Author:
    def __init__(self, random):
        self.random = random
        self.last_id = 0

    def create(self, depth):
        random = self.random
        self.last_id += 1
        node = Node(TAGS[random(5)], self.last_id)
        for _ in range(random(5)):
            value = WORDS[random(8)]
            node.attributes[NAMES[random(5)]] = value
        if depth > 0:
            node.children = [self.create(depth - 1) for _ in range(1 + random(5))]
        return node

    def revise(self, node):
        """A copy with changes."""
        random = self.random
        copy = Node(node.tag, node.id)
        for name in sorted(node.attributes):
            what = random(12)
            if what > 0:
                copy.attributes[name] = WORDS[random(8)] if what == 1 else node.attributes[name]
        for child in node.children:
            if random(10) > 0:
                copy.children.append(self.revise(child))
            if random(10) == 0:
                copy.children.append(self.create(random(2)))
        if len(copy.children) > 1 and random(4) == 0:
            last = copy.children.pop()
            copy.children.insert(random(len(copy.children)), last)
        return copy


def text_of(root):
    lines = []
    root.write(lines)
    return "\n".join(lines)


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    total = 0
    for _ in range(n):
        author = Author(random)
        draft = author.create(3)
        old_text = text_of(draft)
        new_text = text_of(author.revise(draft))
        old = Parser(old_text).node()
        new = Parser(new_text).node()
        edits = []
        diff(old, new, [], edits)
        for edit in edits:
            apply(old, edit)
            for c in describe(edit):
                total = (total * 31 + ord(c)) % 1000000007
        assert old.equals(new), "the edits are wrong"
        total += len(edits) + len(old_text) + len(text_of(old))
    return total
