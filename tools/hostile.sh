#!/usr/bin/env bash
# Runs the hostile programs (docs/hostile.md) one at a time and also checks their wall time: no run exceeds its time limit by more than
# 100 ms, or by the milliseconds given. The machine must be idle, so it is no part of the gate. The second argument selects programs by
# name; without it, the tests of hosts follow.
# The environment variable DOTNET_gcConcurrent=1 makes .NET collect garbage concurrently, as in most hosts; the command does not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export LYRA_OVERSHOOT=${1:-100}

tools/publish.sh artifacts/command
export LYRA_COMMAND=$PWD/artifacts/command/lyra.dll
names=()
[ -z "${2:-}" ] || names=(--filter-display-name "*$2*")
LYRA_SWEEP=full dotnet test --project Lyra.Tests/Hostile/Lyra.Tests.Hostile.csproj -c Release \
    --filter-class '*.InterpretedHostileTests' --filter-class '*.CompiledHostileTests' "${names[@]}"

# The same through a host: what goes around a run, and a process that is short of memory.
if [ -z "${2:-}" ]; then
    LYRA_SWEEP=full dotnet test --project Lyra.Tests/Hostile/Lyra.Tests.Hostile.csproj -c Release \
        --filter-class '*.HostProbeTests' --filter-class '*.ScarceMemoryTests'
    LYRA_SWEEP=full dotnet test --project Lyra.Tests/Interpreter/Lyra.Tests.Interpreter.csproj -c Release \
        --filter-class '*.ConversionLimitTests' --filter-class '*.ScriptWorkLimitTests' --filter-class '*.BigIntMemoryTests' \
        --filter-class '*.CodeMemoryTests' --filter-class '*.ValueLimitTests' --filter-class '*.HostileHostTests'
    LYRA_SWEEP=full dotnet test --project Lyra.Tests/Conformance/Lyra.Tests.Conformance.csproj -c Release \
        --filter-class '*AllocationFailureTests'
fi
