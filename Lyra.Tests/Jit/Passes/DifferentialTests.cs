using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Passes.Sinking;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Testing;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>
/// Random graphs behave the same before and after each pass, on the same registers and objects: they exit in the same state, with the same
/// heap and the same steps charged.
/// </summary>
public sealed class DifferentialTests
{
    private const int Inputs = 4;

    private readonly ModuleInstance _module = IrTexts.Module("random", 4);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_pass_preserves_the_behaviour_of_a_graph(int part)
    {
        for (int seed = part * 100; seed < (part + 1) * 100; seed++)
        {
            IrGraph graph = RandomGraph.Create(seed, _module);
            IrVerifier.Check(graph, $"generation of seed {seed}");
            string[] expected = Results(graph);
            string before = IrPrinter.Print(graph);
            foreach (IIrPass pass in PassesFor(seed))
            {
                pass.Run(graph);
                IrVerifier.Check(graph, $"{pass.Name} of seed {seed}");
                string[] actual = Results(graph);
                actual.ShouldBe(expected, $"{pass.Name} of seed {seed}:\n{before}\nbecame\n{IrPrinter.Print(graph)}");
                before = IrPrinter.Print(graph);
            }
        }
    }

    /// <summary>
    /// Passes that hoist guards, hoist unboxing or speculate may exit earlier than the original graph, but only in a state that the run of
    /// that graph passes: a loop may exit at its head. Most runs must still reach the same end.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Each_pass_exits_in_a_state_of_the_graph(int part)
    {
        Dictionary<string, int> changes = [];
        int same = 0;
        for (int seed = part * 80; seed < (part + 1) * 80; seed++)
        {
            IrGraph graph = RandomGraph.Create(9_000 + seed, _module);
            HashSet<string>[] states = [.. Enumerable.Range(0, Inputs).Select(input => StatesOf(graph, input))];
            string[] expected = Results(graph);
            string before = IrPrinter.Print(graph);
            foreach (IIrPass pass in HoistingPassesFor(seed))
            {
                changes[pass.Name] = changes.GetValueOrDefault(pass.Name) + (pass.Run(graph) ? 1 : 0);
                IrVerifier.Check(graph, $"{pass.Name} of seed {seed}");
                string[] actual = Results(graph);
                for (int input = 0; input < Inputs; input++)
                {
                    states[input].ShouldContain(actual[input], $"{pass.Name} of seed {seed}:\n{before}\nbecame\n{IrPrinter.Print(graph)}");
                }

                before = IrPrinter.Print(graph);
            }

            same += Results(graph).Zip(expected).Count(pair => pair.First == pair.Second);
        }

        same.ShouldBeGreaterThan(80 * Inputs / 2);
        foreach (string pass in (string[])["allocation-sinking", "loop-invariants", "small-ints", "bounds-hoisting", "head-snapshots"])
        {
            changes[pass].ShouldBeGreaterThan(2, pass);
        }
    }

    /// <summary>
    /// This holds while the budget lasts: near its end, a graph with merged charges exits sooner, and the interpreter charges one by one.
    /// </summary>
    [Fact]
    public void Merged_charges_add_up_to_the_same_steps()
    {
        int merged = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            IrGraph graph = RandomGraph.Create(seed, _module);
            bool[] lasts = [.. Enumerable.Range(0, Inputs).Select(input => !IsSpent(graph, Run(graph, input, 60).Run))];
            string[] expected =
                [.. Enumerable.Range(0, Inputs).Select(input => lasts[input] ? Run(graph, input, 1000).State : string.Empty)];
            new EdgeSplitting().Run(graph);
            merged += new ChargeMerging().Run(graph) ? 1 : 0;
            IrVerifier.Check(graph, $"charge-merging of seed {seed}");
            for (int input = 0; input < Inputs; input++)
            {
                if (lasts[input])
                {
                    Run(graph, input, 1000).State.ShouldBe(expected[input], $"seed {seed}:\n{IrPrinter.Print(graph)}");
                }
            }
        }

