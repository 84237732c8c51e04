#!/usr/bin/env bash
# Publishes the command `lyra` into artifacts/lyra (or the folder given), compiled ahead of time where the compiler for that can be had: the
# command then starts in about the time that a hello world in C# takes. It needs the .NET 10 runtime, not the SDK.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
out=${1:-artifacts/lyra}
rid=$(dotnet msbuild tools/Lyra.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
sdk_version=$(dotnet msbuild tools/Lyra.Cli -getProperty:BundledNETCoreAppPackageVersion)
# What publishing makes stays apart from the builds of the solution, and so do its lock files, which name the platform.
work=artifacts/publish-work
mkdir -p "$work"

publish() {
    rm -rf "$out"
    dotnet publish tools/Lyra.Cli -c Release -r "$rid" --self-contained false --artifacts-path "$work" -o "$out" -v quiet \
        -p:RestoreLockedMode=false -p:NuGetLockFilePath='$(BaseIntermediateOutputPath)packages.publish.json' "$@" >"$work/log" 2>&1
}

for version in "$sdk_version" 9.0.19; do
    # The compiler of .NET 9 is itself a .NET 9 program: it runs on what there is.
    if DOTNET_ROLL_FORWARD=Major publish "-p:LyraCrossgenVersion=$version"; then
        echo "$out: compiled ahead of time for $rid by crossgen2 $version"
        exit 0
    fi
done

echo "note: crossgen2 can't be had from the package source, so the command is published without code compiled ahead of time and starts slower" >&2
publish || { cat "$work/log" >&2; exit 1; }
echo "$out: published for $rid"
