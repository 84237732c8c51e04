using System;
using BenchmarkDotNet.Attributes;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench;

/// <summary>
/// What it would gain to reuse the arrays that growing lists give up: 1,000 lists grow from 4 to 16 elements. The arrays of 4 and 8
/// elements are garbage, or are cleared and kept for the next list. Elements are objects, or ints that are stored unboxed.
/// </summary>
public class StorageReuse
{
    private const int Lists = 1_000;

    private readonly Growth<Value> _values = new(Value.FromObject(ScriptString.From("x")));
    private readonly Growth<long> _ints = new(7);

    [Benchmark(OperationsPerInvoke = Lists)]
    public void NewValues() => _values.GrowNew();

    [Benchmark(OperationsPerInvoke = Lists)]
    public void ReusedValues() => _values.GrowReused();

    [Benchmark(OperationsPerInvoke = Lists)]
    public void NewInts() => _ints.GrowNew();

    [Benchmark(OperationsPerInvoke = Lists)]
    public void ReusedInts() => _ints.GrowReused();

    private sealed class Growth<T>(T item)
        where T : struct
    {
        private readonly T[][] _lists = new T[Lists][];
        private T[]? _four;
        private T[]? _eight;

        public void GrowNew()
        {
            for (int i = 0; i < Lists; i++)
            {
                T[] four = new T[4];
                Array.Fill(four, item);
                T[] eight = new T[8];
                four.CopyTo(eight, 0);
                _lists[i] = new T[16];
                eight.CopyTo(_lists[i], 0);
            }
        }

        public void GrowReused()
        {
            for (int i = 0; i < Lists; i++)
            {
                T[] four = Take(ref _four, 4);
                Array.Fill(four, item);
                T[] eight = Take(ref _eight, 8);
                four.CopyTo(eight, 0);
                Keep(ref _four, four);
                _lists[i] = new T[16];
                eight.CopyTo(_lists[i], 0);
                Keep(ref _eight, eight);
            }
        }

        private static T[] Take(ref T[]? kept, int length)
        {
            T[] array = kept ?? new T[length];
            kept = null;
            return array;
        }

        private static void Keep(ref T[]? kept, T[] array)
        {
            Array.Clear(array);
            kept = array;
        }
    }
}
