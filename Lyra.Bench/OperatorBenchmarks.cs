using BenchmarkDotNet.Attributes;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench;

/// <summary>
/// A binary operator on operands of mixed types: by the general routine, which tests the types, by the table of routines, and by the
/// routine that the shared cache has for the operator and the type tags.
/// </summary>
public class OperatorBenchmarks
{
    private const int Count = 1_024;

    private readonly Value[] _left = new Value[Count];
    private readonly Value[] _right = new Value[Count];
    private readonly HashInlineCache _cache = new();
    private readonly DetachedContext _context = DetachedContext.ForHostValuesOf(null);

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            bool isInt = i * 7 % 3 == 0;
            _left[i] = isInt ? Value.FromInt(i) : Value.FromFloat(i);
            _right[i] = isInt ? Value.FromFloat(i) : Value.FromInt(i);
        }

        for (long tag = 0; tag < 64; tag++)
        {
            _cache.Set((long)Opcode.Add << 32, (tag << 32) | (10 - tag), this, (int)tag);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double General()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += Arithmetic.Add(_context, _left[i], _right[i]).AsFloat;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Table()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += OperatorTable.Apply(_context, Opcode.Add, _left[i], _right[i]).AsFloat;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double Cache()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            long left = ((string)_left[i].Ref!).Length;
            long right = ((string)_right[i].Ref!).Length;
            _cache.TryGet((long)Opcode.Add << 32, (left << 32) | right, out _, out int found);
            sum += (found == 4
                ? OperatorRoutines.AddIntFloat(_context, _left[i], _right[i])
                : OperatorRoutines.AddFloatInt(_context, _left[i], _right[i])).AsFloat;
        }

        return sum;
    }
}
