using System;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class IrVerifierTests
{
    [Fact]
    public void Check_shows_the_faults_and_the_graph()
    {
        IrGraph graph = IrTexts.Parse("""
            loop @main pc 12
            block0:
              v0: Any = LoadRegister r1
              v1: Int = UnboxInt v0
              exit s0
            s0: @main pc 12 {}
            """);
        InvalidOperationException error = Should.Throw<InvalidOperationException>(() => IrVerifier.Check(graph, "folding"));
        error.Message.ShouldContain("IR is wrong after folding");
        error.Message.ShouldContain("it may exit, but has no snapshot");
        error.Message.ShouldContain("v0: Any = LoadRegister r1");
    }
}
