using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Store;

namespace RuleService.Running;

/// <summary>
/// The active versions. They are kept for a second, so another process of the API sees a change after at most that time; this one sees its
/// own changes at once. A request that runs already keeps its version.
/// </summary>
internal sealed class ActiveScripts(IRuleStore store, TimeProvider time)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Tenant, string Name), (ActiveScript Script, long Read)> _kept = new();
    private int _changes;

    /// <summary>The active version of a script; null if there is none.</summary>
    public async Task<ActiveScript?> FindAsync(string tenant, string name, CancellationToken token)
    {
        if (_kept.TryGetValue((tenant, name), out (ActiveScript Script, long Read) kept) && time.GetElapsedTime(kept.Read) < Lifetime)
        {
            return kept.Script;
        }

        long now = time.GetTimestamp();
        int changes = Volatile.Read(ref _changes);
        Tenant? owner = await store.FindTenantAsync(tenant, token);
        if (owner is null || await store.FindActiveAsync(tenant, name, token) is not { } active)
        {
            return null;
        }

        ActiveScript script = new(tenant, name, active.Number, active.Hash, owner.Limits);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        // What was read before a change of this process may be out of date.
        if (changes == Volatile.Read(ref _changes))
        {
            _kept[(tenant, name)] = (script, now);
        }

        return script;
    }

    /// <summary>Forgets a script, or all scripts of a tenant, after a change.</summary>
    public void Forget(string tenant, string? name = null)
    {
        Interlocked.Increment(ref _changes);
        foreach ((string Tenant, string Name) key in _kept.Keys)
        {
            if (key.Tenant == tenant && (name is null || key.Name == name))
            {
                _kept.TryRemove(key, out _);
            }
        }
    }
}