        merged.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Random_graphs_read_back_from_their_text()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            IrGraph graph = RandomGraph.Create(seed, _module);
            IrNames names = new();
            string text = IrPrinter.Print(graph, names);
            Dictionary<string, object> objects = new(names.Objects) { ["PushInt"] = PushOf(graph) };
            IrGraph read = IrParser.Parse(text, IrTexts.Helpers, objects);
            IrPrinter.Print(read, new IrNames(names.Objects)).ShouldBe(text);
            Results(read).ShouldBe(Results(graph));
        }
    }

    /// <summary>Most graphs must run beyond the guards of the entry; otherwise the tests above would prove little.</summary>
    [Fact]
    public void Random_graphs_run_far()
    {
        int far = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            IrGraph graph = RandomGraph.Create(seed, _module);
            BareContext context = new(maxSteps: 60);
            IrRun? run = IrInterpreter.Run(graph, RandomGraph.Registers(seed), context);
            far += run is { NodesEvaluated: > 45 } ? 1 : 0;
        }

        far.ShouldBeGreaterThan(50);
    }

    private static object PushOf(IrGraph graph) => graph.Blocks.SelectMany(block => block.Nodes)
        .FirstOrDefault(node => node.Payload is RegionHelper { Name: nameof(RandomGraph.PushInt) })?.Payload ?? graph;

    /// <summary>
    /// All passes except those that charge steps in advance. The first three remove loop invariants from the parameters of loops; the order
    /// of the others depends on the seed.
    /// </summary>
    private static IIrPass[] HoistingPassesFor(int seed)
    {
        IIrPass[] others =
        [
            new MemoryForwarding(), new AllocationSinking(), new LoopInvariants(), new SmallInts(), new BoundsHoisting(),
            new RangeAnalysis(),
            new Folding(), new CommonSubexpressions(), new ParameterElimination(), new JumpThreading(), new DeadCode(),
            new LoopInvariants(), new SmallInts(), new BoundsHoisting(),
        ];
        new Random(seed).Shuffle(others);
        return
        [
            new Folding(), new ParameterElimination(), new CommonSubexpressions(), .. others,
            new HeadSnapshots(), new DeadCode(), new EdgeSplitting(),
        ];
    }

    /// <summary>
    /// The passes that do not move exits, in an order that depends on the seed, so that each sees the output of every other.
    /// </summary>
    private static IIrPass[] PassesFor(int seed)
    {
        IIrPass[] passes =
        [
            new Folding(), new ParameterElimination(), new CommonSubexpressions(), new MemoryForwarding(), new DeadCode(),
            new RangeAnalysis(),
            new Folding(), new CommonSubexpressions(), new MemoryForwarding(), new DeadCode(), new JumpThreading(), new EdgeSplitting(),
            new HeadSnapshots(),
        ];
        new Random(seed).Shuffle(passes);
        return passes;
    }

    private string[] Results(IrGraph graph)
    {
        string[] results = new string[Inputs];
        for (int input = 0; input < Inputs; input++)
        {
            results[input] = Run(graph, input, input == 0 ? 3 : 60).State;
        }

        return results;
    }

    /// <summary>Runs a graph once. The text describes the exit, the heap and the steps.</summary>
    private (IrRun Run, string State) Run(IrGraph graph, int input, int maxSteps)
    {
        Value[] registers = Prepare(input);
        BareContext context = new(maxSteps);
        IrRun run = IrInterpreter.Run(graph, registers, context).ShouldNotBeNull();
        return (run, StateOf(run, registers, context));
    }

    /// <summary>Every state in which a run may exit, because any of its guards may fail without cause.</summary>
    private HashSet<string> StatesOf(IrGraph graph, int input)
    {
        Value[] registers = Prepare(input);
        BareContext context = new(input == 0 ? 3 : 60);
        HashSet<string> states = [];
        SnapshotTrace trace =
            new(graph, (snapshot, values) => states.Add(StateOf(new IrRun(values, 0) { Exit = snapshot }, registers, context)));
        IrInterpreter.Run(graph, registers, context, trace: trace).ShouldNotBeNull();
        return states;
    }

    private Value[] Prepare(int input)
    {
        for (int i = 0; i < _module.Slots.Length; i++)
        {
            _module.Slots[i] = Value.FromInt(100 + i);
        }

        return RandomGraph.Registers(input);
    }

    private string StateOf(IrRun run, Value[] registers, BareContext context)
    {
        ObjectText heap = new();
        string variables = string.Join(' ', registers.Concat(_module.Slots).Select(value => heap.Of(value)));
        return $"{run.State}{variables} {context.StepsUsed} steps";
    }

    private static bool IsSpent(IrGraph graph, IrRun run) =>
        graph.Blocks.SelectMany(block => block.Nodes).Any(node => node.Op == IrOp.ChargeSteps && ReferenceEquals(node.Exit, run.Exit));
}
