#!/usr/bin/env python3
"""Prints what the low-pause mode saves on every benchmark program, as a table in Markdown: allocated bytes and garbage
collections in both memory modes, pauses, and the ratio of the times. With --strs, prints how many of the strs that went
through the table of interned strs were there already.

  bench-memory.py LYRA [--size small|mid|full] [--rounds N] [--jit on|off] [--strs]

LYRA is the published command. The modes take turns, and the least time of each counts. Programs that allocate less than
a megabyte are left out.
"""
import argparse, json, math, os, re, subprocess, sys

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Lyra.Bench")
SETS = ["Programs", "Everyday", "HeldOut", "Unseen"]
MODES = ["throughput", "low-pause"]
LEAST_BYTES = 1_000_000
LEAST_STRS = 100


def figure(text, name):
    return re.search(rf"{name} +(\S+)", text).group(1)


def number(text, name):
    return int(figure(text, name).replace(",", ""))


def programs(size):
    """Yields the name, the path and the size of each program."""
    for name in SETS:
        folder = os.path.join(BENCH, name)
        for row in json.load(open(os.path.join(folder, "bench.json"))):
            yield row["name"], os.path.join(folder, row["name"] + ".lyra"), row["sizes"][size]


def execute(lyra, program, n, expect, mode, jit):
    """Runs a program, checks its result, and returns its seconds and statistics."""
    command = [lyra, "run", "--stats", "--memory", mode, "--jit", jit, program, str(n)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    words = done.stdout.split()
    if done.returncode != 0 or float(words[-2]) != expect:
        sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    return float(words[-1]), done.stderr


def run(lyra, program, n, expect, mode, jit):
    """Returns (seconds, bytes, collections, pauses in ms)."""
    seconds, statistics = execute(lyra, program, n, expect, mode, jit)
    collections = sum(map(int, figure(statistics, "clr: collections").split("/")))
    return seconds, number(statistics, "clr: bytes allocated"), collections, float(figure(statistics, "clr: pauses"))


def measure(lyra, program, size, rounds, jit):
    best = {}
    for _ in range(rounds):
        for mode in MODES:
            figures = run(lyra, program, size["n"], size["expect"], mode, jit)
            best[mode] = [min(pair) for pair in zip(best.get(mode, figures), figures)]
    return best


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def print_memory(args):
    print("| program | MB | MB low-pause | collections | low-pause | pauses ms | low-pause | time |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    times, bytes_, totals = [], [], [0, 0, 0.0, 0.0]
    for name, program, size in programs(args.size):
        best = measure(args.lyra, program, size, args.rounds, args.jit)
        usual, low = best["throughput"], best["low-pause"]
        if usual[1] < LEAST_BYTES:
            continue
        times.append(low[0] / usual[0])
        bytes_.append(low[1] / usual[1])
        totals = [sum(pair) for pair in zip(totals, [usual[2], low[2], usual[3], low[3]])]
        print(f"| {name} | {usual[1] / 1e6:.1f} | {low[1] / 1e6:.1f} | {usual[2]} | {low[2]} | {usual[3]:.1f} | {low[3]:.1f} "
              f"| {times[-1]:.2f} |", flush=True)
    print(f"| **all** | 1 | {mean(bytes_):.2f} | {totals[0]} | {totals[1]} | {totals[2]:.0f} | {totals[3]:.0f} | {mean(times):.2f} |")


def print_strs(args):
    print("| program | strs | found |")
    print("|---|--:|--:|")
    all_, hits = 0, 0
    for name, program, size in programs(args.size):
        _, statistics = execute(args.lyra, program, size["n"], size["expect"], MODES[0], args.jit)
        found = number(statistics, "strings: hits")
        total = found + number(statistics, "strings: interned")
        if total >= LEAST_STRS:
            all_, hits = all_ + total, hits + found
            print(f"| {name} | {total:,} | {found / total:.1%} |".replace("%", " %"), flush=True)
    print(f"| **all** | {all_:,} | {hits / all_:.1%} |".replace("%", " %"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lyra")
    parser.add_argument("--size", default="mid")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jit", default="on", choices=["on", "off"])
    parser.add_argument("--strs", action="store_true")
    args = parser.parse_args()
    (print_strs if args.strs else print_memory)(args)


main()
