#!/usr/bin/env bash
# Measures which lines and branches of the three libraries the tests execute, and prints a table and the largest methods that no test
# calls. It needs python3. The sweeps are sampled unless LYRA_SWEEP=full is set. Arguments select test projects by name; without any,
# those of the libraries and all conformance cases run. Processes that tests start, such as the command, are not measured.
# The build has a folder of its own, artifacts/coverage: coverlet rewrites the libraries there while a test project runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

projects=("$@")
[ $# -gt 0 ] || projects=(Runtime Interpreter Jit Conformance)

results=$PWD/artifacts/coverage/results
mkdir -p "$results"
for project in "${projects[@]}"; do
    name=Lyra.Tests.$project
    dotnet build -c Release -p:CollectsCoverage=true -v quiet "Lyra.Tests/$project/$name.csproj"
    rm -f "$results/$name".*.json
    options=()
    if [ "$project" = Conformance ]; then
        # Most of its tests start the command. These run all cases in their own process.
        options=(--filter-class '*.WalkedConformanceTests')
        export LYRA_SWEEP=full
    fi
    # Instrumented code is slower and larger, so a few tests of counters may fail. The figures count what was executed.
    # Without --coverlet-exclude, coverlet excludes some of the referenced projects.
    dotnet "artifacts/coverage/bin/$name/release/$name.dll" --results-directory "$results" --coverlet --coverlet-output-format json \
        --coverlet-include '[Lyra.Runtime]*' --coverlet-include '[Lyra.Jit]*' --coverlet-include '[Lyra.Interpreter]*' \
        --coverlet-exclude '[xunit.*]*' --coverlet-single-hit --coverlet-file-prefix "$name" "${options[@]}" > "$results/$name.log" 2>&1 \
        || echo "$name: see $results/$name.log"
    sed -n 's/^  \(total\|failed\|duration\): /\1 /p' "$results/$name.log" | paste -sd, | sed "s|^|$name: |"
done

python3 tools/coverage-report.py "$results"/*.json
