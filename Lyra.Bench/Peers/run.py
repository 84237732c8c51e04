#!/usr/bin/env python3
"""Time the benchmarks of ../Programs/bench.json, or of ../Everyday, ../Unseen or ../HeldOut, on several engines, as ratios to C#;
or the procs of the library, as ratios to CPython (--set Library).

Engines are interleaved round-robin within each benchmark; the minimum over the
rounds counts. Every run prints "result seconds"; the result is checked each time.

  run.py --engines csharp,node,luajit --rounds 3
  run.py --engines csharp,lyra,lyra-nojit --lyra "dotnet Lyra.dll" --only fib,tak
  run.py --set Unseen --engines csharp,node,lyra
  run.py --set Library --engines python3,lyra,lyra-nojit
  run.py --engine "mine=my-engine js/{name}.js {n}" --engines csharp,mine --size mid
"""
import argparse, json, math, os, shlex, shutil, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(tempfile.gettempdir(), "lyra-bench")  # the compiled C# programs
ENGINES = {
    "csharp": "dotnet {built}/csharp/out/Bench.dll {name} {n}",
    "node": "node drivers/bench.js js/{name}.js {n}",
    "node-jitless": "node --jitless drivers/bench.js js/{name}.js {n}",
    "luajit": "luajit drivers/bench.lua lua/{name}.lua {n}",
    "luajit-joff": "luajit -joff drivers/bench.lua lua/{name}.lua {n}",
    "lua5.4": "lua5.4 drivers/bench.lua lua/{name}.lua {n}",
    "pypy3": "pypy3 drivers/bench.py py/{name}.py {n}",
    "python3": "python3 drivers/bench.py py/{name}.py {n}",
    "lyra": "{lyra} run ../{set}/{name}.lyra {n}",
    "lyra-typed": "{lyra} run ../Programs/typed/{name}.lyra {n}",
    "lyra-nojit": "{lyra} run --jit off ../{set}/{name}.lyra {n}",
}
LIBRARY = {  # one program in each language for all operations
    "python3": "python3 ../Library/library.py {name} {n}",
    "lyra": "{lyra} run ../Library/library.lyra {name} {n}",
    "lyra-nojit": "{lyra} run --jit off ../Library/library.lyra {name} {n}",
}
SETS = {"Programs": ENGINES, "Everyday": ENGINES, "Unseen": ENGINES, "HeldOut": ENGINES, "Library": LIBRARY}
LABELS = {"csharp": "C#", "python3": "CPython"}
PROJECTS = ["csharp"]


def build(commands):
    """Build the C# projects that the commands use from a copy outside this folder."""
    for project in PROJECTS:
        if not any(f"{{built}}/{project}/" in c for c in commands):
            continue
        copy = os.path.join(BUILT, project)
        shutil.copytree(project, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin", "obj"))
        subprocess.run(["dotnet", "build", copy, "-c", "Release", "-o", os.path.join(copy, "out"), "-v", "q"], check=True, stdout=subprocess.DEVNULL)


def run_once(name, command, expect, timeout):
    """Return (seconds, None) or (None, why it does not count)."""
    program = next((w for w in shlex.split(command) if f"/{name}." in w), None)
    if program and not os.path.exists(os.path.join(HERE, program)):
        return None, f"none: there is no {program}"
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return None, f"timeout {timeout:g} s"
    except OSError as e:
        return None, f"not run: {e.strerror}"
    words = done.stdout.split()
    if done.returncode != 0 or len(words) < 2:
        lines = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()
        return None, f"failed (exit {done.returncode}): {lines[0][:120]}"
    try:
        result, seconds = float(words[-2]), float(words[-1])
    except ValueError:
        return None, "failed: output is not \"result seconds\""
    if result != expect:
        return None, f"WRONG: {words[-2]}, expected {expect}"
    return seconds, None


def measure(bench, size, engines, commands, args):
    n, expect = bench["sizes"][size]["n"], bench["sizes"][size]["expect"]
    times, errors = {e: [] for e in engines}, {}
    for _ in range(args.rounds):
        for e in engines:
            if e in errors:
                continue
            if times[e] and times[e][0] > args.once_over:
                continue
            command = commands[e].format(name=bench["name"], n=n, lyra=args.lyra, built=BUILT, set=args.set)
            seconds, why = run_once(bench["name"], command, expect, args.timeout)
            if why:
                errors[e] = why
            else:
                times[e].append(seconds)
    cells = {}
    for e in engines:
        cells[e] = {"error": errors[e]} if e in errors else {"seconds": min(times[e]), "all": times[e]}
    base = cells.get(args.base, {}).get("seconds")
    for e in engines:
        if base and "seconds" in cells[e]:
            cells[e]["ratio"] = cells[e]["seconds"] / base
    return {"name": bench["name"], "kind": bench["kind"], "size": size, "n": n, "expect": expect, "engines": cells}


def geomean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def number(x):
    return f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:.0f}"


