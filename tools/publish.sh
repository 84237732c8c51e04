#!/usr/bin/env bash
# Publishes the command `lyra` into artifacts/lyra (or the folder given), precompiled (ReadyToRun) if the package source has the compiler.
# A second argument names the project of another command.
# Without precompiled code the CLR compiles Lyra itself at each start. The command needs the .NET 10 runtime, not the SDK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
out=${1:-artifacts/lyra}
project=${2:-tools/Lyra.Cli}
rid=$(dotnet msbuild tools/Lyra.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
# A precompiled build has different IL (docs/decisions/0006), so its files are separate from those of the solution's builds.
work=artifacts/publish-work
mkdir -p "$work"

# The gate checks the style of the code; publishing only compiles it.
publish() {
    rm -rf "$out"
    dotnet publish "$project" -c Release -r "$rid" --self-contained false --artifacts-path "$work" -o "$out" -v quiet \
        -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false \
        -p:PublishDocumentationFiles=false -p:CopyOutputSymbolsToPublishDirectory=false "$@" >"$work/log" 2>&1
}

if publish -p:PublishReadyToRun=true; then
    echo "$out: precompiled for $rid"
    exit 0
fi

grep -q -i crossgen "$work/log" || { cat "$work/log" >&2; exit 1; }
echo "note: the package source has no crossgen2 of this SDK's version, so nothing is precompiled and the command starts slower" >&2
publish || { cat "$work/log" >&2; exit 1; }
echo "$out: published for $rid"
