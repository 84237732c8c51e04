#!/usr/bin/env python3
"""Writes a result of lyra bench into docs/benchmarks.md, between <!-- tiers: begin --> and <!-- tiers: end -->.

  lyra bench --size full --json RESULT && bench-tiers.py RESULT LOAD

LOAD is the load average before the runs.
"""
import json, math, os, re, sys

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "docs", "benchmarks.md")
LYRA = ["-O0", "-O1", "-O2", "-O3", "jit"]


def seconds(row, column):
    return row["cells"][column]["minimum"] or None


def ratio(a, b):
    return a / b if a and b else None


def number(x):
    return "-" if x is None else f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:.0f}"


def mean(values):
    values = [value for value in values if value]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def table(rows):
    yield "| program | N | baseline s | " + " | ".join(LYRA) + " | C# |"
    yield "|---|--:|--:|" + "--:|" * (len(LYRA) + 1)
    columns = LYRA + ["C#"]
    times = {row["name"]: [ratio(seconds(row, "baseline"), seconds(row, column)) for column in columns] for row in rows}
    for row in rows:
        base = seconds(row, "baseline")
        cells = " | ".join(map(number, times[row["name"]]))
        yield f"| {row['name']} | {row['n']} | {f'{base:.3f}' if base else '-'} | {cells} |"
    means = " | ".join(number(mean(t[i] for t in times.values())) for i in range(len(columns)))
    yield f"| **geometric mean** | | | {means} |"


def main():
    with open(sys.argv[1]) as f:
        result = json.load(f)
    machine = result["machine"]
    rounds = "one round" if result["rounds"] == 1 else f"{result['rounds']} rounds"
    head = (f"Measured on {result['date'][:10]}: {machine['processor']}, {machine['cores']} cores, load average {sys.argv[2]}, "
            f"{machine['runtime']}, size {result['size']}, {rounds}.")
    part = "\n".join([head, "", *table(result["rows"])])
    with open(PAGE) as f:
        page = f.read()
    page = re.sub(r"(<!-- tiers: begin -->\n).*?(<!-- tiers: end -->)", lambda m: m[1] + part + "\n" + m[2], page, flags=re.DOTALL)
    with open(PAGE, "w") as f:
        f.write(page)


if __name__ == "__main__":
    main()
