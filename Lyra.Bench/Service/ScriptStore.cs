using System;
using System.Collections.Concurrent;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>
/// The compiled scripts that all workers share: each version of each kind is compiled once, by the worker that needs it first.
/// </summary>
internal sealed class ScriptStore
{
    private readonly ConcurrentDictionary<(string Name, int Version), Lazy<LyraScript>> _scripts = new();

    /// <summary>A version of a kind.</summary>
    public LyraScript Get(ServiceKind kind, int version) => Get(kind.Name, version, () => kind.Source(version));

    /// <summary>A script that must be stopped.</summary>
    public LyraScript Get(Misuse misuse) => Get(misuse.Name, 0, () => misuse.Source);

    /// <summary>Removes all scripts.</summary>
    public void Clear() => _scripts.Clear();

    private LyraScript Get(string name, int version, Func<string> source) =>
        _scripts.GetOrAdd(
            (name, version),
            key => new Lazy<LyraScript>(() => LyraScript.Compile(source(), $"{key.Name}-{key.Version}.lyra"),
                LazyThreadSafetyMode.ExecutionAndPublication)).Value;
}
