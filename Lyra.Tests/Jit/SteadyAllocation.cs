using System.IO;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit;

/// <summary>Measures the allocation of a compiled loop after warm-up.</summary>
internal static class SteadyAllocation
{
    /// <summary>
    /// Checks that 180,000 more iterations of the script's compiled proc <c>f(n)</c> allocate less than this number of additional bytes.
    /// </summary>
    public static void ShouldBeLessThan(long bytes, string source)
    {
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, jit: JitMode.On);
        engine.Run(source);
        for (int warm = 0; warm < 5; warm++)
        {
            engine.Call("f", 20_000);
        }

        long few = Allocated(engine, 20_000);
        long many = Allocated(engine, 200_000);
        (many - few).ShouldBeLessThan(bytes, "for 180,000 iterations more");
        engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(0);
    }

    private static long Allocated(LyraEngine engine, int iterations) => Allocation.LeastOf(() => engine.Call("f", iterations));
}
