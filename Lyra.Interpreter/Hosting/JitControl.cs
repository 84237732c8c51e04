using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>The compiler to machine code of an engine, as module <c>jit</c> sees it.</summary>
/// <param name="isAvailable">True if the platform can compile.</param>
internal sealed class JitControl(bool isAvailable) : IJitControl
{
    private Execution.Interpreter? _interpreter;

    public bool IsAvailable { get; } = isAvailable;

    /// <summary>True if a script has read it. Such a script may behave differently in each tier.</summary>
    public bool WasRead { get; private set; }

    public bool IsOn
    {
        get
        {
            WasRead = true;
            return IsAvailable && _interpreter is { Tiering.CompilesHotCode: true };
        }
        set
        {
            if (_interpreter is not null)
            {
                _interpreter.Tiering.CompilesHotCode = value;
            }
        }
    }

    public IReadOnlyList<KeyValuePair<string, Value>> Stats
    {
        get
        {
            WasRead = true;
            JitStatistics stats = _interpreter is null ? new JitStatistics() : StatisticsReader.ReadJit(_interpreter);
            return
            [
                new("tracesStarted", Value.FromInt(stats.TracesStarted)),
                new("tracesCompiled", Value.FromInt(stats.TracesCompiled)),
                new("sideTraces", Value.FromInt(stats.SideTraces)),
                new("aborts", Value.FromInt(Sum(stats.Aborts))),
                new("entries", Value.FromInt(stats.Entries)),
                new("guardExits", Value.FromInt(Sum(stats.GuardExits))),
                new("deoptimizations", Value.FromInt(stats.Deoptimizations)),
                new("codeBytes", Value.FromInt(stats.CodeBytes)),
                new("compileTime", Value.FromFloat(stats.CompileTime.TotalSeconds)),
                new("steps", Value.FromInt(stats.Steps)),
                new("compiledSteps", Value.FromInt(stats.CompiledSteps)),
            ];
        }
    }

    /// <summary>Connects the control with its interpreter, which is created after it.</summary>
    public void Serve(Execution.Interpreter interpreter) => _interpreter = interpreter;

    private static long Sum(IReadOnlyDictionary<string, long> counts)
    {
        long sum = 0;
        foreach (KeyValuePair<string, long> count in counts)
        {
            sum += count.Value;
        }

        return sum;
    }
}
