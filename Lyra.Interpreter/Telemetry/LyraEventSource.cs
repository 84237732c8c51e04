using System.Diagnostics.Tracing;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// The event source of all engines of the process, for tools such as <c>dotnet-trace collect --providers Lyra</c>. It is created when the
/// first script becomes hot.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class LyraEventSource : EventSource
{
    public static readonly LyraEventSource Log = new();

    private const string SourceName = "Lyra";

    /// <summary>Gives the name, so that .NET does not read the attribute by reflection: that takes twice as long as all the rest.</summary>
    private LyraEventSource()
        : base(SourceName, EventSourceSettings.EtwManifestEventFormat)
    {
    }

    /// <summary>Writes an event: as <see cref="JitExit"/> at the level of exits, otherwise as <see cref="JitEvent"/>.</summary>
    [NonEvent]
    public void Write(LyraJitEvent e, EventLevel level)
    {
        if (level == EventLevel.Verbose)
        {
            JitExit(e.Kind.ToString(), e.File, e.Line, e.Proc, e.Detail);
            return;
        }

        JitEvent(e.Kind.ToString(), e.File, e.Line, e.Proc, e.Detail);
    }

    [Event(1, Level = EventLevel.Informational, Message = "{1}:{2} ({3}): {0} {4}")]
    public void JitEvent(string kind, string file, int line, string proc, string detail) => WriteEvent(1, kind, file, line, proc, detail);

    /// <summary>As <see cref="JitEvent"/>, for exits of compiled code, which are frequent.</summary>
    [Event(2, Level = EventLevel.Verbose, Message = "{1}:{2} ({3}): {0} {4}")]
    public void JitExit(string kind, string file, int line, string proc, string detail) => WriteEvent(2, kind, file, line, proc, detail);
}
