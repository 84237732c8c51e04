#!/usr/bin/env bash
# Publishes the command `lyra` into artifacts/lyra (or the folder given). A second argument names the project of another command.
# The folder contains one precompiled (ReadyToRun composite) image of the command, its libraries and .NET, and needs no installed runtime.
# If the package source has no runtime for that, or with --framework-dependent, each library is precompiled by itself and the command needs
# the .NET 10 runtime. If the package source has no compiler either, the CLR compiles Lyra at each start.
# Usage: tools/publish.sh [--framework-dependent] [--runtime RID] [FOLDER [PROJECT]]; RID is another platform, such as win-x64.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
composite=true
rid=
while [[ ${1:-} == --* ]]; do
    case $1 in
        --framework-dependent) composite=false ;;
        --runtime) rid=${2:?--runtime needs the name of a platform, such as win-x64}; shift ;;
        *) echo "publish.sh has no option $1; it has --framework-dependent and --runtime RID" >&2; exit 2 ;;
    esac
    shift
done
out=${1:-artifacts/lyra}
project=${2:-tools/Lyra.Cli}
[ -n "$rid" ] || rid=$(dotnet msbuild tools/Lyra.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
# A precompiled build has different IL (docs/decisions/0006), so its files are separate from those of the solution's builds.
# Each platform has its own, because incremental builds look only at the times of the images of another one.
work=artifacts/publish-work/$rid
mkdir -p "$work"

# The gate checks the style of the code; publishing only compiles it.
publish() {
    rm -rf "$out"
    dotnet publish "$project" -c Release -r "$rid" --artifacts-path "$work/$1" -o "$out" -v quiet \
        -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false \
        -p:PublishDocumentationFiles=false -p:CopyOutputSymbolsToPublishDirectory=false "${@:2}" >"$work/log" 2>&1
}

# Ends the script unless the last failure was that the package source does not have a package.
missing() {
    grep -q -i "$1" "$work/log" || { cat "$work/log" >&2; exit 1; }
}

if $composite; then
    if publish composite --self-contained true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true; then
        echo "$out: precompiled with .NET for $rid"
        exit 0
    fi
    missing "crossgen\|runtime\.$rid"
fi

if publish libraries --self-contained false -p:PublishReadyToRun=true; then
    echo "$out: precompiled for $rid"
    exit 0
fi

missing crossgen
echo "note: the package source has no crossgen2 of this SDK's version, so nothing is precompiled and the command starts slower" >&2
publish libraries --self-contained false || { cat "$work/log" >&2; exit 1; }
echo "$out: published for $rid"
