#!/usr/bin/env bash
# Times workloads as users write them in Lyra, C#, node and CPython: three sizes, on all processors and on one, and later calls
# of one process. Writes the results into docs/benchmarks.md. Takes a quarter of an hour.
# The argument is the absolute path of a published command; without it, one is published first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

users=artifacts/bench/users
rm -rf $users
mkdir -p $users
lyra=${1:-}
[ -n "$lyra" ] || { tools/publish.sh artifacts/bench/lyra; lyra=$PWD/artifacts/bench/lyra/lyra; }
load=$(tools/quiet.sh)
all=$(seq -s, 0 $(($(nproc) - 1)))
for size in small mid full; do
    engines=csharp,node,lyra,lyra-nojit
    [ $size != small ] || engines+=,python3
    for set in Programs Everyday HeldOut; do
        workloads=$(python3 -c 'import json, sys
print(",".join(row["name"] for row in json.load(open(sys.argv[1])) if row["kind"] == "workload"))' Lyra.Bench/$set/bench.json)
        for processors in "$all" 0; do
            taskset -c "$processors" python3 Lyra.Bench/Peers/run.py --set $set --size $size --rounds 2 --only "$workloads" \
                --engines $engines --lyra "$lyra" \
                --json "$PWD/$users/$size-${processors//,/+}-$set.json" > /dev/null || echo "Some runs of $set failed."
        done
    done
done
for set in Everyday HeldOut; do
    python3 Lyra.Bench/Peers/steady.py --set $set --engines csharp,node,lyra --lyra "$lyra" \
        --json "$PWD/$users/steady-$set.json" > /dev/null
done

tools/bench-report.py --users $users "$load"
