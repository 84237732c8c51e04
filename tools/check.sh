#!/usr/bin/env bash
# The gate. Builds with warnings as errors, checks the format, verifies emitted code, runs the test command that README.md gives, a sample
# of the sweeps, and the fuzzers. What concerns the changed files is executed in full. The last line is "N passed, N failed", summed over
# all test projects. The exit code is 0 only if every step succeeded.
#
# Usage: tools/check.sh [--full]
#   --full  executes everything, and appends the result to docs/gate.md
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
# One compiler serves all projects: it starts once, and its code is compiled once.
export UseSharedCompilation=true
[ -n "${HOME:-}" ] || export HOME=/tmp

full=false
case ${1:-} in
    "") ;;
    --full) full=true ;;
    *) echo "check.sh has no option $1; it has --full" >&2; exit 2 ;;
esac

log=$(mktemp)
changed=$(mktemp)
trap 'kill $(jobs -p) 2>/dev/null; dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1; rm -f "$log" "$changed"' EXIT
passed=0
failed=0
step_name=
step_start=0
steps=

# Notes the seconds of the step that has ended, and starts the next one.
begin() {
    [ -n "$step_name" ] && steps+="${steps:+, }$step_name $((SECONDS - step_start))"
    step_name=$1
    step_start=$SECONDS
    [ -n "$1" ] && echo "== $1 ($SECONDS s)"
}

# Ends the run; a failure before the tests counts as one.
finish() {
    begin ""
    [ "$failed" -eq 0 ] && [ "$1" -ne 0 ] && failed=1
    echo "Seconds: $steps"
    echo "$passed passed, $failed failed"
    exit "$1"
}

step() {
    begin "$1"
    shift
    "$@" || { echo "FAILED: $*"; finish 1; }
}

# Prints the last line of a command's output; if the command fails, all of it.
quietly() {
    "$@" >"$log" 2>&1 && tail -n 1 "$log" && return
    cat "$log"
    return 1
}

# Lists the files that differ from the last tree that a full run has checked. docs/gate.md names it; without it, all files count as changed.
list_changed() {
    local tree base
    tree=$(sed -nE 's/^\| [^|]+ \| `([0-9a-f]{40})` .*/\1/p' docs/gate.md 2>/dev/null | tail -n 1)
    base=$(git log --format='%H %T' 2>/dev/null | awk -v tree="${tree:-none}" '$2 == tree { print $1; exit }')
    if [ -n "$base" ]; then
        { git diff --name-only "$base"; git ls-files --others --exclude-standard; } | sort -u >"$changed"
        echo "$(wc -l <"$changed") files changed since the full run of $(git log -1 --format='%h, %cs' "$base")"
    else
        git ls-files >"$changed"
        echo "No full run of an ancestor is known, so everything counts as changed."
    fi
}

# Succeeds in a full run, and if a path that matches has changed.
concerns() { $full || grep -qE "$1" "$changed"; }

# Prints the second command line in the fenced blocks of README.md; the first one runs a program.
test_command() {
    awk '/^```/ { fenced = !fenced; next } fenced && /^dotnet / { if (++n == 2) { print; exit } }' README.md
}

# Adds up the summaries of the test runs.
count() {
    sed -nE "s/^ +$1: +([0-9]+)$/\1/p" "$log" | awk '{ sum += $1 } END { print sum + 0 }'
}

# Runs a test command and adds up its results; ends the gate at the first command that fails.
run_tests() {
    local status now
    begin "$1"
    shift
    echo "$*"
    "$@" 2>&1 | tee "$log" | grep --line-buffered -vE '^Running tests from|^$'
    status=${PIPESTATUS[0]}
    now=$(count succeeded)
    passed=$((passed + now))
    failed=$((failed + $(count failed)))
    # Named again at the end, where whoever reads only the last lines finds them.
    [ "$failed" -gt 0 ] && { grep -E '^failed ' "$log"; finish 1; }
    [ "$now" -gt 0 ] || { echo "No test ran."; finish 1; }
    [ "$status" -eq 0 ] || finish "$status"
}

