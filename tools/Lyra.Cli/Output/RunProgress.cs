using System;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Lyra.Cli.Output;

/// <summary>Shows the progress of long work as a bar on standard error, if that is a terminal.</summary>
internal static class RunProgress
{
    /// <summary>Does the work and shows its progress.</summary>
    /// <param name="streams">The streams of the command.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="work">The work. Its argument receives the progress; it is null if no bar is shown.</param>
    public static T Show<T>(StandardStreams streams, string unit, Func<IProgress<TierCheckProgress>?, T> work) =>
        StandardStreams.IsErrorTerminal ? ShowBar(streams, unit, work) : work(null);

    /// <summary>A separate method, so that Spectre.Console is loaded for terminals only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T ShowBar<T>(StandardStreams streams, string unit, Func<IProgress<TierCheckProgress>?, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(streams.Error) });
        return console.Progress().AutoClear(enabled: true).Start(context => work(new Bar(context.AddTask(unit))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<TierCheckProgress>
    {
        public void Report(TierCheckProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Runs;
        }
    }
}
