using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Baseline;
using Lyra.Bench.Suite.Claims;
using Lyra.Bench.Suite.Micro;
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

    private const string NeedsTree = "--claims needs README.md and the other documents";

    /// <summary>The most further measurements of programs that seem slower than the limit.</summary>
    private const int MostRepetitions = 2;

    /// <summary>The stored result of the repository, beside the command.</summary>
    private static readonly string Stored = Path.Combine(AppContext.BaseDirectory, "Regression", "small.json");

    public static int Execute(BenchSettings settings, string[] names, StandardStreams streams)
    {
        if (settings.InProcess is { } engine)
        {
            return RunInProcess(engine, names, settings.Size ?? BenchSize.Mid, streams);
        }

        BenchRequest request = BenchRequest.Of(names, settings);
        bool isRegression = request.Parts.HasFlag(BenchParts.Regression);
        string? compared = settings.CompareFile
            ?? (isRegression && settings is { SaveFile: null, Against: null } ? Stored : null);
        Require(settings, compared);
        BenchResult? stored = compared is null ? null : ReadStored(compared);
        BenchColumn[] columns = ColumnsOf(settings, isRegression);
        BenchOptions options = new(
            request.Programs,
            settings.Size ?? (isRegression ? BenchSize.Small : BenchSize.Mid),
            columns,
            settings.Rounds,
            CommandStart.OfThisProcess(Assembly))
        {
            Parts = request.Parts,
            Groups = request.Groups,
        };
        options = settings.ChecksClaims ? WithClaims(options) : options;
        BenchResult result = Checked(settings, Run(options, streams));
        BenchComparison? comparison = null;
        if (settings.Against is { } command)
        {
            (result, comparison) = Compare(result, options, streams, now => Beside(command, now, settings.Limit));
        }
        else if (stored is not null)
        {
            string[] own = [.. columns.Where(column => column.IsLyra).Select(column => column.Name)];
            (result, comparison) = Compare(
                result, options, streams, now => WithStored(compared!, stored, now, own, settings.Limit ?? BenchChange.Failure));
        }

        BenchReport.Write(result, comparison, request.Parts, streams);
        Save(settings, result, comparison);
        return ExitCodeOf(result, comparison, columns);
    }

    private static void Require(BenchSettings settings, string? compared)
    {
        if (settings.MarkdownFile is not null && !settings.ChecksClaims)
        {
            throw new UsageException("--markdown writes the table of --claims; add that option");
        }

        if (settings.Limit is not null && compared is null && settings.Against is null)
        {
            throw new UsageException("--limit is for comparisons; add --compare FILE or --against COMMAND, or select regression");
        }

        if (settings is { Against: not null, CompareFile: not null } or { Against: not null, ChecksClaims: true })
        {
            throw new UsageException("--against compares with another build alone; remove --compare and --claims");
        }

        foreach (string file in settings.OutputFiles)
        {
            OutputFile.Require(file);
        }
    }

    private static BenchColumn[] ColumnsOf(BenchSettings settings, bool isRegression)
    {
        if (settings.ChecksClaims)
        {
            return [.. BenchColumns.ComparedLanguages, .. BenchPeers.In(SourceTree.Require(NeedsTree))];
        }

        if (settings.Against is { } command)
        {
            return [.. BenchColumns.Regression, .. BenchColumns.OfOtherBuild(CommandStart.Of(command))];
        }

        BenchColumn[] columns = isRegression ? BenchColumns.Regression : BenchColumns.Tiers;
        return [.. columns, .. settings.WithPeers ? BenchPeers.Require() : []];
    }

    /// <summary>
    /// Claims also compare the tiers with the stack baseline, and Lyra with its peers on the programs of other folders, unless programs are
    /// selected.
    /// </summary>
    private static BenchOptions WithClaims(BenchOptions options) => options with
    {
        TierColumns = BenchColumns.Tiers,
        Sets = options.Programs.Count == BenchProgram.All().Length
            ? new PeerSets(SourceTree.Require(NeedsTree), options.Command)
            : null,
    };

    private static BenchResult Run(BenchOptions options, StandardStreams streams) => RunProgress.Show<BenchProgress, BenchResult>(
        streams, "runs", static state => (state.Done, state.Total), progress => BenchRunner.Run(options with { Progress = progress }));

    private static BenchResult Checked(BenchSettings settings, BenchResult result)
    {
        if (!settings.ChecksClaims)
        {
            return result;
        }

        string tree = SourceTree.Require(NeedsTree);
        return result with { Claims = ClaimCheck.Check(result, file => SourceFile.Read(Path.Combine(tree, file))) };
    }

    private static int RunInProcess(string engine, string[] names, BenchSize size, StandardStreams streams)
    {
        if (engine == BenchColumns.InProcessStress)
        {
            StressRun.Run(streams.Output);
            return ExitCodes.Done;
        }

        BenchProgram[] programs = BenchRequest.Of(names, new BenchSettings()).Programs;
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

    /// <summary>Compares a result. Programs that seem too slow are measured again, because other work may have disturbed them.</summary>
    private static (BenchResult Result, BenchComparison Comparison) Compare(
        BenchResult result, BenchOptions options, StandardStreams streams, Func<BenchResult, BenchComparison> compare)
    {
        BenchComparison comparison = compare(result);
        for (int repetition = 0; repetition < MostRepetitions; repetition++)
        {
            HashSet<string> slow = [.. comparison.Changes.Where(change => change.IsFailure).Select(change => change.Program)];
            if (slow.Count == 0)
            {
                break;
            }

            BenchProgram[] programs = [.. options.Programs.Where(program => slow.Contains(program.Name))];
            result = result.With(Run(options with { Programs = programs, Parts = BenchParts.Times }, streams));
            comparison = compare(result);
        }

        return (result, comparison);
    }

    private static BenchComparison WithStored(string file, BenchResult stored, BenchResult result, string[] columns, double limit)
    {
        try
        {
            return BenchComparison.Of(stored, result, columns, limit);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{file} can't be compared: {e.Message}");
        }
    }

    /// <summary>Compares a result with that of another build, which ran in the same rounds.</summary>
    private static BenchComparison Beside(string command, BenchResult result, double? limit)
    {
        string[] columns = [.. BenchColumns.Regression.Select(column => column.Name)];
        try
        {
            return BenchComparison.Of(result.OfOtherBuild(), result, columns, limit ?? BenchChange.PairedFailure) with
            {
                MeanLimit = BenchChange.Failure,
                Origin = command,
            };
        }
        catch (FormatException)
        {
            throw new UsageException($"--against finds no program that {command} runs; name the command lyra of another build");
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

        if (settings.MarkdownFile is { } document)
        {
            OutputFile.Write(document, stream => ClaimPage.Write(result, stream));
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
