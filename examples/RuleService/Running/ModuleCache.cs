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
internal sealed class ModuleCache(IRuleStore store, int capacity = 1_000)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Hash, Lazy<Task<LyraScript?>> Script)> _recent = new();
    private readonly Dictionary<string, LinkedListNode<(string Hash, Lazy<Task<LyraScript?>> Script)>> _nodes = [];

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
    public async Task<LyraScript?> FindAsync(string hash, CancellationToken token)
    {
        Lazy<Task<LyraScript?>> script = Entry(hash);
        try
        {
            LyraScript? found = await script.Value.WaitAsync(token);
            if (found is null)
            {
                Forget(hash, script);
            }

            return found;
        }
        catch (Exception) when (script.Value.IsFaulted)
        {
            // The next caller tries again.
            Forget(hash, script);
            throw;
        }
    }

    private Lazy<Task<LyraScript?>> Entry(string hash)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(hash, out LinkedListNode<(string Hash, Lazy<Task<LyraScript?>> Script)>? node))
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value.Script;
            }

            Lazy<Task<LyraScript?>> script = new(() => LoadAsync(hash));
            _nodes.Add(hash, _recent.AddFirst((hash, script)));
            if (_recent.Count > capacity)
            {
                _nodes.Remove(_recent.Last!.Value.Hash);
                _recent.RemoveLast();
            }

            return script;
        }
    }

    private void Forget(string hash, Lazy<Task<LyraScript?>> script)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(hash, out LinkedListNode<(string Hash, Lazy<Task<LyraScript?>> Script)>? node)
                && ReferenceEquals(node.Value.Script, script))
            {
                _nodes.Remove(hash);
                _recent.Remove(node);
            }
        }
    }

    // No caller's token: the read is for all of them.
    private async Task<LyraScript?> LoadAsync(string hash) => (await store.FindModuleAsync(hash, CancellationToken.None))?.Load();
}
