using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Evaluation;

/// <summary>
/// Runs a program and evaluates the IR of its regions as it stands after each pass. Every region is entered in the states that the program
/// produces. The program must behave as in the bytecode interpreter; otherwise the result names the first pass after which it does not.
/// </summary>
internal static class EvaluatedRun
{
    private const int MaxSteps = 20_000_000;

    /// <summary>The names of the stages: the builder, then the passes.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["build", .. PassList.All.Select(pass => pass.Name)];

    /// <summary>Compares every stage with the interpreter.</summary>
    /// <param name="source">The program.</param>
    /// <param name="options">The thresholds and limits of compilation.</param>
    /// <param name="listener">Listens to the compilations; may insert faults into the graphs.</param>
    /// <returns>The number of entries into regions over all stages.</returns>
    public static long ShouldAgree(string source, TierOptions options, ICompileListener? listener = null)
    {
        (string fault, long entries) = FirstFault(source, options, listener);
        fault.ShouldBeEmpty();
        return entries;
    }

    /// <summary>The first stage at which the program behaves differently, with the difference; empty if there is none.</summary>
    public static (string Fault, long Entries) FirstFault(string source, TierOptions options, ICompileListener? listener = null)
    {
        string expected = Run(source, null, 0, null).Behaviour;
        long entries = 0;
        for (int stage = 0; stage < Stages.Count; stage++)
        {
            ScriptRun run = Run(source, options, stage, listener);
            if (run.Behaviour != expected)
            {
                return ($"wrong after {Stages[stage]} (stage {stage}):\n{run.Behaviour}\ninstead of\n{expected}", entries);
            }

            entries += run.Counters.Entries;
        }

        return (string.Empty, entries);
    }

    /// <summary>Makes an engine evaluate its regions as they are after this number of passes.</summary>
    public static void Install(Engine interpreter, TierOptions options, int passes) =>
        interpreter.Tiering.Use(host => Controller(host, options, passes, null));

    private static ScriptRun Run(string source, TierOptions? options, int passes, ICompileListener? listener) => new(
        source,
        new ScriptSetup
        {
            Tiers = options,
            Controller = (host, tiers) => Controller(host, tiers, passes, listener),
            MaxSteps = MaxSteps,
            KeepsStorage = true,
        });

    private static TierController Controller(IRecordingHost host, TierOptions options, int passes, ICompileListener? listener)
    {
        TierController controller = new(host, options);
        controller.Compiler.Fuel = new CompileFuel { Passes = passes };
        controller.Compiler.Evaluation = EvaluatedRegion.Of;
        controller.Compiler.Listener = listener;
        return controller;
    }
}
