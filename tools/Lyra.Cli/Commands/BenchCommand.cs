using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Baseline;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra bench</c>: measures the shipped programs on the stack baseline, on the tiers, in C#, and on request in other languages. Each run
/// is a new process of this command or of the other language.
/// </summary>
internal static class BenchCommand
{
    private const string Assembly = "lyra";

    public static int Execute(BenchSettings settings, string[] names, StandardStreams streams)
    {
        BenchProgram[] programs = Select(names);
        if (settings.InProcess is { } engine)
        {
            return RunInProcess(engine, programs, names, settings.Size, streams);
        }

        foreach (string file in new[] { settings.JsonFile, settings.HtmlFile, settings.SaveFile }.OfType<string>())
        {
            OutputFile.Require(file);
        }

        BenchResult? stored = settings.CompareFile is { } compared ? ReadStored(compared) : null;
        BenchColumn[] columns = [.. BenchColumns.Tiers, .. settings.WithPeers ? BenchPeers.Find() : []];
        BenchOptions options = new(programs, settings.Size, columns, settings.Rounds, CommandStart.OfThisProcess(Assembly));
        BenchResult result = RunProgress.Show<BenchProgress, BenchResult>(
            streams, "runs", static state => (state.Done, state.Total), progress => BenchRunner.Run(options with { Progress = progress }));
        BenchComparison? comparison = stored is null ? null : Compare(settings.CompareFile!, stored, result, columns);
        BenchReport.Write(result, comparison, streams);
        Save(settings, result, comparison);
        return ExitCodeOf(result, comparison, columns);
    }

    private static BenchProgram[] Select(string[] names)
    {
        BenchProgram[] all = BenchProgram.All();
        if (names.Length == 0)
        {
            return all;
        }

        return [.. names.Distinct().Select(name => Array.Find(all, program => program.Name == name) ?? throw Unknown(name, all))];
    }

    private static UsageException Unknown(string name, BenchProgram[] all)
    {
        string[] names = [.. all.Select(program => program.Name)];
        string hint = NameDistance.Closest(name, names) is { } closest
            ? $"did you mean '{closest}'?"
            : $"the programs are {string.Join(", ", names)}";
        return new UsageException($"there is no benchmark program '{name}'; {hint}");
    }

    private static int RunInProcess(string engine, BenchProgram[] programs, string[] names, BenchSize size, StandardStreams streams)
    {
        if (names.Length == 0 || programs.Length != 1)
        {
            throw new UsageException($"{BenchColumns.InProcess} runs one program; name it");
        }

        if (engine == BenchColumns.InProcessCSharp)
        {
            CSharpRun.Run(programs[0], size, streams.Output);
            return ExitCodes.Done;
        }

        string n = programs[0].WorkAt(size).N.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return BaselineRun.Run(BenchProgram.Text(programs[0].Name), programs[0].File, [n], streams.Output, streams.Error);
    }

    private static BenchResult ReadStored(string file)
    {
        try
        {
            return BenchJson.Read(SourceFile.Read(file));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{file} can't be compared: {e.Message}");
        }
    }

    private static BenchComparison Compare(string file, BenchResult stored, BenchResult result, BenchColumn[] columns)
    {
        try
        {
            return BenchComparison.Of(stored, result, [.. columns.Where(column => column.IsLyra).Select(column => column.Name)]);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{file} can't be compared: {e.Message}");
        }
    }

    private static void Save(BenchSettings settings, BenchResult result, BenchComparison? comparison)
    {
        foreach (string file in new[] { settings.JsonFile, settings.SaveFile }.OfType<string>())
        {
            OutputFile.Write(file, stream => BenchJson.Write(result, stream));
        }

        string[] stored = [.. new[] { settings.CompareFile, settings.SaveFile }.OfType<string>().Distinct()];
        foreach (string file in stored)
        {
            BenchHistory.Append(file, result);
        }

        if (settings.HtmlFile is { } page)
        {
            IReadOnlyList<BenchResult> history = stored.Length == 0 ? [] : ReadHistory(stored[0], result);
            OutputFile.Write(page, stream => BenchPage.Write(result, comparison, history, stream));
        }
    }

    private static IReadOnlyList<BenchResult> ReadHistory(string file, BenchResult result)
    {
        try
        {
            return BenchHistory.Read(file, result.Size);
        }
        catch (FormatException e)
        {
            throw new UsageException($"the history can't be read: {e.Message}");
        }
    }

    /// <summary>Wrong results and failed runs of Lyra and of its yardsticks count; those of other languages are only reported.</summary>
    internal static int ExitCodeOf(BenchResult result, BenchComparison? comparison, BenchColumn[] columns)
    {
        HashSet<string> own = [.. columns.Where(column => column.File is null).Select(column => column.Name)];
        bool hasFailed = result.Unmeasured().Any(entry =>
            own.Contains(entry.Column) && entry.Cell.State is SampleState.Wrong or SampleState.Failed);
        return hasFailed || comparison is { HasFailed: true } ? ExitCodes.CheckFailed : ExitCodes.Done;
    }
}
