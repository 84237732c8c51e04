using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Access for tools that show compiled code or compare engines.</content>
public sealed partial class LyraEngine
{
    /// <summary>
    /// Connects an inspector of everything that is compiled. Call it before the first script runs, on an engine that compiles.
    /// </summary>
    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Inspect(RegionInspector inspector) => inspector.Watch(_interpreter.Tiers);

    /// <summary>
    /// Connects a listener to every stage of every compilation. Call it before the first script runs, on an engine that compiles.
    /// </summary>
    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void ListenToCompiler(ICompileListener listener) => _interpreter.Tiers.Compiler.Listener = listener;

    /// <summary>
    /// Limits the compilations and their passes. Call it before the first script runs, on an engine that compiles, but not in the
    /// background.
    /// </summary>
    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void LimitCompiler(CompileFuel fuel) => _interpreter.Tiers.Compiler.Fuel = fuel;

    /// <summary>
    /// Calls a delegate whenever the engine looks at the clock, and when a run begins. Its argument is the time in nanoseconds that the
    /// operation behind the look is expected to take.
    /// </summary>
    internal void ObserveClock(Action<long> look) => _interpreter.Limiter.Looked = look;

    /// <summary>True if a script has read module <c>jit</c> or the figures of module <c>vm</c>.</summary>
    internal bool HasReadTierState => _jit is { WasRead: true } || _vm.WasRead;

    /// <summary>The roots of the heap between two runs.</summary>
    /// <param name="result">The result of the last run, or the error that ended it.</param>
    /// <exception cref="System.InvalidOperationException">Another thread is using the engine.</exception>
    internal IReadOnlyList<HeapPart> HeapRoots(Value result) =>
        InGate((this, result), static state => state.Item1._interpreter.Heap.Roots(state.result));

    /// <summary>The bytes of everything that a script could reach, as the memory limit counts them.</summary>
    /// <exception cref="System.InvalidOperationException">Another thread is using the engine.</exception>
    internal long ReachableBytes() => InGate(this, static engine => engine._interpreter.Heap.ReachableBytes());

    /// <summary>The names of a new session.</summary>
    internal SessionNames NewSessionNames() => new(_interpreter.Globals);

    /// <summary>The literal form of a value. Hooks of the script run within the limits of a run; a failed one is an error.</summary>
    /// <exception cref="LyraException">A hook of the script failed.</exception>
    /// <exception cref="LyraLimitException">The work reached a limit or was cancelled.</exception>
    internal string LiteralOf(LyraValue value, CancellationToken cancellationToken)
    {
        // In a container, the builtin tostring shows a value as a literal.
        Value list = LyraValue.From(new[] { value }).Raw;
        Value text = CallValue(Value.FromObject(LibraryTable.FindBuiltin("tostring")!.Proc), [list], FullLimits(cancellationToken));
        return ((ScriptString)text.Ref!).Text[1..^1];
    }

    /// <summary>The number of the engine in events.</summary>
    internal int Number => _interpreter.EngineId;

    /// <summary>Shows the meter the engine's counters as they are now, in the middle of a run.</summary>
    internal void PublishFigures() => _interpreter.PublishFigures();

    /// <summary>The limits of the runs.</summary>
    internal RunLimiter Limiter => _interpreter.Limiter;

    /// <summary>
    /// Replaces the options of the tier controller. Call it before the first script runs. The thresholds of the engine's options stay in
    /// effect.
    /// </summary>
    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TierController UseTiers(TierOptions options)
    {
        _interpreter.Tiering.Use(host => new TierController(host, options));
        return _interpreter.Tiers;
    }
}
