#!/usr/bin/env bash
# Times the benchmark programs and the unseen ones in Lyra, C#, node, LuaJIT, PyPy and Lua 5.4, and writes the results into
# docs/benchmarks.md and README.md; then those of bench-users.sh. Takes half an hour, in which the machine must have no
# other work.
# All options are passed to Lyra.Bench/Peers/run.py; --engines and --rounds have defaults here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v python3 > /dev/null || { echo "bench.sh needs python3."; exit 2; }
for peer in luajit lua5.4 pypy3; do
    command -v $peer > /dev/null || apt-get install -y -q $peer || { echo "bench.sh needs $peer, which apt could not install."; exit 2; }
done
command -v node > /dev/null || { echo "bench.sh needs node."; exit 2; }

out=artifacts/bench
mkdir -p "$out"
tools/publish.sh "$out/lyra"

load=$(tools/quiet.sh)
for set in Programs Unseen; do
    python3 Lyra.Bench/Peers/run.py --set $set --engines csharp,node,luajit,pypy3,lua5.4,lyra,lyra-nojit --rounds 2 \
        --lyra "$PWD/$out/lyra/lyra" --json "$out/$set.json" "$@" > "$out/$set.md" || echo "Some runs failed; the table names them."
done

tools/bench-report.py "$out/Programs.json" "$out/Programs.md" "$out/Unseen.json" "$out/Unseen.md" "$load"
tools/bench-users.sh "$PWD/$out/lyra/lyra"
