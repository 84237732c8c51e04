#!/usr/bin/env bash
# Fuzzes the parser, the loader, regular expressions or JSON with inputs that afl-fuzz derives from the branches that they reach
# (docs/fuzzing.md). Needs afl-fuzz (Debian: afl++). Installs the .NET tool SharpFuzz.CommandLine below artifacts.
# Usage: tools/fuzz-coverage.sh parser|loader|regex|json SECONDS
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=$1
seconds=$2
folder=$PWD/artifacts/fuzz-coverage
program=$folder/program/lyra-fuzz-coverage.dll

[ -e "$folder/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$folder/tools"

# The build is copied because sharpfuzz rewrites the libraries, and refuses those that it has rewritten.
dotnet build -c Release -v quiet tools/Lyra.Fuzz.Coverage/Lyra.Fuzz.Coverage.csproj
if [ ! -e "$program" ] || [ artifacts/bin/Lyra.Fuzz.Coverage/release/lyra-fuzz-coverage.dll -nt "$program" ]; then
    rm -rf "$folder/program"
    mkdir -p "$folder"
    cp -r artifacts/bin/Lyra.Fuzz.Coverage/release "$folder/program"
    for library in Lyra.Runtime Lyra.Interpreter; do
        "$folder/tools/sharpfuzz" "$folder/program/$library.dll"
    done
    touch "$program"
fi

seeds=$folder/seeds/$target
rm -rf "$seeds"
mkdir -p "$seeds"
dotnet artifacts/bin/Lyra.Fuzz.Coverage/release/lyra-fuzz-coverage.dll seeds "$target" "$seeds"

# afl-fuzz checks the target for instrumentation of its own and the system for the fastest settings.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
afl-fuzz -i "$seeds" -o "$folder/found-$target" -t 10000 -m none -V "$seconds" -- dotnet "$program" "$target" > "$folder/$target.log" 2>&1 \
    || { tail -20 "$folder/$target.log" >&2; exit 1; }
grep -E '^(execs_done|execs_per_sec|corpus_count|corpus_found|edges_found|saved_crashes|saved_hangs|run_time) ' \
    "$folder/found-$target/default/fuzzer_stats"
