using System;
using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Passes;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>The graph that is compiled before the first region of a process, and the host's call that starts it.</summary>
public sealed class CompilerWarmUpTests
{
    [Fact]
    public void Its_graph_obeys_the_rules_of_the_IR_after_each_pass()
    {
        IrGraph graph = CompilerWarmUp.NewGraph();
        IrVerifier.Verify(graph).ShouldBeEmpty();
        PassList.Run(graph, PassRun.All, new VerifiedPasses());
        IlCheck.Check(RegionEmitter.Emit(graph).Code).ShouldBeEmpty();
    }

    [Fact]
    public void Its_graph_is_a_loop_with_guards_loads_checked_arithmetic_and_a_call()
    {
        IrNode[] nodes = [.. CompilerWarmUp.NewGraph().Blocks.SelectMany(block => block.Nodes)];
        IrOp[] usual = [IrOp.UnboxFloat, IrOp.GuardIndex, IrOp.LoadFloat, IrOp.AddIntChecked, IrOp.Call, IrOp.ChargeSteps];
        usual.Except(nodes.Select(node => node.Op)).ShouldBeEmpty();
    }

    [Fact]
    public void It_compiles_its_graph_without_a_script_and_can_be_stopped_between_its_steps()
    {
        int pauses = 0;
        CompilerWarmUp.Run(() => pauses++);
        pauses.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_script_that_runs_during_the_warm_up_is_compiled()
    {
        LyraEngine.WarmUp();
        LyraEngine.WarmUp();
        using LyraEngine engine = new();
        engine.Run("var s = 0\nfor i in 0..300_000 { s += i % 7 }\ns").As<long>().ShouldBe(899_997);
        engine.Statistics.Jit.CompiledSteps.ShouldBePositive();
    }

    private sealed class VerifiedPasses : IPassObserver<IrGraph>
    {
        public void After(string pass, IrGraph code, TimeSpan elapsed) => IrVerifier.Verify(code).ShouldBeEmpty(pass);
    }
}
