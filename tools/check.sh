#!/usr/bin/env bash
# Installs PostgreSQL and RabbitMQ if they are missing, restores, builds with warnings as errors, checks the format, verifies
# emitted code, runs the test command that README.md gives, and fuzzes for about two minutes. The last line is "N passed, N failed", summed
# over all test assemblies. The exit code is 0 only if every step succeeded.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
[ -n "${HOME:-}" ] || export HOME=/tmp
log=$(mktemp)
format_log=$(mktemp)
packages_log=$(mktemp)
fuzzer_log=$(mktemp)
trap 'kill $(jobs -p) 2>/dev/null; rm -f "$log" "$format_log" "$packages_log" "$fuzzer_log"' EXIT
passed=0
failed=0

# Ends the run; a failure before the tests counts as one.
finish() {
    [ "$failed" -eq 0 ] && [ "$1" -ne 0 ] && failed=1
    echo "$passed passed, $failed failed"
    exit "$1"
}

step() {
    echo "== $1 ($SECONDS s)"
    shift
    "$@" || { echo "FAILED: $*"; finish 1; }
}

# Waits for a step that runs beside others; prints its output if it has failed.
finished() { wait "$1" || { cat "$2"; return 1; }; }

# Prints the last line of a command's output; if the command fails, all of it.
quietly() {
    "$@" >"$log" 2>&1 && tail -n 1 "$log" && return
    cat "$log"
    return 1
}

# Prints the second command line in the fenced blocks of README.md; the first one runs a program.
test_command() {
    awk '/^```/ { fenced = !fenced; next } fenced && /^dotnet / { if (++n == 2) { print; exit } }' README.md
}

# Adds up the summary line that every test assembly prints.
count() {
    sed -nE "s/.*[^a-z]$1: +([0-9]+),.*/\1/p" "$log" | awk '{ sum += $1 } END { print sum + 0 }'
}

# Verifies Lyra.Bench, which no test references, and the code compiled for the benchmark programs, saved as assemblies.
verified=artifacts/verified
verify() {
    rm -rf "$verified"
    local verify=(dotnet artifacts/bin/Lyra.Cli/release/lyra.dll verify --jit stress -o "$verified") small=() larger=()
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

# Prints the comparison: what follows the table of times. If it fails, prints all.
regression() {
    dotnet artifacts/bin/Lyra.Cli/release/lyra.dll bench regression --rounds 1 --limit 200 >"$log" 2>&1 &&
        grep -E '^(Compared|Counters) ' "$log" && return
    cat "$log"
    return 1
}

# Some tests of examples/RuleService start PostgreSQL and RabbitMQ. They also stop them, as does the end of their process.
install_servers() {
    examples/RuleService/servers.sh install >"$log" 2>&1 && return
    cat "$log"
    return 1
}

step "servers" install_servers
step "restore" dotnet restore Lyra.sln --locked-mode
step "build" dotnet build Lyra.sln -c Release --no-restore -warnaserror
# The check of the format uses one core, and reads what the build has left, so it runs beside the next steps.
dotnet format Lyra.sln --no-restore --verify-no-changes --severity error >"$format_log" 2>&1 &
format=$!
step "verify" verify
step "official ILVerify" official

# The tests start the command more than a thousand times. They use a precompiled one, as users do: it starts in half the time.
step "publish" tools/publish.sh artifacts/command
export LYRA_COMMAND=$PWD/artifacts/command/lyra.dll
step "format" finished "$format" "$format_log"

# Compares what the benchmark programs execute with Lyra.Bench/Suite/Regression/small.json, exactly, and their times loosely: three times
# as long is a failure. Lyra.Bench/README.md says how to store new counters.
step "regression" regression

# Checks the memory of processes that create and drop engines and code, and serve requests. Tests cannot check it, because they share one
# process. No step measures time. Tiered compilation is off, because the CLR holds many megabytes while it recompiles methods. They are not
# a leak.
#
# Meanwhile, programs use the packages, also trimmed and with native AOT.
tools/check-packages.sh >"$packages_log" 2>&1 &
packages=$!
export DOTNET_TieredCompilation=0
bench=artifacts/bin/Lyra.Bench/release/Lyra.Bench.dll
step "leaks" quietly dotnet "$bench" leaks --count 2000
step "threads" quietly dotnet "$bench" threads --seconds 3
step "soak" quietly dotnet "$bench" soak --short
unset DOTNET_TieredCompilation
step "packages" finished "$packages" "$packages_log"

tests=$(test_command)
case $tests in
    "dotnet test "*) ;;
    *) echo "README.md gives no test command as its second command line."; finish 1 ;;
esac
# Runs a test command and adds up its results; ends the gate at the first failure.
run_tests() {
    echo "== $* ($SECONDS s)"
    "$@" 2>&1 | tee "$log"
    local status=${PIPESTATUS[0]} now
    now=$(count Passed)
    passed=$((passed + now))
    failed=$((failed + $(count Failed)))
    [ "$failed" -gt 0 ] && finish 1
    [ "$now" -gt 0 ] || { echo "No test ran."; finish 1; }
    [ "$status" -eq 0 ] || finish "$status"
}

run_tests $tests
run_tests dotnet test Lyra.sln -c Release --no-build --filter 'Category=Sweep&Category!=Servers'
# The fuzzer is published while tests wait for servers.
tools/publish.sh --framework-dependent artifacts/fuzzer tools/Lyra.Fuzz >"$fuzzer_log" 2>&1 &
fuzzer=$!
run_tests dotnet test Lyra.sln -c Release --no-build --filter Category=Servers

# A short search for unknown faults with new seeds; docs/fuzzing.md says what to do with a find. The commit determines the seeds, so that
# the same tree has the same result. The seconds limit the time on slow machines.
commit=$(git rev-parse HEAD 2>/dev/null || echo 1)
step "publish the fuzzer" finished "$fuzzer" "$fuzzer_log"
fuzz() {
    step "fuzz $1" dotnet artifacts/fuzzer/lyra-fuzz.dll "$1" --seed "$((16#${commit:0:10}))" \
        --count "$2" --seconds "$3" --parallel "$(nproc)" --out artifacts/fuzz
}

fuzz programs 10000 45
fuzz modules 3000 15
fuzz bytecode 30000 35
fuzz traces 600 20
fuzz regexes 20000 15
fuzz host 2000 20
fuzz files 3000 15
finish 0
