# a log analyser: n lines are generated and parsed; groups by host, path and minute, percentiles, top lists, sessions
from collections import defaultdict
from dataclasses import dataclass

SESSION_GAP = 1800
METHODS = ["GET", "GET", "GET", "POST", "PUT"]
STATUSES = [200, 200, 200, 200, 304, 302, 404, 500]
FILES = ["app.js", "site.css", "logo.png"]


@dataclass
class Entry:
    host: str
    user: str | None
    time: int
    method: str
    path: str
    status: int
    size: int
    duration: int


def make_path(random):
    match random(6):
        case 0:
            return "/"
        case 1:
            return f"/items/{random(500)}"
        case 2:
            return f"/items/{random(500)}/reviews?page={random(9)}"
        case 3:
            return f"/search?q=word{random(90)}"
        case 4:
            return f"/users/{random(300)}/orders"
        case _:
            return f"/static/{FILES[random(3)]}"


def make_lines(n, random):
    time = 86400
    for _ in range(n):
        time += random(10)
        if random(60) == 0:
            yield "-- log rotated --"
            continue
        stamp = f"{time // 86400:02}/Mar/2026:{time // 3600 % 24:02}:{time // 60 % 60:02}:{time % 60:02}"
        user = "-" if random(4) == 0 else f"user{random(300)}"
        request = f"{METHODS[random(5)]} {make_path(random)}"
        slow = 1000 if random(40) == 0 else 0
        rest = f"{STATUSES[random(8)]} {random(20000)} {5 + random(40) * (1 + random(6)) + slow}"
        yield f'web{random(6)} {user} [{stamp}] "{request}" {rest}'


def parse_time(text):
    """Seconds, from "[05/Mar/2026:12:34:56]"."""
    day = int(text[1:3])
    hours, minutes, seconds = map(int, text[13:21].split(":"))
    return ((day * 24 + hours) * 60 + minutes) * 60 + seconds


def normalize(target):
    """The path without its query, and with ":id" for numbers."""
    parts = target.split("?")[0].split("/")
    return "/".join(":id" if part[:1].isdigit() else part for part in parts)


def parse(line):
    """An entry, or None if the line is none."""
    match line.split(" "):
        case [host, user, time, method, target, status, size, duration]:
            return Entry(
                host, None if user == "-" else user, parse_time(time), method[1:],
                normalize(target[:-1]), int(status), int(size), int(duration),
            )
        case _:
            return None


def group_by(entries, key):
    groups = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return groups


def percentile(ordered, percent):
    return ordered[(len(ordered) * percent + 99) // 100 - 1]


def top(groups, count):
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:count]


def report_hosts(entries, out):
    for host, group in sorted(group_by(entries, lambda entry: entry.host).items()):
        kilobytes = sum(entry.size for entry in group) // 1024
        errors = sum(entry.status >= 500 for entry in group)
        out.append(f"{host}: {len(group)} requests, {kilobytes} kB, {errors} errors")


def report_paths(entries, out):
    for path, group in top(group_by(entries, lambda entry: f"{entry.method} {entry.path}"), 10):
        times = sorted(entry.duration for entry in group)
        columns = " ".join(f"p{percent} {percentile(times, percent):5}" for percent in (50, 90, 99))
        out.append(f"{path:30} {len(group):6} {columns}")


def report_minutes(entries, out):
    for minute, group in top(group_by(entries, lambda entry: entry.time // 60), 5):
        slowest = max(entry.duration for entry in group)
        out.append(f"day {minute // 1440} {minute // 60 % 24:02}:{minute % 60:02} {len(group)} slowest {slowest}")


def report_sessions(entries, out):
    """A session ends when its user is silent for half an hour."""
    lengths = []
    for visits in group_by((entry for entry in entries if entry.user is not None), lambda entry: entry.user).values():
        start = last = visits[0].time
        for visit in visits:
            if visit.time - last > SESSION_GAP:
                lengths.append(last - start)
                start = visit.time
            last = visit.time
        lengths.append(last - start)
    lengths.sort()
    out.append(f"{len(lengths)} sessions, median {percentile(lengths, 50)} s, longest {lengths[-1]} s")


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    text = "\n".join(make_lines(n, random))
    lines = text.splitlines()
    entries = [entry for entry in map(parse, lines) if entry is not None]
    out = [f"{len(entries)} entries, {len(lines) - len(entries)} other lines"]
    report_hosts(entries, out)
    report_paths(entries, out)
    report_minutes(entries, out)
    report_sessions(entries, out)
    total = len(text)
    for c in "\n".join(out):
        total = (total * 31 + ord(c)) % 1000000007
    return total
