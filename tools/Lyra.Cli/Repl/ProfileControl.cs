using Lyra.Cli.Files;
using Lyra.Cli.Output;
using Lyra.Cli.Profiles;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Repl;

/// <summary>The command <c>:profile</c>.</summary>
internal static class ProfileControl
{
    public static void Execute(ReplSession session, string argument)
    {
        switch (argument)
        {
            case "on" when session.Profiler is null:
                session.Profiler = session.Engine.Profile(ProfileLevel.Detailed);
                break;
            case "on":
                throw new UsageException("the session is being profiled already; :profile off ends that");
            case "show":
                Show(session);
                break;
            case "off":
                Required(session).Dispose();
                session.Profiler = null;
                break;
            default:
                throw new UsageException($":profile needs on, show or off, not '{ErrorReport.OneLine(argument)}'");
        }
    }

    private static void Show(ReplSession session)
    {
        Report report = ProfileReport.Of("the session", Required(session).Snapshot());
        ReportOutput.Write(report, session.Streams.Output, session.Streams.IsTerminal);
    }

    private static LyraProfiler Required(ReplSession session) =>
        session.Profiler ?? throw new UsageException("the session is not being profiled; begin with :profile on");
}