# Checks the changed C# files; the build has checked names and style. All files of a folder, without loading projects.
format() {
    local files=()
    mapfile -t files < <($full && git ls-files '*.cs' || grep '\.cs$' "$changed" | while read -r file; do [ -f "$file" ] && echo "$file"; done)
    [ ${#files[@]} -eq 0 ] && return
    dotnet format whitespace . --folder --verify-no-changes --include "${files[@]}" >"$log" 2>&1 && echo "${#files[@]} files" && return
    cat "$log"
    return 1
}

# Verifies Lyra.Bench, which no test references, and the code compiled for the benchmark programs, saved as assemblies.
verified=artifacts/verified
verify() {
    rm -rf "$verified"
    local verify=(dotnet "$LYRA_COMMAND" verify --jit stress -o "$verified") small=() larger=()
    for program in Lyra.Bench/Programs/{,typed/}*.lyra; do
        # Most grow with the power of their size; these two need some elements.
        [[ $program == *pipeline.lyra ]] && larger+=("$program") || small+=("$program")
    done
    "${verify[@]}" "${small[@]}" -- 8 >"$log" && "${verify[@]}" "${larger[@]}" -- 80 >>"$log" &&
        dotnet artifacts/bin/Lyra.IlVerify/release/lyra-ilverify.dll artifacts/bin/Lyra.Bench/release/Lyra.Bench.dll >>"$log" && return
    cat "$log"
    return 1
}

# Verifies the same assemblies with the official ILVerify, if the package source has the tool. An error then fails the gate.
# It does not know IgnoresAccessChecksTo, by which emitted code uses internal members. These codes exclude its false errors:
#   MethodAccess  calls of internal methods
#   FieldAccess   reads and writes of internal fields
#   TypeAccess    internal types in signatures and as tokens
official() {
    local tool=artifacts/ilverify runtime
    if [ ! -x "$tool/ilverify" ] && ! timeout 90 dotnet tool install dotnet-ilverify --tool-path "$tool" >"$log" 2>&1; then
        echo "skipped, because the package source does not have it: $(tail -n 1 "$log")"
        return
    fi
    runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) \[(.*)\]$/\2\/\1/p' | tail -n 1)
    DOTNET_ROLL_FORWARD=Major timeout 300 "$tool/ilverify" "$verified"/*.dll -s System.Private.CoreLib -r "$runtime/*.dll" \
        -r "artifacts/bin/Lyra.Cli/release/*.dll" -g MethodAccess -g FieldAccess -g TypeAccess >"$log" 2>&1 && tail -n 1 "$log" && return
    cat "$log"
    return 1
}

# Compares what the benchmark programs execute with Lyra.Bench/Suite/Regression/small.json, exactly, and their times loosely: three times as
# long is a failure. Lyra.Bench/README.md says how to store new counters. Prints what follows the table of times; if it fails, prints all.
regression() {
    dotnet "$LYRA_COMMAND" bench regression --rounds 1 --limit 200 >"$log" 2>&1 && grep -E '^(Compared|Counters) ' "$log" && return
    cat "$log"
    return 1
}

# Compares the speed with that of the last full run, whose commit is built beside this one and kept. Both builds run in turns, so that the
# machine does not matter: a failure is 10 % in the mean, or 30 % for a program. Lyra.Bench/History/speed.history.jsonl keeps the times
# of both, and artifacts/speed.html draws them.
speed() {
    local base builds=artifacts/speed
    base=$(sed -nE 's/^\| [^|]+ \| `[0-9a-f]{40}` \| ([0-9a-f]+) .*/\1/p' docs/gate.md | tail -n 1)
    git rev-parse --quiet --verify "$base^{commit}" >/dev/null || { echo "skipped, because the history has no full run"; return; }
    if [ ! -d "$builds/$base" ]; then
        rm -rf "$builds" && git worktree prune && git worktree add --quiet --detach "$builds/tree" "$base" &&
            "$builds/tree/tools/publish.sh" "$PWD/$builds/$base" && git worktree remove --force "$builds/tree" || return 1
    fi
    mkdir -p Lyra.Bench/History
    artifacts/command/lyra bench --against "$builds/$base/lyra" --save Lyra.Bench/History/speed.json \
        --html artifacts/speed.html >"$log" 2>&1 && sed -n '/^Compared/,$p' "$log" && return
    cat "$log"
    return 1
}

# Checks the memory of processes that create and drop engines and code, and serve requests. Tests cannot check it, because they share one
# process. No step measures time. Tiered compilation is off, because the CLR holds many megabytes while it recompiles methods. They are not
# a leak.
memory() {
    local bench=artifacts/bin/Lyra.Bench/release/Lyra.Bench.dll
    export DOTNET_TieredCompilation=0
    quietly dotnet "$bench" leaks --count "$($full && echo 2000 || echo 300)" && quietly dotnet "$bench" threads --seconds 3 &&
        quietly dotnet "$bench" soak --short
    local status=$?
    unset DOTNET_TieredCompilation
    return $status
}

# A short search for unknown faults with new seeds; docs/fuzzing.md says what to do with a find. The commit determines the seeds, so that
# the same tree has the same result. A gate tries a part of the inputs of a full run. The seconds limit the time on slow machines.
fuzz() {
    local part=$($full && echo 1 || echo 4)
    dotnet artifacts/bin/Lyra.Fuzz/release/lyra-fuzz.dll "$1" --seed "$((16#${commit:0:10}))" --count "$(($2 / part))" \
        --seconds "$(($3 / part))" --parallel "$(nproc)" --out artifacts/fuzz
}

fuzz_all() {
    fuzz programs 10000 45 && fuzz modules 3000 15 && fuzz bytecode 30000 35 && fuzz traces 600 20 && fuzz regexes 20000 15 &&
        fuzz host 2000 20 && fuzz files 3000 15
}

commit=$(git rev-parse HEAD 2>/dev/null || echo 1000000000)
tree=$(git rev-parse 'HEAD^{tree}' 2>/dev/null)
export LYRA_SEED=$commit
$full && export LYRA_SWEEP=full

step "changed" list_changed
step "restore" quietly dotnet restore Lyra.sln --locked-mode
step "build" quietly dotnet build Lyra.sln -c Release --no-restore -warnaserror -p:RunAnalyzersDuringBuild=true
step "format" format
# The tests start the command hundreds of times. They use a precompiled one, as users do: it starts in half the time.
step "publish" tools/publish.sh $($full || echo --framework-dependent) artifacts/command
export LYRA_COMMAND=$PWD/artifacts/command/lyra.dll
step "verify" verify
step "ilverify" official
step "regression" regression
$full && step "speed" speed
step "memory" memory

# Programs use the packages, also trimmed and with native AOT.
if concerns '(^|/)(Directory\.|nuget|global)|\.csproj$|^tools/(Lyra\.Package|package-check|check-packages)'; then
    step "packages" tools/check-packages.sh
fi

tests=$(test_command)
case $tests in
    "dotnet test "*) ;;
    *) echo "README.md gives no test command as its second command line."; finish 1 ;;
