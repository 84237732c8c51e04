using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Cli.Options;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Reports;

/// <summary>
/// The observations of an inspector as a report. Only the values of "compile time" differ between runs of the same program.
/// </summary>
internal static class TraceReport
{
    public const string CompileTime = "compile time";

    /// <param name="file">The program.</param>
    /// <param name="inspector">The inspector of its run.</param>
    /// <param name="steps">The steps of the run.</param>
    /// <param name="settings">What to show.</param>
    public static Report Of(string file, RegionInspector inspector, long steps, TraceSettings settings)
    {
        long compiled = inspector.Places.Sum(place => place.Steps);
        List<ReportItem> items =
        [
            new ReportFacts([("steps", $"{Number(steps)}, of which {Number(compiled)} ({Percent(compiled, steps)}) in compiled code")]),
        ];
        if (inspector.Places.Count == 0)
        {
            items.Add(new ReportNote("Nothing became hot: see --hot-loop."));
        }

        foreach (HotPlace place in inspector.Places)
        {
            items.Add(SectionOf(place, steps, settings));
        }

        return new Report($"trace of {file}", items);
    }

    private static ReportSection SectionOf(HotPlace place, long steps, TraceSettings settings)
    {
        List<(string, string)> facts =
        [
            ("hot after", place.IsProc ? Count(place.Count, "call") : Count(place.Count, "back-edge")),
            ("recordings", $"{Number(place.Recordings)} of the {Kind(place)}, {Number(place.ExitRecordings)} of exits"),
            ("versions", Number(place.Versions.Count)),
            ("steps", $"{Number(place.Steps)} ({Percent(place.Steps, steps)} of all)"),
        ];
        if (place.Dropped is { } drop)
        {
            facts.Add(("dropped", drop));
        }

        if (place.Blacklisted is { } why)
        {
            facts.Add(("blacklisted", why));
        }

        List<ReportItem> items = [new ReportFacts(facts)];
        if (place.Failures.Count > 0)
        {
            items.Add(FailuresOf(place));
        }

        IEnumerable<CompiledVersion> shown = settings.ShowsIr ? place.Versions : place.Versions.TakeLast(1);
        items.AddRange(shown.Select(version => VersionOf(version, steps, settings)));
        SourcePlace at = place.Place;
        return new ReportSection($"{Kind(place)} in {at.Proc} at {at.File}:{at.Line}", at.Text, items);
    }

    private static ReportTable FailuresOf(HotPlace place)
    {
        string[][] rows =
        [
            .. place.Failures.Select(failure => new[] { Number(failure.Count), failure.Reason.ToString(), MeaningOf(failure) }),
        ];
        return new ReportTable("aborted", ["attempts", "reason", "meaning"], 1, rows);
    }

    private static string MeaningOf(FailedAttempts failure) => failure.Detail.Length == 0
        ? AbortDescription.Of(failure.Reason)
        : $"{AbortDescription.Of(failure.Reason)}; {FirstLine(failure.Detail)}";

    /// <summary>The detail of a compiler fault is a .NET trace. Its first line names the fault.</summary>
    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();

    private static ReportSection VersionOf(CompiledVersion version, long steps, TraceSettings settings)
    {
        List<ReportItem> items =
        [
            new ReportFacts(
            [
                ("recorded", $"{Count(version.Recordings, "recording")}, {Count(version.Iterations, "iteration")}"),
                (CompileTime, settings.ShowsIr ? $"{TimeOf(version)}; longest passes: {LongestPasses(version)}" : TimeOf(version)),
                ("size", SizeOf(version)),
                ("entered", Count(version.Entries, "time")),
                ("steps", $"{Number(version.Steps)} ({Percent(version.Steps, steps)} of all)"),
            ]),
            new ReportTree("contents", NodeOf(version.Tree)),
            Lines(version),
            Guards(version),
        ];
        if (version.Interpreted.Count > 0)
        {
            string[][] rows =
            [
                .. version.Interpreted.Select(i => new[] { Number(i.Count), $"{i.Place.File}:{i.Place.Line}", i.Instruction }),
            ];
            items.Add(new ReportTable("executed by the interpreter", ["times", "line", "instruction"], 1, rows));
        }

        if (settings.ShowsIr)
        {
            items.AddRange(version.Stages.Select(StageOf));
        }

        if (settings.ShowsIl)
        {
            items.Add(new ReportCode("IL", version.Il));
        }

        return new ReportSection($"version {version.Number}", null, items);
    }

