using BenchmarkDotNet.Attributes;
using Lyra.Runtime.Values;

namespace Lyra.Bench;

/// <summary>
/// Measures storing an int into a register with each kind of tag: the figures in docs/decisions/0001-string-literal-tags.md.
/// </summary>
public class TagStores
{
    private const int Count = 1_000;
    private static readonly object ObjectTag = new();
    private readonly Value[] _registers = new Value[Count];

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            _registers[i] = Value.FromInt(i);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void LiteralTag()
    {
        Value[] registers = _registers;
        for (int i = 0; i < registers.Length; i++)
        {
            registers[i].SetInt(i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void ObjectAsTag()
    {
        Value[] registers = _registers;
        for (int i = 0; i < registers.Length; i++)
        {
            registers[i].Ref = ObjectTag;
            registers[i].Bits = i;
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void WholeValueCopied()
    {
        Value[] registers = _registers;
        for (int i = 1; i < registers.Length; i++)
        {
            registers[i] = registers[i - 1];
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void ReferenceWrittenWhenItDiffers()
    {
        Value[] registers = _registers;
        for (int i = 1; i < registers.Length; i++)
        {
            registers[i].Assign(registers[i - 1]);
        }
    }
}
