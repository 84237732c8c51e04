using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Passes;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Evaluation;

/// <summary>
/// A program whose regions are interpreted as IR, as it stands after each pass: what the program does must be what the interpreter of bytecode does, for each
/// entry of each region on the state that the program brought it to. A wrong answer names the first pass after which it is wrong.
/// </summary>
internal static class EvaluatedRun
{
    private const int MaxSteps = 20_000_000;

    /// <summary>What the stages are called: the builder's, then a pass each.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["build", .. PassList.All.Select(pass => pass.Name)];

    /// <summary>Compares every stage.</summary>
    /// <param name="source">The program.</param>
    /// <param name="options">When and how much is compiled.</param>
    /// <param name="listener">Sees the compilations; may spoil the graphs.</param>
    /// <returns>Entries into regions over all stages.</returns>
    public static long ShouldAgree(string source, TierOptions options, ICompileListener? listener = null)
    {
        (string fault, long entries) = FirstFault(source, options, listener);
        fault.ShouldBeEmpty();
        return entries;
    }

    /// <summary>The first stage at which the program does something else, and what; empty when there is none.</summary>
    public static (string Fault, long Entries) FirstFault(string source, TierOptions options, ICompileListener? listener = null)
    {
        string expected = Run(source, null, 0, null, out _);
        long entries = 0;
        for (int stage = 0; stage < Stages.Count; stage++)
        {
            string actual = Run(source, options, stage, listener, out TierCounters? counters);
            if (actual != expected)
            {
                return ($"wrong after {Stages[stage]} (stage {stage}):\n{actual}\ninstead of\n{expected}", entries);
            }

            entries += counters!.Entries;
        }

        return (string.Empty, entries);
    }

    /// <summary>Has an engine evaluate its regions as they are after so many passes.</summary>
    /// <returns>What compiles them, once something is hot.</returns>
    public static Func<TierController> Install(Engine interpreter, TierOptions options, int passes, ICompileListener? listener = null)
    {
        interpreter.UseTiers(recording =>
        {
            TierController controller = new(recording, options);
            controller.Compiler!.Fuel = new CompileFuel { Passes = passes };
            controller.Compiler.Evaluation = EvaluatedRegion.Of;
            controller.Compiler.Listener = listener;
            return controller;
        });
        return () => interpreter.Tiers;
    }

    private static string Run(string source, TierOptions? options, int passes, ICompileListener? listener, out TierCounters? counters)
    {
        StringBuilder output = new();
        HostServices host = new() { Output = new StringWriter(output) { NewLine = "\n" } };
        TierSettings? tiers = options is null ? null : new TierSettings(options.HotLoop, options.HotProc, options.HotExit);
        Engine interpreter = new(new InterpreterSettings(1_000, host, null, Tiers: tiers));
        Func<TierController>? controller = options is null ? null : Install(interpreter, options, passes, listener);
        ModuleInstance module = interpreter.Link(ScriptCompiler.Compile(source, "evaluated.lyra", 2).Module, "evaluated", out _);
        try
        {
            interpreter.Run(module, new RunLimits(MaxSteps, null, default));
        }
        catch (ScriptErrorException e)
        {
            output.Append($"{e.Error.ErrorKind}: {e.Error.Message}\n{string.Join('\n', e.Error.TraceLines())}");
        }

        counters = controller?.Invoke().Counters;
        return $"{output}\n{interpreter.StepsTaken} steps";
    }
}
