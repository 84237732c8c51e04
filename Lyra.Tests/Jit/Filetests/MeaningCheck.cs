using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>Evaluates a function before and after passes with the interpreter of the IR. Both must mean the same.</summary>
/// <param name="objects">The objects of the function.</param>
/// <param name="before">The graph before the passes.</param>
/// <param name="after">The graph after them.</param>
/// <param name="passes">The passes.</param>
internal sealed class MeaningCheck(FiletestObjects objects, IrGraph before, IrGraph after, IIrPass[] passes)
{
    private const int Inputs = 256;

    /// <summary>The nodes that a run before the passes may evaluate. The run after them may take more: it must end.</summary>
    private const int Fuel = 1_000;

    /// <summary>The number of endless runs that are compared; each passes many states.</summary>
    private const int EndlessInputs = 4;

    /// <summary>Passes that hoist guards or speculate: their output may exit earlier, in a state that the input passes.</summary>
    private static readonly string[] MayExitEarlier =
        ["allocation-sinking", "loop-invariants", "small-ints", "bounds-hoisting", "sum-speculation"];

    private readonly bool _mayExitEarlier = passes.Any(pass => MayExitEarlier.Contains(pass.Name));

    /// <summary>Whether a pass charges ahead of time, so that a run that ends at a charge may end at an earlier one.</summary>
    private readonly bool _chargesAhead = passes.Any(pass => pass.Name == "charge-merging");

    private int _endless;

    private string Texts => $"{objects.Print(before)}became\n{objects.Print(after)}";

    /// <summary>Compares the runs of a function before and after passes on many combinations of edge values.</summary>
    /// <returns>The number of runs that left the entry block and behaved the same.</returns>
    public static int CompareOnEdgeValues(string text, params IIrPass[] passes) => CompareOnEdgeValues(text, Inputs, passes);

    /// <summary>Compares the runs of a function before and after passes on some combinations of edge values.</summary>
    /// <returns>The number of runs that left the entry block and behaved the same.</returns>
    public static int CompareOnEdgeValues(string text, int inputs, params IIrPass[] passes)
    {
        FiletestObjects objects = new();
        IrGraph after = objects.Parse(text);
        foreach (IIrPass pass in passes)
        {
            pass.Run(after);
        }

        return new MeaningCheck(objects, objects.Parse(text), after, passes).CompareOnEdgeValues(inputs);
    }

    /// <summary>Compares the ends of runs on many combinations of edge values.</summary>
    /// <returns>The number of runs that left the entry block and behaved the same.</returns>
    public int CompareOnEdgeValues(int inputs = Inputs)
    {
        EdgeInputs edges = new(before);
        int same = 0;
        for (int input = 0; input < inputs; input++)
        {
            int number = input;
            int steps = input % 4 == 3 ? 3 : 60;
            same += Compare(() => edges.Registers(number), steps) ? 1 : 0;
        }

        return same;
    }

    /// <summary>Runs the function with the given registers.</summary>
    /// <returns>The end of the run after the passes.</returns>
    public string Run(string registers)
    {
        Value[] Values() => RunRegisters.Parse(registers, new EdgePool());
        Compare(Values, 1_000);
        (IrRun run, _) = End(after, Values(), 1_000, 10 * Fuel).ShouldNotBeNull("the run does not end");
        return Describe(run);
    }

    private bool Compare(Func<Value[]> registers, int steps)
    {
        HashSet<string> states = [];
        (IrRun Run, string State)? expected;
        try
        {
            expected = End(before, registers(), steps, Fuel, _mayExitEarlier ? states : null);
        }
        catch (Exception error) when (error is not ShouldAssertException)
        {
            return false; // Undefined: the builder would have guarded these values. Or an operation needs an engine.
        }

        if (expected is not { } ended)
        {
            return !_chargesAhead && _endless++ < EndlessInputs && PassesSameStates(registers, steps);
        }

        if (_chargesAhead && ended.Run.By?.Op == IrOp.ChargeSteps)
        {
            return false;
        }

        (IrRun _, string actual) = End(after, registers(), steps, 10 * Fuel).ShouldNotBeNull("after the pass, the run does not end");
        states.Add(ended.State);
        states.ShouldContain(actual, $"the function behaves differently after the pass:\n{Texts}");
        return actual == ended.State && ended.Run.NodesEvaluated >= before.Entry.Nodes.Count;
    }

    /// <summary>
    /// Compares an endless loop by the states in which it might exit. The run after the passes is shorter, but may do more iterations.
    /// </summary>
    /// <returns>Whether there are any such states.</returns>
    private bool PassesSameStates(Func<Value[]> registers, int steps)
    {
        (HashSet<string> expected, HashSet<string> actual) = ([], []);
        End(before, registers(), steps, Fuel, expected);
        bool ends = End(after, registers(), steps, Fuel / 10, actual) is not null;
        (ends && !_mayExitEarlier).ShouldBeFalse("only after the pass, the run ends");
        actual.Except(expected).ShouldBeEmpty($"the function passes other states after the pass:\n{Texts}");
        return !ends && actual.Count > 1;
    }

    /// <summary>Runs a graph; null if the fuel does not suffice.</summary>
    private (IrRun Run, string State)? End(IrGraph graph, Value[] registers, int steps, int fuel, HashSet<string>? states = null)
    {
        objects.Reset();
        BareContext context = new(steps);
        SnapshotTrace? trace = states is null ? null : new(graph,
            (snapshot, values) => states.Add(StateOf(new IrRun(values, 0) { Exit = snapshot }, registers, context)));
        IrRun? run = IrInterpreter.Run(graph, registers, context, fuel, trace);
        return run is null ? null : (run, StateOf(run, registers, context));
    }

    private string StateOf(IrRun run, Value[] registers, BareContext context)
    {
        ObjectText heap = new();
        string variables = string.Join(' ', registers.Concat(objects.Variables).Select(value => heap.Of(value)));
        return $"{run.State}{variables} {context.StepsUsed} steps {context.MemoryUsed} bytes";
    }

    /// <summary>The frames that an exit restores, on one line.</summary>
    private static string Describe(IrRun run)
    {
        ObjectText texts = new();
        StringBuilder line = new();
        foreach (SnapshotFrame frame in run.Exit!.Frames)
        {
            IEnumerable<string> slots = from slot in frame.Slots
                                        select $"r{slot.Register} = {texts.Of(IrRun.Restored(run.Values[slot.Value]))}";
            line.Append(line.Length == 0 ? string.Empty : " > ").Append(CultureInfo.InvariantCulture,
                $"{frame.Code.Prototype.Name} pc {frame.Pc} {{{string.Join(", ", slots)}}}");
        }

        return line.ToString();
    }
}
