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

    private readonly Value[][] _values = new Value[Lists][];
    private readonly long[][] _ints = new long[Lists][];
    private Value[]? _free4;
    private Value[]? _free8;
    private long[]? _freeInts4;
    private long[]? _freeInts8;

    [Benchmark(OperationsPerInvoke = Lists)]
    public void NewValues()
    {
        Value item = Value.FromObject(ScriptString.From("x"));
        for (int i = 0; i < Lists; i++)
        {
            Value[] four = new Value[4];
            Array.Fill(four, item);
            Value[] eight = new Value[8];
            four.CopyTo(eight, 0);
            Value[] sixteen = new Value[16];
            eight.CopyTo(sixteen, 0);
            _values[i] = sixteen;
        }
    }

    [Benchmark(OperationsPerInvoke = Lists)]
    public void ReusedValues()
    {
        Value item = Value.FromObject(ScriptString.From("x"));
        for (int i = 0; i < Lists; i++)
        {
            Value[] four = _free4 ?? new Value[4];
            _free4 = null;
            Array.Fill(four, item);
            Value[] eight = _free8 ?? new Value[8];
            _free8 = null;
            four.CopyTo(eight, 0);
            Array.Clear(four);
            _free4 = four;
            Value[] sixteen = new Value[16];
            eight.CopyTo(sixteen, 0);
            Array.Clear(eight);
            _free8 = eight;
            _values[i] = sixteen;
        }
    }

    [Benchmark(OperationsPerInvoke = Lists)]
    public void NewInts()
    {
        for (int i = 0; i < Lists; i++)
        {
            long[] four = new long[4];
            Array.Fill(four, i);
            long[] eight = new long[8];
            four.CopyTo(eight, 0);
            long[] sixteen = new long[16];
            eight.CopyTo(sixteen, 0);
            _ints[i] = sixteen;
        }
    }

    [Benchmark(OperationsPerInvoke = Lists)]
    public void ReusedInts()
    {
        for (int i = 0; i < Lists; i++)
        {
            long[] four = _freeInts4 ?? new long[4];
            _freeInts4 = null;
            Array.Fill(four, i);
            long[] eight = _freeInts8 ?? new long[8];
            _freeInts8 = null;
            four.CopyTo(eight, 0);
            Array.Clear(four);
            _freeInts4 = four;
            long[] sixteen = new long[16];
            eight.CopyTo(sixteen, 0);
            Array.Clear(eight);
            _freeInts8 = eight;
            _ints[i] = sixteen;
        }
    }
}
