#!/usr/bin/env bash
# Measures what README.md, docs/benchmarks.md and docs/claims.md show, and writes it there. Takes an hour or more, in which the
# machine must have no other work: each part refuses to start at a load over 0.7. The arguments are parts; all without one:
#   programs   the programs and the unseen ones in Lyra, C#, node, LuaJIT, PyPy and Lua 5.4
#   users      workloads by size and number of processors (bench-users.sh)
#   claims     the figures of the documents, and the tiers side by side
#   library    the procs of the library in Lyra and CPython
#   reports    the tables of Lyra.Bench -- NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=artifacts/bench
mkdir -p $out
for tool in python3 node; do
    command -v $tool > /dev/null || { echo "bench.sh needs $tool."; exit 2; }
done

peers() {
    for peer in luajit lua5.4 pypy3; do
        command -v $peer > /dev/null || apt-get install -y -q $peer || { echo "bench.sh needs $peer, which apt could not install."; exit 2; }
    done
}

programs() {
    peers
    for set in Programs Unseen; do
        python3 Lyra.Bench/Peers/run.py --set $set --engines csharp,node,luajit,pypy3,lua5.4,lyra,lyra-nojit --rounds 2 \
            --lyra "$PWD/$out/lyra/lyra" --json "$out/$set.json" > "$out/$set.md" || echo "Some runs failed; the table names them."
    done
    tools/bench-report.py --programs $out/Programs.json $out/Programs.md $out/Unseen.json $out/Unseen.md "$1"
}

users() {
    tools/bench-users.sh "$PWD/$out/lyra/lyra"
}

claims() {
    peers
    $out/lyra/lyra bench --claims --size full --rounds 2 --json $out/claims.json --markdown docs/claims.md > $out/claims.txt
    tools/bench-report.py --tiers $out/claims.json "$1"
}

library() {
    Lyra.Bench/Peers/run.py --set Library --lyra "$PWD/$out/lyra/lyra" > $out/library.md
    tools/bench-report.py --report library $out/library.md "$1"
}

reports() {
    dotnet build Lyra.Bench -c Release > /dev/null
    for report in "compiling full" latency hostcalls hostentries hostobjects embedded scripts simd; do
        name=${report%% *}
        dotnet run -c Release --no-build --project Lyra.Bench -- $report > $out/$name.md
        tools/bench-report.py --report $name $out/$name.md "$1"
    done
}

[ $# -gt 0 ] || set -- programs users claims library reports
for part in "$@"; do
    case $part in
        programs | users | claims | library | reports) ;;
        *) echo "bench.sh has no part '$part'; it has programs, users, claims, library and reports."; exit 2 ;;
    esac
done
tools/publish.sh $out/lyra
for part in "$@"; do
    $part "$(tools/quiet.sh)"
done