    private static string SizeOf(CompiledVersion version) =>
        $"{Count(version.IlBytes, "byte")} of IL, {Count(version.Nodes, "node")} in {Count(version.Blocks, "block")}, "
        + Count(version.GuardCount, "guard");

    private static ReportItem StageOf(StageText stage) => stage.Text is null
        ? new ReportNote($"{stage.Name} changed nothing")
        : new ReportCode($"IR after {stage.Name}", stage.Text);

    private static ReportTreeNode NodeOf(RegionPart part)
    {
        SourcePlace at = part.Place;
        string text = part.Kind switch
        {
            RegionPartKind.Loop => $"loop, line {at.Line}: {at.Text}",
            RegionPartKind.DirectCall => $"call of compiled {at.Proc} in line {part.CalledAt}",
            _ when part.CalledAt > 0 => $"{at.Proc}, called in line {part.CalledAt}",
            _ => $"{at.Proc}, line {at.Line}",
        };
        return new ReportTreeNode(text, [.. part.Parts.Select(NodeOf)]);
    }

    private static ReportTable Lines(CompiledVersion version)
    {
        IReadOnlyList<RegionLine> lines = version.Lines;
        int margin = lines.Count == 0 ? 0 : lines.Min(line => line.Text.Length - line.Text.TrimStart().Length);
        string[] files = [.. lines.Select(line => line.File).Distinct()];
        string[][] rows =
        [
            .. lines.Select(line => new[]
            {
                Number(line.Guards),
                Number(line.Exits),
                Number(line.Interpreted),
                files.Length > 1 ? $"{line.File}:{line.Line}" : Number(line.Line),
                line.Text[margin..],
            }),
        ];
        return new ReportTable("lines", ["guards", "exits", "interpreted", "line", "source"], files.Length > 1 ? 3 : 4, rows);
    }

    /// <summary>Guards of one line with the same assumption share a row.</summary>
    private static ReportTable Guards(CompiledVersion version)
    {
        string[][] rows =
        [
            .. version.Guards.GroupBy(guard => (guard.Place.File, guard.Place.Line, guard.Assumption))
                .OrderByDescending(group => group.Sum(guard => guard.Exits))
                .Select(group => new[]
                {
                    Number(group.Sum(guard => guard.Exits)),
                    Number(group.Count()),
                    $"{group.Key.File}:{group.Key.Line}",
                    group.Key.Assumption,
                }),
        ];
        return new ReportTable("guards", ["exits", "guards", "line", "exits unless"], 2, rows);
    }

    private static string TimeOf(CompiledVersion version) => version.BackgroundTime == default
        ? Milliseconds(version.CompileTime)
        : $"{Milliseconds(version.CompileTime)}, and {Milliseconds(version.BackgroundTime)} on another thread";

    private static string LongestPasses(CompiledVersion version) =>
        string.Join(", ", version.PassTimes.Take(3).Select(pass => $"{pass.Pass} {Milliseconds(pass.Time)}"));

    private static string Kind(HotPlace place) => place.IsProc ? "proc" : "loop";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long number, string unit, string plural = "s") =>
        $"{Number(number)} {unit}{(number == 1 ? string.Empty : plural)}";

    private static string Percent(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 0 : 100.0 * part / whole):0.0} %");
}
