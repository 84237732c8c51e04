#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the format, runs the test command that README.md gives, and fuzzes for a minute.
# The last line is "N passed, N failed", summed over all test assemblies; the exit code is 0 only when all of it held.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
[ -n "${HOME:-}" ] || export HOME=/tmp
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0

# Ends the run; whatever stopped it before the tests counts as one failure.
finish() {
    [ "$failed" -eq 0 ] && [ "$1" -ne 0 ] && failed=1
    echo "$passed passed, $failed failed"
    exit "$1"
}

step() {
    echo "== $1"
    shift
    "$@" || { echo "FAILED: $*"; finish 1; }
}

# Shows what a command says when it fails, else its last line.
quietly() {
    "$@" >"$log" 2>&1 && tail -n 1 "$log" && return
    cat "$log"
    return 1
}

# The second command line in the fenced blocks of README.md; the first one runs a program.
test_command() {
    awk '/^```/ { fenced = !fenced; next } fenced && /^dotnet / { if (++n == 2) { print; exit } }' README.md
}

# Adds up the summary line that every test assembly prints.
count() {
    sed -nE "s/.*[^a-z]$1: +([0-9]+),.*/\1/p" "$log" | awk '{ sum += $1 } END { print sum + 0 }'
}

# What is compiled for the benchmark programs, as assemblies, to the verifier of the solution; Lyra.Bench itself, too, which no test refers to.
verified=artifacts/verified
verify() {
    rm -rf "$verified"
    dotnet artifacts/bin/Lyra.Cli/release/lyra.dll verify --jit stress -o "$verified" Lyra.Bench/Programs/*.lyra Lyra.Bench/Programs/typed/*.lyra -- 8 >"$log" &&
        dotnet artifacts/bin/Lyra.IlVerify/release/lyra-ilverify.dll artifacts/bin/Lyra.Bench/release/Lyra.Bench.dll >>"$log" && return
    cat "$log"
    return 1
}

# The same assemblies to the official ILVerify, where the package source has it. It does not know the attribute by which they use internal types.
# No package source that we could reach has it, so it was never seen to run: what it says is shown, and fails nothing yet.
official() {
    local tool=artifacts/ilverify runtime
    if ! timeout 90 dotnet tool install dotnet-ilverify --tool-path "$tool" >"$log" 2>&1 && [ ! -x "$tool/ilverify" ]; then
        echo "the official ILVerify is not available here: $(tail -n 1 "$log")"
        return
    fi
    runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) \[(.*)\]$/\2\/\1/p' | tail -n 1)
    timeout 120 "$tool/ilverify" "$verified"/*.dll -s System.Private.CoreLib -r "$runtime/*.dll" -r "artifacts/bin/Lyra.Cli/release/*.dll" \
        -g MethodAccess -g FieldAccess -g TypeAccess >"$log" 2>&1
    echo "the official ILVerify ended with $?: $(grep -c '\[IL\]: Error' "$log") errors"
    grep '\[IL\]: Error' "$log" | head -n 20
    return 0
}

step "restore" dotnet restore Lyra.sln --locked-mode
step "build" dotnet build Lyra.sln -c Release --no-restore -warnaserror
step "format" dotnet format Lyra.sln --no-restore --verify-no-changes --severity error
step "verify" verify
step "official verifier" official

# What no test in a process with others can see: the memory of a process that makes and drops engines and code, and serves requests. None looks at the time.
# Compiled at once for good, because what the CLR holds while it compiles methods again is no leak and many megabytes.
export DOTNET_TieredCompilation=0
bench=artifacts/bin/Lyra.Bench/release/Lyra.Bench.dll
step "leaks" quietly dotnet "$bench" leaks --count 2000
step "threads" quietly dotnet "$bench" threads --seconds 3
step "soak" quietly dotnet "$bench" soak --short
unset DOTNET_TieredCompilation

tests=$(test_command)
case $tests in
    "dotnet test "*) ;;
    *) echo "README.md gives no test command as its second command line."; finish 1 ;;
esac
echo "== $tests"
$tests 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
passed=$(count Passed)
failed=$(count Failed)
[ "$failed" -gt 0 ] && finish 1
[ "$passed" -gt 0 ] || { echo "No test ran."; finish 1; }
[ "$status" -eq 0 ] || finish "$status"

# A short look for what no test knows, on seeds that nobody has tried; docs/fuzzing.md says what to do with a find. They come from the commit, so that
# the same tree gets the same answer; the seconds bound slow machines.
commit=$(git rev-parse HEAD 2>/dev/null || echo 1)
fuzz() {
    step "fuzz $1" dotnet run -c Release --no-build --project tools/Lyra.Fuzz -- "$1" --seed "$((16#${commit:0:10}))" --count "$2" --seconds "$3" --parallel "$(nproc)" --out artifacts/fuzz
}

fuzz programs 3000 60
fuzz bytecode 30000 40
fuzz traces 600 30
finish 0
