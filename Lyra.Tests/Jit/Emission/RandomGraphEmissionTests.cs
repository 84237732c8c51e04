using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Passes;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Lyra.Tests.Jit.Passes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

/// <summary>
/// Random graphs behave the same as IL as they do in the IR interpreter, both as generated and after all passes: they exit through the same
/// guard with the same state, heap, steps and memory.
/// </summary>
public sealed class RandomGraphEmissionTests
{
    private const int Inputs = 4;

    private readonly ModuleInstance _module = IrTexts.Module("random", 4);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Emitted_code_behaves_as_the_graph(int part)
    {
        for (int seed = part * 80; seed < (part + 1) * 80; seed++)
        {
            IrGraph graph = RandomGraph.Create(5_000 + seed, _module);
            if (seed % 2 == 1)
            {
                PassList.Run(graph, new PassRun(Chaos: seed % 4 == 1 ? null : seed));
            }

            Compare(graph, seed);
        }
    }

    /// <summary>The same with most blocks in methods of their own.</summary>
    [Fact]
    public void Divided_code_behaves_as_the_graph()
    {
        int parts = 0;
        for (int seed = 0; seed < 160; seed++)
        {
            IrGraph graph = RandomGraph.Create(5_000 + seed, _module);
            if (seed % 2 == 1)
            {
                PassList.Run(graph, new PassRun(Chaos: seed % 4 == 1 ? null : seed));
            }

            graph.PartSize = 4 + (seed % 13);
            parts += Compare(graph, seed);
        }

        parts.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_node_that_only_edges_assign_has_no_code()
    {
        IrGraph graph = IrTexts.ParseValid(
            """
            loop @main pc 0
            block0:
              v0: Int = ConstInt 1
              jump block1(v0)
            block1(v1: Int) loop:
              v2: Int = AddIntChecked v1, v0 exit s0
              jump block1(v2)
            s0: @main pc 0 {r1 = v1}
            """);
        RegionEmitter.Emit(graph);
        graph.Blocks[1].Nodes.Add(graph.Blocks[1].Parameters[0]);

        Should.Throw<InvalidOperationException>(() => RegionEmitter.Emit(graph)).Message.ShouldBe("The emitter has no code for Parameter.");
    }

    /// <summary>Compares a graph with its code.</summary>
    /// <returns>The number of its parts.</returns>
    private int Compare(IrGraph graph, int seed)
    {
        EmittedRegion emitted = RegionEmitter.Emit(graph);
        foreach (IlBuffer method in emitted.Methods)
        {
            IlCheck.Check(method).ShouldBeEmpty();
        }

        RegionData data = new() { Constants = emitted.Constants, States = emitted.States, Guards = emitted.Guards };
        foreach (EmittedPart part in emitted.Parts)
        {
            data.Constants[part.Constant] = IlReplay.CreateDelegate(part.Code, "part", part.Type, data);
        }

        LoopCode code = (LoopCode)IlReplay.CreateDelegate(emitted.Code, "random", typeof(LoopCode), data);
        for (int input = 0; input < Inputs; input++)
        {
            int maxSteps = input == 0 ? 3 : 60;
            string expected = Interpreted(graph, input, maxSteps);
            Emitted(code, data, input, maxSteps)
                .ShouldBe(expected, $"seed {seed}, input {input}:\n{IrPrinter.Print(graph)}\n{IlText.Print(emitted.Code)}");
        }

        return emitted.Parts.Length;
    }

    private string Interpreted(IrGraph graph, int input, int maxSteps)
    {
        Value[] registers = Prepare(input);
        BareContext context = new(maxSteps);
        IrRun run = IrInterpreter.Run(graph, registers, context).ShouldNotBeNull();
        StringBuilder text = new($"guard {run.Guard}\n");
        ObjectText objects = new();
        foreach (SnapshotFrame frame in run.Exit!.Frames)
        {
            Write(text, frame.Code, frame.Pc, frame.Base, frame.ReturnSlot);
            text.Append(frame.Closure is null ? string.Empty : $" closure {objects.Of(run.Values[frame.Closure])}");
            foreach (SnapshotSlot slot in frame.Slots.OrderBy(slot => slot.Register))
            {
                text.Append(CultureInfo.InvariantCulture, $" r{slot.Register} = {objects.Of(run.Values[slot.Value])}");
            }
        }

        return text.Append(Heap(registers, context)).ToString();
    }

    private string Emitted(LoopCode code, RegionData data, int input, int maxSteps)
    {
        Value[] registers = Prepare(input);
        BareContext context = new(maxSteps);
        ExitBuffers buffers = context.EnsureExits();
        int guard = code(context, registers, 0);
        context.Budget.Left += data.Guards[guard].Refund;
        ExitState state = data.States[data.Guards[guard].State];
        ExitValues values = new(buffers, buffers.Top);
        Deoptimizer.MakeObjects(state, values);
        StringBuilder text = new($"guard {guard}\n");
        ObjectText objects = new();
        foreach (ExitFrame frame in state.Frames)
        {
            Write(text, frame.Code, frame.Pc, frame.Base, frame.ReturnSlot);
            text.Append(frame.Closure is { } closure ? $" closure {objects.Of(Deoptimizer.Read(closure, values))}" : string.Empty);
            foreach (ExitSlot slot in frame.Slots.OrderBy(slot => slot.Register))
            {
                text.Append(CultureInfo.InvariantCulture, $" r{slot.Register} = {objects.Of(Deoptimizer.Read(slot, values))}");
            }
        }

        return text.Append(Heap(registers, context)).ToString();
    }

    private static void Write(StringBuilder text, LinkedPrototype code, int pc, int position, int returnSlot) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{code.Prototype.Name} pc {pc} base {position} return {returnSlot}");

    private Value[] Prepare(int input)
    {
        for (int i = 0; i < _module.Slots.Length; i++)
        {
            _module.Slots[i] = Value.FromInt(100 + i);
        }

        return RandomGraph.Registers(input);
    }

    private string Heap(Value[] registers, BareContext context)
    {
        ObjectText heap = new();
        IEnumerable<string> values = registers.Concat(_module.Slots).Select(value => heap.Of(value));
        return $"\n{string.Join(' ', values)} {context.StepsUsed} steps {context.MemoryUsed} bytes";
    }
}
