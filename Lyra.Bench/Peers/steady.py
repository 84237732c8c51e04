#!/usr/bin/env python3
"""Time run(n) several times in one process on each engine: the first call, and the best of the later ones.

  steady.py --set Everyday --lyra "dotnet /path/to/lyra.dll" [--reps 8] [--size full|mid|small] [--only a,b] [--json OUT]

Ratios are to C#'s own best later call, so the warm-up of every engine, C#'s too, is taken out; in brackets: first call / best later call.
"""
import argparse, json, math, os, shlex, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(tempfile.gettempdir(), "lyra-peers-steady")
ENGINES = {
    "csharp": "dotnet {built}/csharp/out/Bench.dll {name} {n}",
    "node": "node {built}/bench.js js/{name}.js {n}",
    "luajit": "luajit {built}/bench.lua lua/{name}.lua {n}",
    "lyra": "{lyra} run {built}/{name}.lyra {n}",
    "lyra-nojit": "{lyra} run --jit off {built}/{name}.lyra {n}",
}


def split(text, at):
    """The text before and after a line of a driver; fails if the driver was changed."""
    head, found, tail = text.partition(at)
    if not found:
        sys.exit(f"steady.py: a driver has no '{at}'; adapt steady.py to it")
    return head, tail


def read(*path):
    with open(os.path.join(*path)) as f:
        return f.read()


def write(text, *path):
    with open(os.path.join(BUILT, *path), "w") as f:
        f.write(text)


def prepare(engines, reps):
    """Write drivers that call run(n) several times, beside copies of those that call it once."""
    os.makedirs(BUILT, exist_ok=True)
    if "csharp" in engines:
        shutil.copytree("csharp", os.path.join(BUILT, "csharp"), dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin", "obj"))
        head, tail = split(read("csharp", "Program.cs"), "var clock = Stopwatch.StartNew();")
        body, _ = split(tail, "return 0;")
        loop = f"for (int rep = 0; rep < {reps}; rep++)\n{{\nvar clock = Stopwatch.StartNew();{body}}}\nreturn 0;\n"
        write(head + loop, "csharp", "Program.cs")
        subprocess.run(
            ["dotnet", "build", os.path.join(BUILT, "csharp"), "-c", "Release", "-o", os.path.join(BUILT, "csharp", "out"), "-v", "q"],
            check=True, stdout=subprocess.DEVNULL)
    head, _ = split(read("drivers", "bench.js"), "const start")
    write(head + f"""(async () => {{
  for (let i = 0; i < {reps}; i++) {{
    const start = process.hrtime.bigint();
    const result = await globalThis.run(Number(n));
    console.log(result + " " + (Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
  }}
}})();
""", "bench.js")
    head, _ = split(read("drivers", "bench.lua"), "local start")
    write(head + f"""for i = 1, {reps} do
  local start = now()
  local result = run(n)
  print(string.format("%.0f %.6f", result, now() - start))
end
""", "bench.lua")


def prepare_lyra(folder, name, reps):
    head, tail = split(read(folder, name + ".lyra"), "var start = clock()")
    call = next(line.strip() for line in tail.splitlines() if "run(n)" in line)
    write(head + f"""for rep in 0..{reps} {{
    let start = clock()
    {call}
    print(result, clock() - start)
}}
""", name + ".lyra")


def times_of(command, reps, expect):
    out = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=600)
    rows = [line.split() for line in out.stdout.splitlines() if len(line.split()) == 2]
    if len(rows) != reps or any(int(float(result)) != expect for result, _ in rows):
        print(f"  wrong or no result: {command}: {out.stderr.strip()[-200:]}", file=sys.stderr)
        return None
    return [float(seconds) for _, seconds in rows]


def mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--set", choices=["Programs", "Everyday", "Unseen", "HeldOut"], default="Everyday", help="the folder of the programs")
    p.add_argument("--lyra", required=True, help="the command")
    p.add_argument("--reps", type=int, default=8, help="calls in each process")
    p.add_argument("--size", choices=["small", "mid", "full"], default="full")
    p.add_argument("--only", help="names of programs, with commas")
    p.add_argument("--engines", default="csharp,node,luajit,lyra,lyra-nojit")
    p.add_argument("--json", help="write the seconds of all calls here")
    args = p.parse_args()
    if args.reps < 2:
        p.error("--reps must be at least 2")
    engines = args.engines.split(",")
    os.chdir(HERE)
    prepare(engines, args.reps)
    table = {}
    for bench in json.loads(read("..", args.set, "bench.json")):
        name, size = bench["name"], bench["sizes"][args.size]
        if args.only and name not in args.only.split(","):
            continue
        prepare_lyra(os.path.join("..", args.set), name, args.reps)
        row = {}
        for engine in engines:
            command = ENGINES[engine].format(built=BUILT, name=name, n=size["n"], lyra=args.lyra)
            times = times_of(command, args.reps, size["expect"])
            if times:
                row[engine] = times
        table[name] = row
        base = min(row["csharp"][1:]) if "csharp" in row else 1
        cells = (f"{e} {min(t[1:]) / base:.2f} ({t[0] / min(t[1:]):.1f})" for e, t in row.items())
        print(f"{name:14} {base * 1000:8.1f} ms  " + "  ".join(cells), flush=True)
    for engine in engines:
        rows = [r for r in table.values() if engine in r and "csharp" in r]
        if rows:
            later = mean(min(r[engine][1:]) / min(r["csharp"][1:]) for r in rows)
            first = mean(r[engine][0] / min(r[engine][1:]) for r in rows)
            print(f"{engine}: {later:.2f} of C#, first call {first:.2f} times the best ({len(rows)} programs)")
    if args.json:
        with open(args.json, "w") as f:
            json.dump(table, f)


if __name__ == "__main__":
    main()
