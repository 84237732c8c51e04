#!/usr/bin/env bash
# Times the benchmark programs beside C# and Lua 5.4 and writes the table into docs/benchmarks.md.
# Options are handed to Lyra.Bench/Peers/run.py; --engines, --size and --rounds have defaults here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v python3 > /dev/null || { echo "bench.sh needs python3."; exit 2; }
if ! command -v lua5.4 > /dev/null; then
    apt-get install -y -q lua5.4 || { echo "bench.sh needs lua5.4, which apt could not install."; exit 2; }
fi

out=artifacts/bench
mkdir -p "$out"
tools/publish.sh "$out/lyra"
table=$(mktemp)
trap 'rm -f "$table"' EXIT
load=$(cut -d' ' -f1 /proc/loadavg)
python3 Lyra.Bench/Peers/run.py --engines csharp,lua5.4,lyra-nojit --size mid --rounds 3 \
    --lyra "$PWD/$out/lyra/lyra" --json "$out/times.json" "$@" > "$table" || echo "Some runs failed; the table names them."

machine=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)
python3 - "$table" "$out/times.json" "$machine" "$load" <<'PYTHON'
import json, math, os, subprocess, sys, time
table, times, machine, load = sys.argv[1:]
sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True).stdout.strip()
note = f"{time.strftime('%Y-%m-%d')}, {machine or 'unknown machine'}, {os.cpu_count()} cores, load average {load}, .NET SDK {sdk}, by `tools/bench.sh`.\n"
pairs = [(row["engines"].get("lyra-nojit", {}).get("seconds"), row["engines"].get("lua5.4", {}).get("seconds")) for row in json.load(open(times))["rows"]]
ratios = [math.log(lyra / lua) for lyra, lua in pairs if lyra and lua]
if ratios:
    note += f"Lyra's interpreter takes {math.exp(sum(ratios) / len(ratios)):.2f} times what Lua 5.4 takes (geometric mean of {len(ratios)} programs).\n"
page = "docs/benchmarks.md"
head, rest = open(page).read().split("<!-- table:begin -->")
_, tail = rest.split("<!-- table:end -->")
open(page, "w").write(head + "<!-- table:begin -->\n" + note + open(table).read() + "\n<!-- table:end -->" + tail)
PYTHON
