using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Lyra.Runtime.Caches;

namespace Lyra.Bench;

/// <summary>The shared cache by itself: a hit in a table of 1,000 entries, and a linear search of the same entries.</summary>
public class CacheBenchmarks
{
    private const int Entries = 1_000;

    private readonly HashInlineCache _cache = new();
    private readonly List<(long Operation, long Signature, object Payload)> _list = [];
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Entries; i++)
        {
            object payload = new();
            _cache.Set(i, i + 1_024, payload, i);
            _list.Add((i, i + 1_024, payload));
        }
    }

    [Benchmark]
    public object? Hit()
    {
        int i = _next = (_next + 7) % Entries;
        _cache.TryGet(i, i + 1_024, out object? payload, out _);
        return payload;
    }

    [Benchmark(Baseline = true)]
    public object? LinearSearch()
    {
        int i = _next = (_next + 7) % Entries;
        foreach ((long operation, long signature, object payload) in _list)
        {
            if (operation == i && signature == i + 1_024)
            {
                return payload;
            }
        }

        throw new InvalidOperationException("The entry is in the list.");
    }
}
