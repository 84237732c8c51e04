using BenchmarkDotNet.Attributes;
using Lyra.Runtime.Values;

namespace Lyra.Bench;

/// <summary>
/// Measures the gain of unrolling tiny loops four times, in the form that the emitter produces: the figures in docs/jit-passes.md,
/// "Unrolling". The unrolled loops charge the steps of four iterations at once and compare the counter once, which is the most that a pass
/// could achieve.
/// </summary>
public class Unrolling
{
    private const int Count = 10_000;
    private const int Left = -1;
    private readonly Value[] _values = new Value[Count];
    private readonly double[] _floats = new double[Count];
    private long _budget = long.MaxValue;

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            _values[i] = Value.FromInt(i);
            _floats[i] = i * 0.5;
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long IntSum() => SumInts(0, 0);

    [Benchmark(OperationsPerInvoke = Count)]
    public long IntSumUnrolled()
    {
        long sum = 0;
        long i = 0;
        long budget = _budget;
        for (; i < Count - 4; i += 4)
        {
            if ((budget -= 8) < 0 || !Add(sum, i, out sum) || !Add(sum, i + 1, out sum) || !Add(sum, i + 2, out sum)
                || !Add(sum, i + 3, out sum))
            {
                return Left;
            }
        }

        _budget = budget;
        return SumInts(sum, i);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long Hash() => HashFrom(5381, 0);

    [Benchmark(OperationsPerInvoke = Count)]
    public long HashUnrolled()
    {
        long hash = 5381;
        long i = 0;
        long budget = _budget;
        for (; i < Count - 4; i += 4)
        {
            if ((budget -= 8) < 0)
            {
                return Left;
            }

            hash = (int)((hash * 33) + (i & 127));
            hash = (int)((hash * 33) + ((i + 1) & 127));
            hash = (int)((hash * 33) + ((i + 2) & 127));
            hash = (int)((hash * 33) + ((i + 3) & 127));
        }

        _budget = budget;
        return HashFrom(hash, i);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double FloatSum() => SumFloats(0, 0);

    [Benchmark(OperationsPerInvoke = Count)]
    public double FloatSumUnrolled()
    {
        double sum = 0;
        long i = 0;
        long budget = _budget;
        double[] floats = _floats;
        for (; i < floats.Length - 4; i += 4)
        {
            if ((budget -= 8) < 0)
            {
                return Left;
            }

            sum += floats[i];
            sum += floats[i + 1];
            sum += floats[i + 2];
            sum += floats[i + 3];
        }

        _budget = budget;
        return SumFloats(sum, i);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public long ValueSum() => SumValues(0, 0);

    [Benchmark(OperationsPerInvoke = Count)]
    public long ValueSumUnrolled()
    {
        long sum = 0;
        long i = 0;
        long budget = _budget;
        Value[] values = _values;
        for (; i < values.Length - 4; i += 4)
        {
            if ((budget -= 8) < 0 || !AddElement(ref sum, values, i) || !AddElement(ref sum, values, i + 1)
                || !AddElement(ref sum, values, i + 2)
                || !AddElement(ref sum, values, i + 3))
            {
                return Left;
            }
        }

        _budget = budget;
        return SumValues(sum, i);
    }

    private long SumInts(long sum, long i)
    {
        long budget = _budget;
        for (; i < Count; i++)
        {
            if ((budget -= 2) < 0 || !Add(sum, i, out sum))
            {
                return Left;
            }
        }

        _budget = budget;
        return sum;
    }

    private long HashFrom(long hash, long i)
    {
        long budget = _budget;
        for (; i < Count; i++)
        {
            if ((budget -= 2) < 0)
            {
                return Left;
            }

            hash = (int)((hash * 33) + (i & 127));
        }

        _budget = budget;
        return hash;
    }

    private double SumFloats(double sum, long i)
    {
        long budget = _budget;
        double[] floats = _floats;
        for (; i < floats.Length; i++)
        {
            if ((budget -= 2) < 0)
            {
                return Left;
            }

            sum += floats[i];
        }

        _budget = budget;
        return sum;
    }

    private long SumValues(long sum, long i)
    {
        long budget = _budget;
        Value[] values = _values;
        for (; i < values.Length; i++)
        {
            if ((budget -= 2) < 0 || !AddElement(ref sum, values, i))
            {
                return Left;
            }
        }

        _budget = budget;
        return sum;
    }

    private static bool Add(long a, long b, out long sum)
    {
        sum = a + b;
        return ((sum ^ a) & (sum ^ b)) >= 0;
    }

    private static bool AddElement(ref long sum, Value[] values, long i)
    {
        ref Value value = ref values[i];
        return value.IsInt && Add(sum, value.AsInt, out sum);
    }
}
