using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Hosting;

/// <summary>An engine as module <c>vm</c> shows it to the engine's scripts.</summary>
internal sealed class VmControl(Func<LyraStatistics> read) : IVmControl
{
    private Execution.Interpreter? _interpreter;

    /// <summary>The counters of the cache at the last reset by a script; null before one.</summary>
    private InlineCacheStatistics? _cacheAtReset;

    /// <summary>True if a script has read figures, which may differ in each tier.</summary>
    public bool WasRead { get; private set; }

    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<Figure>>> Stats
    {
        get
        {
            WasRead = true;
            LyraStatistics stats = read();
            return
            [
                new("interpreter", ScriptFigures.Of(stats.Interpreter)),
                new("jit", ScriptFigures.Of(stats.Jit)),
                new("strings", ScriptFigures.Of(stats.Strings)),
                new("arrays", ScriptFigures.Of(stats.Arrays)),
                new("objects", ScriptFigures.Of(stats.Objects)),
                new("pools", ScriptFigures.Of(stats.Pools)),
                new("integrity", ScriptFigures.Of(stats.Integrity)),
            ];
        }
    }

    public IReadOnlyList<Figure> Cache
    {
        get
        {
            WasRead = true;
            InlineCacheStatistics cache = StatisticsReader.ReadCache(_interpreter!);
            return ScriptFigures.Of(_cacheAtReset is null ? cache : cache.Since(_cacheAtReset));
        }
    }

    public IReadOnlyList<KeyValuePair<string, string>> Operators => _interpreter!.Structs.Operators(_interpreter.HostTypes);

    public IReadOnlyList<IReadOnlyList<Figure>> Slabs
    {
        get
        {
            WasRead = true;
            return _interpreter!.Caches.SlabStatistics is { } pool ? Array.ConvertAll(pool.Classes, FiguresOf) : [];
        }
    }

    public (TraceEntry[] Frames, int Omitted) Stack => _interpreter!.Unwinder.Trace();

    public long StepsToReset => _interpreter!.Caches.StepsToTrim;

    public void Reset()
    {
        _interpreter!.Caches.Trim();
        _cacheAtReset = StatisticsReader.ReadCache(_interpreter);
    }

    public void ResetCounters()
    {
        _interpreter!.Caches.ResetPeaks();
        _cacheAtReset = StatisticsReader.ReadCache(_interpreter);
    }

    /// <summary>Connects the control with its interpreter, which is created after it.</summary>
    public void Serve(Execution.Interpreter interpreter) => _interpreter = interpreter;

    private static IReadOnlyList<Figure> FiguresOf(SlabClassStatistics size) =>
        ScriptFigures.Of(StatisticsReader.Read(size with { Peak = size.RecentPeak }));
}
