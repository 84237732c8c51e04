#!/usr/bin/env python3
"""Writes measurements into docs/benchmarks.md and README.md, each between <!-- NAME: begin --> and <!-- NAME: end -->.

  bench-report.py --programs TIMES TABLE UNSEEN_TIMES UNSEEN_TABLE LOAD
  bench-report.py --users FOLDER LOAD
  bench-report.py --tiers RESULT LOAD
  bench-report.py --report NAME FILE LOAD

TIMES is the file that Lyra.Bench/Peers/run.py wrote (--json), TABLE its Markdown output; the next two are those of --set
Unseen. Both documents get the same summary; a test compares them. FOLDER has the files of run.py and steady.py as
bench-users.sh names them. RESULT is the JSON of lyra bench, FILE the output of Lyra.Bench -- NAME. LOAD is the load average
before the runs.
"""
import glob, json, math, os, re, subprocess, sys, textwrap, time


def ratios(rows, engine, peer):
    """The time of an engine divided by that of its peer, for each program that both finished."""
    seconds = [(row["name"], row["engines"].get(engine, {}).get("seconds"), row["engines"].get(peer, {}).get("seconds")) for row in rows]
    return {name: a / b for name, a, b in seconds if a and b}


def mean(rows, engine, peer):
    values = ratios(rows, engine, peer).values()
    return f"{math.exp(sum(map(math.log, values)) / len(values)):.2f}" if values else "-"


def summary(rows):
    to_csharp = ratios(rows, "lyra", "csharp")
    best, worst = min(to_csharp, key=to_csharp.get), max(to_csharp, key=to_csharp.get)
    kernels = [row for row in rows if row["kind"] == "kernel"]
    workloads = [row for row in rows if row["kind"] == "workload"]
    return (f"Over {len(rows)} programs, warm-up included, compiled Lyra takes {mean(rows, 'lyra', 'csharp')} times as long as C# "
            f"(geometric mean; {mean(kernels, 'lyra', 'csharp')} over {len(kernels)} kernels, {mean(workloads, 'lyra', 'csharp')} over "
            f"{len(workloads)} workloads; from {to_csharp[best]:.2f} for `{best}` to {to_csharp[worst]:.2f} for `{worst}`), "
            f"{mean(rows, 'lyra', 'node')} times as long as node, {mean(rows, 'lyra', 'luajit')} times as long as LuaJIT and "
            f"{mean(rows, 'lyra', 'pypy3')} times as long as PyPy. "
            f"The interpreter alone (`--jit off`) takes {mean(rows, 'lyra-nojit', 'lyra')} times as long as compiled Lyra and "
            f"{mean(rows, 'lyra-nojit', 'lua5.4')} times as long as Lua 5.4.")


def summary_of_unseen(rows):
    return (f"Over {len(rows)} unseen programs, compiled Lyra takes {mean(rows, 'lyra', 'csharp')} times as long as C#, "
            f"{mean(rows, 'lyra', 'node')} times as long as node, {mean(rows, 'lyra', 'luajit')} times as long as LuaJIT and "
            f"{mean(rows, 'lyra', 'pypy3')} times as long as PyPy.")


def wrapped(text):
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False) + "\n"


def contents(times, table):
    with open(times) as f, open(table) as g:
        return json.load(f)["rows"], g.read()


def conditions(load):
    with open("/proc/cpuinfo") as f:
        machine = re.search(r"^model name\s*: *(.*)$", f.read(), re.MULTILINE)
    sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    return (f"Measured on {time.strftime('%Y-%m-%d')} at {commit}: {machine.group(1) if machine else 'unknown machine'}, "
            f"{os.cpu_count()} cores, load average {load}, .NET SDK {sdk}.")


def replace(page, part, text):
    """Writes the part of a page between its two markers."""
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    with open(page) as f:
        head, rest = f.read().split(begin)
    with open(page, "w") as f:
        f.write(head + begin + text + end + rest.split(end)[1])


def cell(rows, engine, peer):
    """The mean of the ratios of two engines, and the worst."""
    values = ratios(rows, engine, peer)
    if not values:
        return "-"
    worst = max(values, key=values.get)
    return f"{mean(rows, engine, peer)} (`{worst}` {values[worst]:.2f})"


