using System;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Execution;
using Lyra.Tests.Harness.Conformance;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Runs a script in the interpreter's loop, or step by step with another executor.</summary>
internal static class SingleRuns
{
    /// <summary>The output of the script, how it ended, and its steps.</summary>
    /// <param name="source">The script.</param>
    /// <param name="step">Creates the executor; null for the interpreter's loop.</param>
    /// <param name="level">The optimization level.</param>
    /// <param name="limits">The limits of the run.</param>
    public static string Run(string source, Func<Engine, Func<bool>>? step, int level = 2, LyraLimits? limits = null) =>
        Run(source, step, level, limits, out _);

    public static string Run(string source, Func<Engine, Func<bool>>? step, int level, LyraLimits? limits, out Engine interpreter)
    {
        Engine? used = null;
        string output = Scripts.Run(source, level, limits, engine =>
        {
            used = InterpreterOf(engine);
            used.SingleStep = step?.Invoke(used);
        }, JitMode.Off);
        interpreter = used!;
        return $"{output}{used!.StepsTaken} steps";
    }

    /// <summary>An executor that executes each instruction singly.</summary>
    public static Func<bool> Singly(Engine interpreter) => interpreter.ExecuteOne;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_interpreter")]
    public static extern ref Engine InterpreterOf(LyraEngine engine);
}
