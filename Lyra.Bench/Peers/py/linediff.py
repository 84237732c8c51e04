# diff of lists of n lines in all by longest common subsequence, as a patch text that is then parsed and applied
MOD = 1000000007
FILE_LINES = 50
CONTEXT = 2


# kind is " " for a common line, "-" for a removed and "+" for an added one.
class Edit:
    def __init__(self, kind, text):
        self.kind = kind
        self.text = text


class Hunk:
    def __init__(self, old_start, new_start):
        self.old_start = old_start
        self.new_start = new_start
        self.edits = []

    def old_count(self):
        return len([e for e in self.edits if e.kind != "+"])

    def new_count(self):
        return len([e for e in self.edits if e.kind != "-"])

    def header(self):
        return f"@@ -{self.old_start},{self.old_count()} +{self.new_start},{self.new_count()} @@"


NAMES = ["count", "total", "index", "name", "value", "result", "items", "first"]
ACTIONS = ["print", "push", "update", "check", "load"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def pick(items):
    return items[random(len(items))]


def make_line():
    which = random(6)
    if which == 0:
        return ""
    if which == 1:
        return "}"
    if which == 2:
        return f"if {pick(NAMES)} > {random(10)} {{"
    if which == 3:
        return f"    {pick(NAMES)} = {pick(NAMES)} + {random(100)}"
    if which == 4:
        return f"    {pick(ACTIONS)}({pick(NAMES)}, {pick(NAMES)})"
    return f"    return {pick(NAMES)}"


def make_lines(count):
    return [make_line() for _ in range(count)]


def change(lines):
    result = []
    for line in lines:
        which = random(25)
        if which == 0:
            continue
        if which == 1:
            result.append(line + " // new")
        elif which == 2:
            result.append(line)
            result.extend(make_lines(1 + random(4)))
        else:
            result.append(line)
    return result


# table[i][j] is the length of the longest common subsequence of a[i:] and b[j:].
def common_lengths(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            if a[i] == b[j]:
                table[i][j] = table[i + 1][j + 1] + 1
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    return table


def compare(a, b):
    table = common_lengths(a, b)
    edits = []
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            edits.append(Edit(" ", a[i]))
            i += 1
            j += 1
        elif j == len(b) or i < len(a) and table[i + 1][j] >= table[i][j + 1]:
            edits.append(Edit("-", a[i]))
            i += 1
        else:
            edits.append(Edit("+", b[j]))
            j += 1
    return edits


# Groups the changes with some common lines around them.
def make_hunks(edits):
    hunks = []
    old_line = new_line = 1
    end = 0  # of the last hunk
    hunk = None
    for k, edit in enumerate(edits):
        if edit.kind != " ":
            end = min(len(edits), k + CONTEXT + 1)
        ahead = edits[k:k + CONTEXT + 1]
        if k < end or any(e.kind != " " for e in ahead):
            if hunk is None:
                hunk = Hunk(old_line, new_line)
                hunks.append(hunk)
            hunk.edits.append(edit)
        else:
            hunk = None
        if edit.kind != "+":
            old_line += 1
        if edit.kind != "-":
            new_line += 1
    return hunks


def format_patch(hunks):
    lines = []
    for hunk in hunks:
        lines.append(hunk.header())
        for edit in hunk.edits:
            lines.append(edit.kind + edit.text)
    return "\n".join(lines)


def parse_patch(text):
    hunks = []
    for line in text.split("\n"):
        if line.startswith("@@ "):
            starts = [int(p[1:p.index(",")]) for p in line.split(" ") if p != "@@"]
            hunks.append(Hunk(starts[0], starts[1]))
        else:
            hunks[-1].edits.append(Edit(line[0], line[1:]))
    return hunks


def apply(lines, hunks):
    result = []
    at = 0
    for hunk in hunks:
        result.extend(lines[at:hunk.old_start - 1])
        at = hunk.old_start - 1
        for edit in hunk.edits:
            if edit.kind != "+":
                if lines[at] != edit.text:
                    raise ValueError(f"line {at + 1} differs")
                at += 1
            if edit.kind != "-":
                result.append(edit.text)
    result.extend(lines[at:])
    return result


def run(n):
    global seed
    seed = 42
    total = 0
    for first in range(0, n, FILE_LINES):
        old = make_lines(min(FILE_LINES, n - first))
        new = change(old)
        patch = format_patch(make_hunks(compare(old, new)))
        total = (total * 31 + len(patch)) % MOD
        if patch == "":
            continue
        assert apply(old, parse_patch(patch)) == new, "the patch gives something else"
        for k in range(0, len(patch), 3):
            total = (total * 31 + ord(patch[k])) % MOD
    return total