def steady_rows(path):
    """The calls of steady.py as two lists of rows: the best later call, and the first."""
    with open(path) as f:
        table = json.load(f)
    later = [{"name": name, "engines": {e: {"seconds": min(t[1:])} for e, t in row.items()}} for name, row in table.items()]
    first = [{"name": name, "engines": {"first": {"seconds": row["lyra"][0]}, "later": {"seconds": min(row["lyra"][1:])}}}
             for name, row in table.items() if "lyra" in row]
    return later, first


def table_of_users(users):
    """Rows by size and processors, and how later calls compare with the first."""
    growth = []
    lines = ["| programs | size | processors | / C# | / node | / CPython | / `--jit off` |", "|---|---|---|--:|--:|--:|--:|"]
    for size in ("small", "mid", "full"):
        for processors in sorted({os.path.basename(p).split("-")[1] for p in glob.glob(f"{users}/{size}-*.json")}, reverse=True):
            count = len(processors.split("+"))
            for sets, label in ((("Programs", "Everyday"), "known"), (("HeldOut",), "held out")):
                rows = []
                for name in sets:
                    path = f"{users}/{size}-{processors}-{name}.json"
                    if os.path.exists(path):
                        with open(path) as f:
                            rows += json.load(f)["rows"]
                lines.append(f"| {len(rows)} {label} | {size} | {count} | " + " | ".join(
                    cell(rows, "lyra", peer) for peer in ("csharp", "node", "python3", "lyra-nojit")) + " |")
    for name, label in (("Everyday", "known"), ("HeldOut", "held out")):
        later, first = steady_rows(f"{users}/steady-{name}.json")
        lines.append(f"| {len(later)} {label} | full, later calls | all | " + " | ".join(
            cell(later, "lyra", peer) for peer in ("csharp", "node")) + " | | |")
        growth.append(f"Later calls of the {len(first)} {label} programs take {cell(first, 'later', 'first')} of the first call's time.")
    return "\n".join(lines) + "\n\n" + "\n".join(growth) + "\n"


def number(x):
    return "-" if x is None else f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:.0f}"


def table_of_tiers(rows):
    """How many times as fast as the stack machine each column is."""
    columns = ["-O0", "-O1", "-O2", "-O3", "jit", "C#"]
    lines = ["| program | N | baseline s | " + " | ".join(columns) + " |", "|---|--:|--:|" + "--:|" * len(columns)]
    ratios = {column: [] for column in columns}
    for row in rows:
        seconds = {column: cell["minimum"] or None for column, cell in row["cells"].items()}
        base = seconds["baseline"]
        cells = [base / seconds[column] if base and seconds[column] else None for column in columns]
        for column, ratio in zip(columns, cells):
            ratios[column] += [ratio] if ratio else []
        lines.append(f"| {row['name']} | {row['n']} | {f'{base:.3f}' if base else '-'} | {' | '.join(map(number, cells))} |")
    means = [math.exp(sum(map(math.log, ratios[column])) / len(ratios[column])) if ratios[column] else None for column in columns]
    lines.append(f"| **geometric mean** | | | {' | '.join(map(number, means))} |")
    return "\n".join(lines) + "\n"


def write_users(users, load):
    replace("docs/benchmarks.md", "users", conditions(load) + "\n\n" + table_of_users(users) + "\n")


def write_tiers(path, load):
    with open(path) as f:
        result = json.load(f)
    rounds = "one round" if result["rounds"] == 1 else f"{result['rounds']} rounds"
    replace("docs/benchmarks.md", "tiers", f"{conditions(load)} Size {result['tierSize'] or result['size']}, {rounds}.\n\n"
            + table_of_tiers(result["tierRows"] or result["rows"]))


def write_report(name, path, load):
    with open(path) as f:
        replace("docs/benchmarks.md", name, conditions(load) + "\n\n" + f.read().strip() + "\n")


def write_programs(times, table, unseen_times, unseen_table, load):
    rows, cells = contents(times, table)
    text = wrapped(summary(rows))
    replace("README.md", "summary", text)
    replace("docs/benchmarks.md", "summary", text)
    replace("docs/benchmarks.md", "table", conditions(load) + "\n" + cells + "\n")
    rows, cells = contents(unseen_times, unseen_table)
    replace("docs/benchmarks.md", "unseen", wrapped(summary_of_unseen(rows)) + "\n" + conditions(load) + "\n" + cells + "\n")


WRITERS = {"--programs": write_programs, "--users": write_users, "--tiers": write_tiers, "--report": write_report}

if __name__ == "__main__":
    WRITERS[sys.argv[1]](*sys.argv[2:])
