using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra;
using RuleService.Model;
using RuleService.Store;

namespace RuleService.Running;

/// <summary>Loads modules by their hash, and keeps those that were used last. Thread-safe.</summary>
/// <remarks>A hash always means the same module, so nothing here is ever out of date.</remarks>
/// <param name="store">Has the modules.</param>
/// <param name="capacity">The most modules that are kept.</param>
/// <param name="mostBytes">The most bytes of their sources and code.</param>
internal sealed class ModuleCache(IRuleStore store, int capacity = 1_000, long mostBytes = 128L << 20)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _recent = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _nodes = [];
    private long _bytes;

    /// <summary>The number of modules that the cache has.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _recent.Count;
            }
        }
    }

    /// <summary>A script; null if the store does not have it. Callers that want the same one wait for one read of the store.</summary>
    /// <param name="hash">The hash of its module.</param>
    /// <param name="limits">The limits of the tenant, within which it is loaded.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<LyraScript?> FindAsync(string hash, RunLimits limits, CancellationToken token)
    {
        while (true)
        {
            Entry entry = EntryOf(hash, limits);
            try
            {
                LyraScript? found = await entry.Script.Value.WaitAsync(token);
                if (found is null)
                {
                    Forget(entry);
                }

                return found;
            }
            catch (LyraLimitException) when (entry.Limits != limits)
            {
                // It was loaded for another tenant, whose limits are lower.
                Forget(entry);
            }
            catch (Exception) when (entry.Script.Value.IsFaulted)
            {
                // The next caller tries again.
                Forget(entry);
                throw;
            }
        }
    }

    private Entry EntryOf(string hash, RunLimits limits)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(hash, out LinkedListNode<Entry>? node))
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value;
            }

            Entry entry = new(hash, limits);
            entry.Script = new Lazy<Task<LyraScript?>>(() => LoadAsync(entry));
            _nodes.Add(hash, _recent.AddFirst(entry));
            DropOldest();
            return entry;
        }
    }

    private void Forget(Entry entry)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(entry.Hash, out LinkedListNode<Entry>? node) && node.Value == entry)
            {
                Remove(node);
            }
        }
    }

    private void DropOldest()
    {
        while (_recent.Count > 1 && (_recent.Count > capacity || _bytes > mostBytes))
        {
            Remove(_recent.Last!);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _bytes -= node.Value.Bytes;
        _nodes.Remove(node.Value.Hash);
        _recent.Remove(node);
    }

    // No caller's token: the read is for all of them.
    private async Task<LyraScript?> LoadAsync(Entry entry)
    {
        if (await store.FindModuleAsync(entry.Hash, CancellationToken.None) is not { } module)
        {
            return null;
        }

        LyraScript script = module.Load(entry.Limits);
        lock (_lock)
        {
            if (_nodes.TryGetValue(entry.Hash, out LinkedListNode<Entry>? node) && node.Value == entry)
            {
                entry.Bytes = module.Bytes;
                _bytes += module.Bytes;
                DropOldest();
            }
        }

        return script;
    }

    /// <summary>A module that is loaded, or being loaded.</summary>
    private sealed class Entry(string hash, RunLimits limits)
    {
        public string Hash { get; } = hash;

        /// <summary>The limits of the caller for whom it is loaded.</summary>
        public RunLimits Limits { get; } = limits;

        public Lazy<Task<LyraScript?>> Script { get; set; } = null!;

        public long Bytes { get; set; }
    }
}
