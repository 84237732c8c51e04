#!/usr/bin/env python3
"""Prints what the low-pause mode saves on every benchmark program, as a table in Markdown: allocated bytes and garbage
collections in both memory modes, pauses, and the ratio of the times.

  bench-memory.py LYRA [--size small|mid|full] [--rounds N] [--jit on|off]

LYRA is the published command. The modes take turns, and the least time of each counts. Programs that allocate less than
a megabyte are left out.
"""
import argparse, json, math, os, re, subprocess, sys

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Lyra.Bench")
SETS = ["Programs", "Everyday", "HeldOut", "Unseen"]
MODES = ["throughput", "low-pause"]
LEAST_BYTES = 1_000_000


def figure(text, name):
    return re.search(rf"{name} +(\S+)", text).group(1)


def run(lyra, program, n, expect, mode, jit):
    """Returns (seconds, bytes, collections, pauses in ms)."""
    command = [lyra, "run", "--stats", "--memory", mode, "--jit", jit, program, str(n)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    words = done.stdout.split()
    if done.returncode != 0 or float(words[-2]) != expect:
        sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    collections = figure(done.stderr, "clr: collections")
    return (float(words[-1]), int(figure(done.stderr, "clr: bytes allocated").replace(",", "")),
            sum(map(int, collections.split("/"))), float(figure(done.stderr, "clr: pauses")))


def measure(lyra, program, size, rounds, jit):
    best = {}
    for _ in range(rounds):
        for mode in MODES:
            figures = run(lyra, program, size["n"], size["expect"], mode, jit)
            best[mode] = [min(pair) for pair in zip(best.get(mode, figures), figures)]
    return best


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lyra")
    parser.add_argument("--size", default="mid")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jit", default="on", choices=["on", "off"])
    args = parser.parse_args()
    print("| program | MB | MB low-pause | collections | low-pause | pauses ms | low-pause | time |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    times, bytes_, totals = [], [], [0, 0, 0.0, 0.0]
    for name in SETS:
        folder = os.path.join(BENCH, name)
        for row in json.load(open(os.path.join(folder, "bench.json"))):
            program = os.path.join(folder, row["name"] + ".lyra")
            best = measure(args.lyra, program, row["sizes"][args.size], args.rounds, args.jit)
            usual, low = best["throughput"], best["low-pause"]
            if usual[1] < LEAST_BYTES:
                continue
            times.append(low[0] / usual[0])
            bytes_.append(low[1] / usual[1])
            totals = [sum(pair) for pair in zip(totals, [usual[2], low[2], usual[3], low[3]])]
            print(f"| {row['name']} | {usual[1] / 1e6:.1f} | {low[1] / 1e6:.1f} | {usual[2]} | {low[2]} | {usual[3]:.1f} | {low[3]:.1f} "
                  f"| {times[-1]:.2f} |", flush=True)
    print(f"| **all** | 1 | {mean(bytes_):.2f} | {totals[0]} | {totals[1]} | {totals[2]:.0f} | {totals[3]:.0f} | {mean(times):.2f} |")


main()
