using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace RuleService.Queue;

/// <summary>Items of tenants, taken from each tenant in turn. Thread-safe.</summary>
/// <param name="mostOfTenant">The most items of one tenant; more are refused.</param>
internal sealed class FairSchedule<T>(int mostOfTenant) : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<T>> _items = [];
    private readonly Queue<string> _turns = new();
    private readonly SemaphoreSlim _signal = new(0);
    private bool _isComplete;

    public void Dispose() => _signal.Dispose();

    /// <summary>Adds an item, unless the tenant has too many or the schedule is complete.</summary>
    public bool TryAdd(string tenant, T item)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                return false;
            }

            if (!_items.TryGetValue(tenant, out Queue<T>? queue))
            {
                _items.Add(tenant, queue = new Queue<T>());
                _turns.Enqueue(tenant);
            }
            else if (queue.Count >= mostOfTenant)
            {
                return false;
            }

            queue.Enqueue(item);
        }

        _signal.Release();
        return true;
    }

    /// <summary>The next item, once there is one; null when the schedule is complete and empty.</summary>
    public async ValueTask<T?> TakeAsync(CancellationToken token)
    {
        while (true)
        {
            await _signal.WaitAsync(token);
            lock (_lock)
            {
                if (_turns.TryDequeue(out string? tenant))
                {
                    Queue<T> queue = _items[tenant];
                    T item = queue.Dequeue();
                    if (queue.Count > 0)
                    {
                        _turns.Enqueue(tenant);
                    }
                    else
                    {
                        _items.Remove(tenant);
                    }

                    return item;
                }

                if (_isComplete)
                {
                    // The next caller has to see the end too.
                    _signal.Release();
                    return null;
                }
            }
        }
    }

    /// <summary>Drops all items.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _items.Clear();
            _turns.Clear();
        }
    }

    /// <summary>Accepts no further items.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
        }

        _signal.Release();
    }
}
