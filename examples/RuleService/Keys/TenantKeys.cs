using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Store;

namespace RuleService.Keys;

/// <summary>The hashes of the keys of tenants. They are kept for a second, so a replaced key works for one more second at most.</summary>
internal sealed class TenantKeys(IRuleStore store, TimeProvider time)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (byte[]? Hash, long Read)> _kept = new();

    /// <summary>The hash of a tenant's key; null if it has none.</summary>
    public async Task<byte[]?> FindHashAsync(string tenant, CancellationToken token)
    {
        if (_kept.TryGetValue(tenant, out (byte[]? Hash, long Read) kept) && time.GetElapsedTime(kept.Read) < Lifetime)
        {
            return kept.Hash;
        }

        long now = time.GetTimestamp();
        byte[]? hash = await store.FindKeyAsync(tenant, token);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        _kept[tenant] = (hash, now);
        return hash;
    }

    /// <summary>Replaces the key of a tenant.</summary>
    /// <returns>The new key, which is not stored; null if there is no such tenant.</returns>
    public async Task<string?> ReplaceAsync(string tenant, CancellationToken token)
    {
        string key = ApiKey.Make();
        bool exists = await store.SetKeyAsync(tenant, ApiKey.HashOf(key), token);
        _kept.TryRemove(tenant, out _);
        return exists ? key : null;
    }
}
