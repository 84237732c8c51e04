#!/usr/bin/env bash
# Times the benchmark programs beside C#, node, LuaJIT and Lua 5.4 and writes the table into docs/benchmarks.md.
# Options are handed to Lyra.Bench/Peers/run.py; --engines, --size and --rounds have defaults here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v python3 > /dev/null || { echo "bench.sh needs python3."; exit 2; }
for peer in luajit lua5.4; do
    command -v $peer > /dev/null || apt-get install -y -q $peer || { echo "bench.sh needs $peer, which apt could not install."; exit 2; }
done
command -v node > /dev/null || { echo "bench.sh needs node."; exit 2; }

out=artifacts/bench
mkdir -p "$out"
tools/publish.sh "$out/lyra"
table=$(mktemp)
trap 'rm -f "$table"' EXIT
load=$(cut -d' ' -f1 /proc/loadavg)
python3 Lyra.Bench/Peers/run.py --engines csharp,node,luajit,lua5.4,lyra,lyra-nojit --rounds 2 \
    --lyra "$PWD/$out/lyra/lyra" --json "$out/times.json" "$@" > "$table" || echo "Some runs failed; the table names them."

machine=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)
python3 - "$table" "$out/times.json" "$machine" "$load" <<'PYTHON'
import json, math, os, subprocess, sys, time
table, times, machine, load = sys.argv[1:]
sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
note = f"{time.strftime('%Y-%m-%d')}, {machine or 'unknown machine'}, {os.cpu_count()} cores, load average {load}, .NET SDK {sdk}, by `tools/bench.sh`.\n"
rows = json.load(open(times))["rows"]
def mean(engine, peer):
    pairs = [(row["engines"].get(engine, {}).get("seconds"), row["engines"].get(peer, {}).get("seconds")) for row in rows]
    ratios = [math.log(a / b) for a, b in pairs if a and b]
    return f"{math.exp(sum(ratios) / len(ratios)):.2f}" if ratios else "-"
note += (f"Geometric means over {len(rows)} programs: lyra takes {mean('lyra', 'csharp')} times what C# takes, {mean('lyra', 'node')} of node's time, "
         f"{mean('lyra', 'luajit')} of LuaJIT's; the interpreter alone takes {mean('lyra-nojit', 'lyra')} times what lyra takes, {mean('lyra-nojit', 'lua5.4')} times what Lua 5.4 takes.\n")
page = "docs/benchmarks.md"
head, rest = open(page).read().split("<!-- table:begin -->")
_, tail = rest.split("<!-- table:end -->")
open(page, "w").write(head + "<!-- table:begin -->\n" + note + open(table).read() + "\n<!-- table:end -->" + tail)
PYTHON