esac
run_tests "tests" $tests --no-build

sweeps() { dotnet test --no-build -c Release --filter-trait Category=Sweep --filter-not-trait Category=Servers --ignore-exit-code 8 "$@"; }
run_tests "sweeps" sweeps --solution Lyra.sln
# The compiler of hot code has changed: all tier checks, and the planted faults that they must find.
if ! $full && concerns '^Lyra\.Jit/'; then
    LYRA_SWEEP=full run_tests "tiers" sweeps --project Lyra.Tests/Jit/Lyra.Tests.Jit.csproj
    LYRA_SWEEP=full run_tests "cases" sweeps --project Lyra.Tests/Conformance/Lyra.Tests.Conformance.csproj --filter-class '*ConformanceTierTests'
fi
if concerns '^(examples/RuleService|tools/Lyra\.Extensions\.Hosting|Lyra\.Tests/Service)/'; then
    step "servers" quietly examples/RuleService/servers.sh install
    run_tests "service" dotnet test --no-build -c Release --project Lyra.Tests/Service/Lyra.Tests.Service.csproj --filter-trait Category=Servers
fi
step "fuzz" fuzz_all

begin ""
if $full; then
    echo "| $(date +%F) | \`$tree\` | ${commit:0:8} | $passed | $SECONDS | $steps |" >>docs/gate.md
    echo "docs/gate.md has the result of this full run, and Lyra.Bench/History its times: commit both."
fi
finish 0
