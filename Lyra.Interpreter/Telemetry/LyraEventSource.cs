using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// The event source of all engines of the process, for tools such as <c>dotnet-trace collect --providers Lyra</c>. <see cref="Monitoring"/>
/// creates it. Each event begins with the number of its engine, from 1 on in a process.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class LyraEventSource : EventSource
{
    public static readonly LyraEventSource Log = new();

    public const string SourceName = "Lyra";

    /// <summary>Gives the name, so that .NET does not read the attribute by reflection: that takes twice as long as all the rest.</summary>
    private LyraEventSource()
        : base(SourceName, EventSourceSettings.EtwManifestEventFormat)
    {
    }

    /// <summary>Writes an event of the compiler.</summary>
    /// <param name="engine">The number of the engine.</param>
    /// <param name="e">The event.</param>
    /// <param name="isExitHot">Whether it says that an exit became hot.</param>
    [NonEvent]
    public void Write(int engine, LyraJitEvent e, bool isExitHot)
    {
        switch (e.Kind)
        {
            case LyraJitEventKind.Hot when isExitHot:
                ExitHot(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Hot:
                RegionHot(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Recorded:
                RegionRecorded(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Compiled:
                RegionCompiled(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Aborted:
                RegionAborted(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Dropped:
                RegionDropped(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Blacklisted:
                Blacklisted(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Exit:
                LoopEnded(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            case LyraJitEventKind.Deoptimized:
                Deoptimized(engine, e.File, e.Line, e.Proc, e.Detail);
                break;
            default:
                throw new UnreachableException();
        }
    }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "{1}:{2} ({3}) is hot {4}")]
    public void RegionHot(int engine, string file, int line, string proc, string detail) =>
        WriteEvent(1, engine, file, line, proc, detail);

    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "{1}:{2} ({3}) is recorded {4}")]
    public void RegionRecorded(int engine, string file, int line, string proc, string detail) =>
        WriteEvent(2, engine, file, line, proc, detail);

    [Event(3, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "{1}:{2} ({3}) is compiled: {4}")]
    public void RegionCompiled(int engine, string file, int line, string proc, string detail) =>
        WriteEvent(3, engine, file, line, proc, detail);

    [Event(4, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "{1}:{2} ({3}) is not compiled: {4}")]
    public void RegionAborted(int engine, string file, int line, string proc, string reason) =>
        WriteEvent(4, engine, file, line, proc, reason);

    [Event(5, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "The code of {1}:{2} ({3}) is dropped: {4}")]
    public void RegionDropped(int engine, string file, int line, string proc, string reason) =>
        WriteEvent(5, engine, file, line, proc, reason);

    [Event(6, Level = EventLevel.Informational, Keywords = Keywords.Regions, Message = "{1}:{2} ({3}) is rarely tried again {4}")]
    public void Blacklisted(int engine, string file, int line, string proc, string reason) =>
        WriteEvent(6, engine, file, line, proc, reason);

    [Event(7, Level = EventLevel.Informational, Keywords = Keywords.Exits, Message = "The {4} of {1}:{2} ({3}) is hot")]
    public void ExitHot(int engine, string file, int line, string proc, string exit) => WriteEvent(7, engine, file, line, proc, exit);

    [Event(8, Level = EventLevel.Verbose, Keywords = Keywords.Exits, Message = "{1}:{2} ({3}) exited for the first time: {4}")]
    public void Deoptimized(int engine, string file, int line, string proc, string guard) => WriteEvent(8, engine, file, line, proc, guard);

    [Event(9, Level = EventLevel.Verbose, Keywords = Keywords.Exits, Message = "{1}:{2} ({3}) ended in compiled code for the first time")]
    public void LoopEnded(int engine, string file, int line, string proc, string guard) => WriteEvent(9, engine, file, line, proc, guard);

    [Event(10, Level = EventLevel.Informational, Keywords = Keywords.Engines, Message = "Engine {0} is created, with the JIT {1}")]
    public void EngineCreated(int engine, string jit) => WriteEvent(10, engine, jit);

    [Event(11, Level = EventLevel.Informational, Keywords = Keywords.Engines, Message = "Engine {0} is disposed after {1} runs")]
    public void EngineDisposed(int engine, long runs) => WriteEvent(11, engine, runs);

    [Event(12, Level = EventLevel.Warning, Keywords = Keywords.Limits, Message = "{2}:{3}: {4} ({1})")]
    public void LimitReached(int engine, string limit, string file, int line, string message) =>
        WriteEvent(12, engine, limit, file, line, message);

    [Event(13, Level = EventLevel.Informational, Keywords = Keywords.Cache, Message = "Engine {0} evicted {1} cache entries")]
    public void CacheEvicted(int engine, int entries) => WriteEvent(13, engine, entries);

    [Event(14, Level = EventLevel.Informational, Keywords = Keywords.Cache, Message = "Engine {0} emptied its cache of {1} entries")]
    public void CacheReset(int engine, int entries) => WriteEvent(14, engine, entries);

    [Event(15, Level = EventLevel.Informational, Keywords = Keywords.Pools, Message = "Engine {0} has {2} more slots of {1} bytes")]
    public void PoolGrew(int engine, int slotBytes, int slots) => WriteEvent(15, engine, slotBytes, slots);

    [Event(16, Level = EventLevel.Informational, Keywords = Keywords.Pools, Message = "Engine {0} has {2} slots of {1} bytes fewer")]
    public void PoolTrimmed(int engine, int slotBytes, int slots) => WriteEvent(16, engine, slotBytes, slots);

    [Event(17, Level = EventLevel.Warning, Keywords = Keywords.Health, Message = "Engine {0}: {2} ({1})")]
    public void HealthWarning(int engine, string kind, string message) => WriteEvent(17, engine, kind, message);

    [Event(18, Level = EventLevel.Error, Keywords = Keywords.Health, Message = "Engine {0}: {1}")]
    public void IntegrityViolated(int engine, string message) => WriteEvent(18, engine, message);

    /// <summary>The groups of events that a listener can choose.</summary>
    public static class Keywords
    {
        /// <summary>Engines that are created and disposed.</summary>
        public const EventKeywords Engines = (EventKeywords)0x1;

        /// <summary>Runs that end at a limit or are cancelled.</summary>
        public const EventKeywords Limits = (EventKeywords)0x2;

        /// <summary>What is recorded, compiled and dropped.</summary>
        public const EventKeywords Regions = (EventKeywords)0x4;

        /// <summary>Exits from compiled code: those that are hot and, at the verbose level, the first of each guard.</summary>
        public const EventKeywords Exits = (EventKeywords)0x8;

        /// <summary>The shared cache of member lookups.</summary>
        public const EventKeywords Cache = (EventKeywords)0x10;

        /// <summary>The slab pools.</summary>
        public const EventKeywords Pools = (EventKeywords)0x20;

        /// <summary>Warnings of leaks, and changes of code in memory.</summary>
        public const EventKeywords Health = (EventKeywords)0x40;
    }
}
