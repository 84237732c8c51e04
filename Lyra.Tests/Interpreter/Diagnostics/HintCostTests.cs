using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Diagnostics;

/// <summary>Hints are made only for errors that are shown.</summary>
public sealed class HintCostTests
{
    /// <summary>Reduced from a program of the fuzzer. With a hint for each name, it allocated 160 MB.</summary>
    [Fact]
    public void Many_undefined_names_allocate_little()
    {
        string source = "let xs = [" + string.Join(", ", Enumerable.Repeat("v18v17", 7_000)) + "]\n";
        using LyraEngine engine = new();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<LyraCompileException>(() => engine.Run(source)).Message.ShouldContain("v18v17");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(30_000_000);
    }
}
