using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Access for tools that show compiled code or compare engines.</content>
public sealed partial class LyraEngine
{
    /// <summary>The compiler, for tools.</summary>
    internal CompilerAccess Compiler => new(_interpreter);

    /// <summary>True if a script has read module <c>jit</c> or the figures of module <c>vm</c>.</summary>
    internal bool HasReadTierState => _jit is { WasRead: true } || _vm.WasRead;

    /// <summary>The roots of the heap between two runs.</summary>
    /// <param name="result">The result of the last run, or the error that ended it.</param>
    internal IReadOnlyList<HeapPart> HeapRoots(Value result) =>
        InGate((this, result), static state => state.Item1._interpreter.Heap.Roots(state.result));

    /// <summary>The bytes of everything that a script could reach, as the memory limit counts them.</summary>
    internal long ReachableBytes() => InGate(this, static engine => engine._interpreter.Heap.ReachableBytes());

    /// <summary>The runs, for sessions and tools.</summary>
    internal EngineRuns Runs => _runs;

    /// <summary>Is told what happens to the engine.</summary>
    internal EngineMonitor Monitor => _monitor;

    internal SessionNames NewSessionNames() => new(_interpreter.Globals);

    /// <summary>The literal form of a value. Hooks of the script run within the limits of a run; a failed one is an error.</summary>
    /// <exception cref="LyraException">A hook of the script failed.</exception>
    /// <exception cref="LyraLimitException">The work reached a limit or was cancelled.</exception>
    internal string LiteralOf(LyraValue value, CancellationToken cancellationToken)
    {
        // In a container, the builtin tostring shows a value as a literal.
        Value list = LyraValue.From(new[] { value }).Raw;
        Value text = _runs.CallValue(Value.FromObject(LibraryTable.FindBuiltin("tostring")!.Proc), [list], cancellationToken);
        return ((ScriptString)text.Ref!).Text[1..^1];
    }

    internal int Number => _interpreter.EngineId;

    /// <summary>Shows the meter the engine's counters as they are now, in the middle of a run.</summary>
    internal void PublishFigures() => _interpreter.Reports.Publish();

    /// <summary>The limits of the runs.</summary>
    internal RunLimiter Limiter => _interpreter.Limiter;
}
