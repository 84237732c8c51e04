#!/usr/bin/env bash
# Publishes the command `lyra` into artifacts/lyra (or the folder given), compiled ahead of time where the package source has the compiler for that:
# start-up is mostly just-in-time compilation otherwise. The command needs the .NET 10 runtime, not the SDK.
# The compiler must be of the runtime's own major version: code made by crossgen2 9 has image version 10, .NET 10 wants 16 and silently ignores it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
out=${1:-artifacts/lyra}
rid=$(dotnet msbuild tools/Lyra.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
# What publishing makes stays apart from the builds of the solution, and so do its lock files, which name the platform.
work=artifacts/publish-work
mkdir -p "$work"

publish() {
    rm -rf "$out"
    dotnet publish tools/Lyra.Cli -c Release -r "$rid" --self-contained false --artifacts-path "$work" -o "$out" -v quiet \
        -p:LyraLockFolder="$PWD/$work" -p:PublishDocumentationFiles=false -p:CopyOutputSymbolsToPublishDirectory=false "$@" >"$work/log" 2>&1
}

if publish -p:PublishReadyToRun=true; then
    echo "$out: compiled ahead of time for $rid"
    exit 0
fi

grep -q -i crossgen "$work/log" || { cat "$work/log" >&2; exit 1; }
echo "note: the package source has no crossgen2 of this SDK's version, so nothing is compiled ahead of time and lyra starts slower" >&2
publish || { cat "$work/log" >&2; exit 1; }
echo "$out: published for $rid"
