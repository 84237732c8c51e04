using System;
using System.Runtime.CompilerServices;
using Lyra.Tests.Unit.Interpreter.Execution;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Deoptimization;

/// <summary>Runs a script by the loop, and with every instruction executed on its own.</summary>
internal static class SingleRuns
{
    /// <summary>What the script prints and how it ends, then the steps that it took and the memory that is left.</summary>
    public static string Run(string source, bool singly, int level = 2, LyraLimits? limits = null, Action<LyraEngine>? prepare = null)
    {
        Engine? interpreter = null;
        string output = Scripts.Run(source, level, limits, engine =>
        {
            interpreter = InterpreterOf(engine);
            interpreter.ExecutesSingly = singly;
            prepare?.Invoke(engine);
        });
        return $"{output}{interpreter!.StepsTaken} steps, {interpreter.MemoryLeft} bytes left";
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_interpreter")]
    public static extern ref Engine InterpreterOf(LyraEngine engine);
}
