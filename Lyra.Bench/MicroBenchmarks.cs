using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Lyra.Bench.Suite.Micro;

namespace Lyra.Bench;

#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup method

/// <summary>
/// The operations of <see cref="MicroGroups"/>, which <c>lyra bench micro</c> measures in less time. With the JIT on, the warm-up compiles
/// the loop. Compiled code may drop what a loop does without effect.
/// </summary>
public class MicroBenchmarks
{
    private MicroRun _run = null!;

    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    public static IEnumerable<string> Names => MicroGroups.All
        .SelectMany(group => group.Variants.Select(variant => MicroGroups.NameOf(group, variant)));

    [GlobalSetup]
    public void Prepare() => _run = MicroGroups.Variant(Operation).Prepare();

    [GlobalCleanup]
    public void DisposeRun() => _run.Dispose();

    [Benchmark(OperationsPerInvoke = MicroVariant.Operations)]
    public void Run() => _run.Work();
}
