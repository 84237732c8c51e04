# What library.lyra does, with CPython's library: library.py OPERATION N
import csv
import io
import json
import re
import sys
import time
from datetime import date, timedelta

seed = 7


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def word():
    text = ""
    for _ in range(2 + random(6)):
        text += "abcdefghijklmnopqrstuvwxyz"[random(26)]
    return text


def order(id):
    return {
        "id": id, "customer": word(), "city": f"Straße {random(90)}", "price": random(100000) / 4.0, "paid": random(2) == 1,
        "tags": [word(), word()], "note": None if random(3) == 0 else f'say "{word()}"\n',
    }


def record(id):
    return [str(id), word(), f"{word()}, {word()}" if random(4) == 0 else word(), str(random(1000)), word(), word()]


def stringify(rows):
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def write(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


orders = [order(i) for i in range(1000)]
document = stringify(orders)
log = [f"2026-11-27T09:{10 + random(50)}:00 INFO user={word()} path=/{word()}/{word()} status={200 + 100 * random(4)} ms={random(900)}"
       for i in range(1000)]
records = [record(i) for i in range(1000)]
table = write(records)
words = [word() for i in range(20000)]
text = " ".join(words)
ints = [random(1000000) for i in range(100000)]
floats = [x / 8.0 for x in ints]
days = [f"20{10 + random(40)}-0{1 + random(9)}-{10 + random(19)}" for i in range(1000)]
left = set(ints[:50000])
right = set(ints[40000:])


def json_parse():
    rows = json.loads(document)
    return len(rows) + rows[random(1000)]["id"]


def regex_test():
    failed = re.compile("status=(4|5)[0-9][0-9]")
    return sum(1 for line in log if failed.search(line))


def regex_find():
    request = re.compile("user=([a-z]+) path=([^ ]+) status=([0-9]+)")
    total = 0
    for line in log:
        m = request.search(line)
        total += len(m[1]) + len(m[2]) + int(m[3])
    return total


def regex_split():
    separators = re.compile("[ =/]+")
    return sum(len(separators.split(line)) for line in log)


def regex_replace():
    pair = re.compile("([a-z]+)=([^ ]+)")
    return sum(len(pair.sub(r"\2 for \1", line)) for line in log)


def csv_parse():
    rows = list(csv.reader(io.StringIO(table)))
    return len(rows) + len(rows[random(1000)][1])


def csv_rows():
    rows = list(csv.DictReader(io.StringIO("id,a,b,c,d,e\r\n" + table)))
    return len(rows) + len(rows[random(1000)]["a"])


def sort_by_key():
    return sorted(orders, key=lambda o: o["price"])[random(1000)]["id"]


def sort_words():
    return len(sorted(words)[random(20000)])


def slice_keys():
    counts = {}
    for i in range(len(text) - 2):
        key = text[i:i + 3]
        counts[key] = counts.get(key, 0) + 1
    return len(counts)


def sets():
    common = left & right
    both = left | right
    rest = left - right
    return len(common) + len(both) + len(rest) + sum(1 for x in ints[:10000] if x in right)


def dates():
    total = 0
    for day in days:
        day = date.fromisoformat(day) + timedelta(days=45)
        total += day.isoweekday() + len(day.strftime("%d.%m.%Y")) + len(day.isoformat())
    return total


operations = {
    "json-parse": json_parse,
    "json-stringify": lambda: len(stringify(orders)),
    "regex-test": regex_test,
    "regex-find": regex_find,
    "regex-split": regex_split,
    "regex-replace": regex_replace,
    "csv-parse": csv_parse,
    "csv-rows": csv_rows,
    "csv-stringify": lambda: len(write(records)),
    "sort-by-key": sort_by_key,
    "sort-words": sort_words,
    "join": lambda: len(", ".join(words)),
    "split": lambda: len(text.split(" ")),
    "replace": lambda: len(text.replace("ab", "xyz")),
    "slice-keys": slice_keys,
    "sets": sets,
    "sum": lambda: int(sum(ints) + sum(floats) + min(floats) + max(ints)),
    "dates": dates,
}

operation = operations[sys.argv[1]]
result = 0
start = time.perf_counter()
for _ in range(int(sys.argv[2])):
    result = (result * 31 + operation()) % 1000000007
print(result, f"{time.perf_counter() - start:.6f}")
