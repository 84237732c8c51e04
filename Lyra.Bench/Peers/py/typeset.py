# n paragraphs of text in booklets: wrap and justify the lines, fill pages, add an index of words with page numbers
MOD = 1000000007
WIDTH = 64
INDENT = 4
PAGE_LINES = 20
PARAGRAPHS = 12

SYLLABLES = ["ba", "con", "de", "fi", "gor", "ha", "in", "jul", "ke", "lan", "mo", "nu", "per", "ra", "ti", "us"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def make_vocabulary(count):
    words = []
    for _ in range(count):
        word = ""
        for _ in range(1 + random(4)):
            word += SYLLABLES[random(len(SYLLABLES))]
        words.append(word)
    return words


def make_sentence(vocabulary):
    size = 4 + random(10)
    words = []
    for i in range(size):
        word = vocabulary[random(len(vocabulary))]
        if i == 0:
            word = word[0].upper() + word[1:]
        if i < size - 1 and random(8) == 0:
            word += ","
        words.append(word)
    return " ".join(words) + "."


def make_paragraph(vocabulary):
    return " ".join([make_sentence(vocabulary) for _ in range(2 + random(4))])


# Lists of the words that fit into a line each.
def wrap(words, width, indent):
    rows = []
    row = []
    used = indent
    for word in words:
        if row and used + len(word) > width:
            rows.append(row)
            row = []
            used = 0
        row.append(word)
        used += len(word) + 1
    if row:
        rows.append(row)
    return rows


def justify(words, width):
    if len(words) == 1:
        return words[0]
    gaps = len(words) - 1
    spaces = width - sum(len(w) for w in words)
    narrow, wider = divmod(spaces, gaps)
    line = ""
    for i, word in enumerate(words):
        line += word
        if i < gaps:
            line += " " * (narrow + 1 if i < wider else narrow)
    return line


def center(text, width):
    return " " * ((width - len(text)) // 2) + text


def layout_paragraph(text):
    rows = wrap(text.split(" "), WIDTH, INDENT)
    lines = []
    for i, row in enumerate(rows):
        indent = INDENT if i == 0 else 0
        body = " ".join(row) if i == len(rows) - 1 else justify(row, WIDTH - indent)
        lines.append(" " * indent + body)
    return lines


class Page:
    def __init__(self, number, lines):
        self.number = number
        self.lines = lines


def paginate(lines):
    pages = []
    for i in range(0, len(lines), PAGE_LINES):
        pages.append(Page(len(pages) + 1, lines[i:i + PAGE_LINES]))
    return pages


def collect_terms(pages):
    terms = {}
    for page in pages:
        for line in page.lines:
            for word in line.split():
                term = word.replace(",", "").replace(".", "").lower()
                if len(term) < 7:
                    continue
                if term not in terms:
                    terms[term] = [page.number]
                elif terms[term][-1] != page.number:
                    terms[term].append(page.number)
    return terms


# "2, 4-6" for [2, 4, 5, 6]
def format_numbers(numbers):
    parts = []
    i = 0
    while i < len(numbers):
        j = i
        while j + 1 < len(numbers) and numbers[j + 1] == numbers[j] + 1:
            j += 1
        parts.append(str(numbers[i]) if i == j else f"{numbers[i]}-{numbers[j]}")
        i = j + 1
    return ", ".join(parts)


def layout_index(terms):
    entries = [f"{term} {format_numbers(terms[term])}" for term in sorted(terms)]
    half = (len(entries) + 1) // 2
    lines = [center("Index", WIDTH)]
    for i in range(half):
        right = entries[i + half] if i + half < len(entries) else ""
        lines.append(entries[i].ljust(WIDTH // 2) + right)
    return lines


def layout_book(title, vocabulary, paragraphs):
    lines = []
    for i in range(paragraphs):
        if i % 4 == 0:
            lines.extend([center(f"{title}, part {i // 4 + 1}", WIDTH), ""])
        lines.extend(layout_paragraph(make_paragraph(vocabulary)))
    pages = paginate(lines)
    result = []
    for page in pages:
        result.extend(page.lines)
        result.append(center(f"- {page.number} -", WIDTH))
    result.extend(layout_index(collect_terms(pages)))
    return result


def run(n):
    global seed
    seed = 42
    vocabulary = make_vocabulary(150)
    total = 0
    for first in range(0, n, PARAGRAPHS):
        title = f"Booklet {first // PARAGRAPHS + 1}"
        for line in layout_book(title, vocabulary, min(PARAGRAPHS, n - first)):
            total = (total * 31 + len(line)) % MOD
            for k in range(0, len(line), 5):
                total = (total * 31 + ord(line[k])) % MOD
    return total
