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
    /// <param name="count">The number that is done, and that of all.</param>
    /// <param name="work">The work. Its argument receives the progress; it is null if no bar is shown.</param>
    public static T Show<TProgress, T>(
        StandardStreams streams, string unit, Func<TProgress, (int Done, int Total)> count, Func<IProgress<TProgress>?, T> work) =>
        StandardStreams.IsErrorTerminal ? ShowBar(streams, unit, count, work) : work(null);

    /// <summary>A separate method, so that Spectre.Console is loaded for terminals only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T ShowBar<TProgress, T>(
        StandardStreams streams, string unit, Func<TProgress, (int Done, int Total)> count, Func<IProgress<TProgress>?, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(streams.Error) });
        return console.Progress().AutoClear(enabled: true).Start(context => work(new Bar<TProgress>(context.AddTask(unit), count)));
    }

    private sealed class Bar<TProgress>(ProgressTask task, Func<TProgress, (int Done, int Total)> count) : IProgress<TProgress>
    {
        public void Report(TProgress value)
        {
            (int done, int total) = count(value);
            task.MaxValue = total;
            task.Value = done;
        }
    }
}
