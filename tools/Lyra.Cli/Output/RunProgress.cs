using System;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Lyra.Cli.Output;

/// <summary>How far long work has come: a bar on standard error where that is a terminal, nothing elsewhere.</summary>
internal static class RunProgress
{
    /// <summary>Does the work and shows its progress meanwhile.</summary>
    /// <param name="streams">Where it is shown.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="work">Gets whom to tell; null when nobody looks.</param>
    public static T Show<T>(StandardStreams streams, string unit, Func<IProgress<TierCheckProgress>?, T> work) =>
        StandardStreams.IsErrorTerminal ? ShowBar(streams, unit, work) : work(null);

    /// <summary>In a method of its own, so that the library is loaded only where somebody looks.</summary>
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