def report(rows, engines, base_engine):
    """A Markdown table of ratios to an engine, geometric means and every failure."""
    print(f"\n| benchmark | N | {LABELS.get(base_engine, base_engine)} s | " + " | ".join(engines) + " |")
    print("|---|--:|--:|" + "--:|" * len(engines))
    notes = []
    for row in rows:
        cells = []
        for e in engines:
            cell = row["engines"][e]
            if "error" in cell:
                notes.append(f"- {row['name']} on {e}: {cell['error']}")
                cells.append(cell["error"].split()[0].rstrip(":"))
            else:
                cells.append(number(cell["ratio"]) if "ratio" in cell else f"{cell['seconds']:.3f} s")
        base = row["engines"].get(base_engine, {}).get("seconds")
        print(f"| {row['name']} | {row['n']} | {f'{base:.3f}' if base else '-'} | " + " | ".join(cells) + " |")
    means, counts = [], []
    for e in engines:
        ratios = [r["engines"][e]["ratio"] for r in rows if "ratio" in r["engines"][e]]
        means.append(number(geomean(ratios)) if ratios else "-")
        counts.append(f"{len(ratios)}/{len(rows)}")
    print("| **geometric mean** | | | " + " | ".join(means) + " |")
    print("| counted | | | " + " | ".join(counts) + " |")
    if notes:
        print("\nNot counted:\n" + "\n".join(notes))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--engines", help="names, from: " + ", ".join(ENGINES) + "; by default csharp,node,luajit,lyra, or those of the library")
    p.add_argument("--engine", action="append", default=[], metavar="NAME=COMMAND", help="another engine; {name} and {n} are filled in")
    p.add_argument("--set", choices=SETS, default="Programs", help="the folder of the programs")
    p.add_argument("--only", help="benchmark names")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--size", choices=["small", "mid", "full"], default="full", help="full: C# takes 0.3-1 s; mid: about 0.05 s, for slow engines")
    p.add_argument("--quick", action="store_true", help="small size, one round: a correctness check")
    p.add_argument("--json", metavar="OUT", help="write all times here, after each benchmark")
    p.add_argument("--lyra", default=os.environ.get("LYRA", "lyra"), help="the Lyra command (default $LYRA, then lyra)")
    p.add_argument("--timeout", type=float, default=60, help="seconds per run, start included")
    p.add_argument("--once-over", type=float, default=5, metavar="S", help="no further rounds for an engine whose first took longer than this")
    args = p.parse_args()
    if args.json:
        args.json = os.path.abspath(args.json)
    os.chdir(HERE)
    size, args.rounds = ("small", 1) if args.quick else (args.size, args.rounds)
    args.base = "python3" if args.set == "Library" else "csharp"
    commands = dict(SETS[args.set], **dict(e.split("=", 1) for e in args.engine))
    engines = (args.engines or (",".join(LIBRARY) if args.set == "Library" else "csharp,node,luajit,lyra")).split(",")
    for e in engines:
        if e not in commands:
            p.error(f"unknown engine {e}")
    with open(f"../{args.set}/bench.json") as f:
        benches = json.load(f)
    if args.only:
        names = args.only.split(",")
        unknown = set(names) - {b["name"] for b in benches}
        if unknown:
            p.error("unknown benchmark " + ", ".join(sorted(unknown)))
        benches = [b for b in benches if b["name"] in names]
    build([commands[e] for e in engines])
    rows = []
    for bench in benches:
        rows.append(measure(bench, size, engines, commands, args))
        shown = ("{}={}".format(e, number(c["ratio"]) if "ratio" in c else c.get("error") or f"{c['seconds']:.3f}s")
                 for e, c in rows[-1]["engines"].items())
        print(f"{bench['name']}: " + " ".join(shown), file=sys.stderr, flush=True)
        if args.json:
            with open(args.json, "w") as f:
                json.dump({"date": time.strftime("%Y-%m-%d %H:%M"), "rounds": args.rounds, "rows": rows}, f, indent=1)
    report(rows, engines, args.base)
    wrong = [e for r in rows for e, c in r["engines"].items() if "error" in c]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
