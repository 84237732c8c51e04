using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace RuleService.Queue;

/// <summary>Items of tenants, taken from each tenant in turn. Thread-safe.</summary>
/// <param name="bounds">More items than that are refused.</param>
internal sealed class FairSchedule<T>(QueueBounds bounds) : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TenantItems> _items = [];
    private readonly Queue<string> _turns = new();
    private readonly SemaphoreSlim _signal = new(0);
    private long _bytes;
    private bool _isComplete;

    public void Dispose() => _signal.Dispose();

    /// <summary>Adds an item, unless there are too many or the schedule is complete.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="item">The item.</param>
    /// <param name="bytes">The memory that the item takes.</param>
    public bool TryAdd(string tenant, T item, long bytes = 0)
    {
        lock (_lock)
        {
            if (_isComplete || _bytes + bytes > bounds.MostBytes)
            {
                return false;
            }

            if (!_items.TryGetValue(tenant, out TenantItems? items))
            {
                items = new TenantItems();
            }

            if (items.Waiting.Count >= bounds.MostOfTenant || items.Bytes + bytes > bounds.MostBytesOfTenant)
            {
                return false;
            }

            if (items.Waiting.Count == 0)
            {
                _items.Add(tenant, items);
                _turns.Enqueue(tenant);
            }

            items.Waiting.Enqueue((item, bytes));
            items.Bytes += bytes;
            _bytes += bytes;
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
                    return Take(tenant);
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
            _bytes = 0;
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

    private T Take(string tenant)
    {
        TenantItems items = _items[tenant];
        (T item, long bytes) = items.Waiting.Dequeue();
        items.Bytes -= bytes;
        _bytes -= bytes;
        if (items.Waiting.Count > 0)
        {
            _turns.Enqueue(tenant);
        }
        else
        {
            _items.Remove(tenant);
        }

        return item;
    }

    private sealed class TenantItems
    {
        public Queue<(T Item, long Bytes)> Waiting { get; } = new();

        public long Bytes { get; set; }
    }
}
