using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Profiles;

/// <summary>A profile as a report.</summary>
internal static class ProfileReport
{
    /// <summary>The rows of a table; the JSON form has all.</summary>
    private const int MaxRows = 25;

    public static Report Of(string program, LyraProfile profile)
    {
        List<ReportItem> items = [Summary(profile)];
        AddTiers(items, profile);
        AddFlames(items, profile);
        items.AddRange(profile.Files.Select(file => Source(file, profile)));
        items.Add(Lines(profile));
        items.Add(Procs(profile));
        AddIfAny(items, Loops(profile));
        AddIfAny(items, Branches(profile));
        AddIfAny(items, Allocations(profile));
        AddIfAny(items, Times(profile));
        items.Add(Instructions(profile));
        items.Add(Opcodes(profile));
        return new Report($"profile of {program}", items) { SortsTables = true };
    }

    /// <summary>A line's part of the program, 0 to 1: of the sampled time, or of the instructions if no time was measured.</summary>
    public static double HeatOf(ProfiledLine line, LyraProfile profile)
    {
        return IsTimed(profile)
            ? (line.InterpretedTime + line.CompiledTime) / (profile.InterpretedTime + profile.CompiledTime)
            : Part(line.Instructions, profile.Instructions);
    }

    private static ReportFacts Summary(LyraProfile profile)
    {
        List<(string, string)> facts =
        [
            ("level", profile.Level.ToString().ToLowerInvariant()),
            ("elapsed", Milliseconds(profile.Elapsed)),
            ("instructions",
                $"{Number(profile.Instructions)}, {Percent(profile.CompiledInstructions, profile.Instructions)} of them in compiled code"),
        ];
        if (profile.Level >= ProfileLevel.Detailed)
        {
            TimeSpan sampled = profile.InterpretedTime + profile.CompiledTime;
            facts.Add(("time in the interpreter", PartOf(profile.InterpretedTime, sampled)));
            facts.Add(("time in compiled code", PartOf(profile.CompiledTime, sampled)));
        }

        if (profile.Memory is { } memory)
        {
            facts.Add(("memory reads", Number(memory.Reads)));
            facts.Add(("memory writes", Number(memory.Writes)));
            facts.Add(("allocations", $"{Number(memory.Allocations)}, {Number(memory.Bytes)} bytes"));
        }

        return new ReportFacts(facts);
    }

    private static void AddTiers(List<ReportItem> items, LyraProfile profile)
    {
        TimeSpan sampled = profile.InterpretedTime + profile.CompiledTime;
        if (sampled == TimeSpan.Zero)
        {
            return;
        }

        double compiled = profile.CompiledTime / sampled;
        items.Add(new ReportBars(
            "time by tier", [("interpreter", 1 - compiled, Percent(1 - compiled)), ("compiled code", compiled, Percent(compiled))]));
    }

    private static void AddFlames(List<ReportItem> items, LyraProfile profile)
    {
        if (profile.Calls.Count > 0)
        {
            items.Add(new ReportFlames("calls, as wide as their time", CallTree.Of(profile)));
        }
    }

    /// <summary>All lines of a file, each with its heat.</summary>
    private static ReportSource Source(ProfiledFile file, LyraProfile profile)
    {
        Dictionary<int, ProfiledLine> executed = profile.Lines.Where(line => line.File == file.Name).ToDictionary(line => line.Line);
        List<ReportSourceLine> lines = [];
        foreach (ReadOnlySpan<char> text in file.Text.AsSpan().EnumerateLines())
        {
            int number = lines.Count + 1;
            lines.Add(executed.TryGetValue(number, out ProfiledLine? line)
                ? new ReportSourceLine(number, text.ToString(), HeatOf(line, profile), Number(line.Hits))
                : new ReportSourceLine(number, text.ToString(), 0, string.Empty));
        }

        return new ReportSource($"{file.Name}: executions and share of {(IsTimed(profile) ? "time" : "instructions")}", lines);
    }

    private static bool IsTimed(LyraProfile profile) => profile.InterpretedTime + profile.CompiledTime > TimeSpan.Zero;

    private static ReportTable Lines(LyraProfile profile)
    {
        bool hasTimes = profile.Level >= ProfileLevel.Detailed;
        string[] columns = hasTimes
            ? ["heat", "time", "hits", "instructions", "compiled", "line", "source"]
            : ["heat", "hits", "instructions", "compiled", "line", "source"];
        IEnumerable<string[]> rows = profile.Lines.OrderByDescending(line => HeatOf(line, profile))
            .ThenByDescending(line => line.Instructions)
            .Select(line => (string[])
            [
                Percent(HeatOf(line, profile)),
                .. hasTimes ? [Milliseconds(line.InterpretedTime + line.CompiledTime)] : Array.Empty<string>(),
                Number(line.Hits),
                Number(line.Instructions),
                Percent(line.CompiledInstructions, line.Instructions),
                ProfiledPlace.Of(line.File, line.Line),
                line.Text,
            ]);
        return Table("hot lines", columns, columns.Length - 2, rows);
    }

    private static ReportTable Procs(LyraProfile profile)
    {
        bool hasTimes = profile.Level >= ProfileLevel.Detailed;
        string[] columns = hasTimes
            ? ["with callees", "itself", "calls", "instructions", "compiled", "proc"]
            : ["calls", "instructions", "compiled", "proc"];
        IEnumerable<string[]> rows = profile.Procs.Select(proc => (string[])
        [
            .. hasTimes ? [Milliseconds(proc.InclusiveTime), Milliseconds(proc.ExclusiveTime)] : Array.Empty<string>(),
            Number(proc.Calls),
            Number(proc.Instructions),
            Percent(proc.CompiledInstructions, proc.Instructions),
            NameOf(proc),
        ]);
        return Table("procs", columns, columns.Length - 1, rows);
    }

    private static ReportTable Loops(LyraProfile profile) => Table(
        $"hot loops, over {Number(ProfiledLoop.HotIterations)} iterations",
        ["iterations", "compiled", "proc", "line"],
        2,
        profile.Loops.Where(loop => loop.IsHot)
            .Select(loop => (string[])
                [
                    Number(loop.Iterations),
                    Percent(loop.CompiledIterations, loop.Iterations),
                    loop.Proc,
                    ProfiledPlace.Of(loop.File, loop.Line),
                ]));

    private static ReportTable Branches(LyraProfile profile) => Table(
        "branches",
        ["executed", "taken", "ratio", "line", "operation"],
        3,
        profile.Branches.Select(branch => (string[])
        [
            Number(branch.Count),
            Number(branch.Taken),
            Percent(branch.TakenRatio),
            $"{ProfiledPlace.Of(branch.File, branch.Line)}:{branch.Column}",
            branch.Opcode,
        ]));

    private static ReportTable Allocations(LyraProfile profile) => Table(
        "allocation sites",
        ["bytes", "allocations", "executed", "line", "instruction"],
        3,
        profile.Code.Where(instruction => instruction.Bytes > 0).OrderByDescending(instruction => instruction.Bytes)
            .Select(instruction => (string[])
            [
                Number(instruction.Bytes),
                Number(instruction.Allocations),
                Number(instruction.Count),
                ProfiledPlace.Of(instruction.File, instruction.Line),
                instruction.Text,
            ]));

    private static ReportTable Times(LyraProfile profile) => Table(
        "times of lines in the interpreter, in nanoseconds",
        ["timed", "min", "mean", "p50", "p95", "p99", "max", "line", "source"],
        7,
        profile.Lines.Where(line => line.Times is not null).OrderByDescending(line => line.Times!.Mean * line.Hits)
            .Select(line => (string[])[.. Figures(line.Times!), ProfiledPlace.Of(line.File, line.Line), line.Text]));

    private static ReportTable Instructions(LyraProfile profile)
    {
        bool hasTimes = profile.Level >= ProfileLevel.Detailed;
        string[] columns = hasTimes
            ? ["executed", "compiled", "timed", "min", "mean", "p50", "p95", "p99", "max", "line", "instruction"]
            : ["executed", "compiled", "line", "instruction"];
        IEnumerable<string[]> rows = profile.Code.OrderByDescending(instruction => instruction.Count).Select(instruction => (string[])
        [
            Number(instruction.Count),
            Percent(instruction.CompiledCount, instruction.Count),
            .. hasTimes ? Figures(instruction.Times) : [],
            ProfiledPlace.Of(instruction.File, instruction.Line),
            $"{instruction.Index}  {instruction.Text}",
        ]);
        return Table("instructions", columns, columns.Length - 2, rows);
    }

    private static ReportTable Opcodes(LyraProfile profile) => Table(
        "operations",
        ["executed", "share", "operation"],
        2,
        profile.Opcodes.Select(opcode => (string[])[Number(opcode.Count), Percent(opcode.Share), opcode.Name]));

    private static ReportTable Table(string title, string[] columns, int numbers, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        string heading = all.Length > MaxRows ? $"{title} (the first {MaxRows} of {Number(all.Length)})" : title;
        return new ReportTable(heading, columns, numbers, [.. all.Take(MaxRows)]);
    }

    private static void AddIfAny(List<ReportItem> items, ReportTable table)
    {
        if (table.Rows.Count > 0)
        {
            items.Add(table);
        }
    }

    private static string[] Figures(ProfiledTimes? times) => times is null
        ? ["", "", "", "", "", "", ""]
        : [Number(times.Count), .. new[] { times.Min, times.Mean, times.P50, times.P95, times.P99, times.Max }.Select(Nanoseconds)];

    private static string NameOf(ProfiledProc proc) =>
        ProfiledPlace.OfProc(proc.Name, proc.File, proc.Line);

    private static double Part(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string PartOf(TimeSpan part, TimeSpan whole) =>
        whole == TimeSpan.Zero ? "not sampled: the run was too short" : $"{Milliseconds(part)} ({Percent(part / whole)})";

    private static string Percent(long part, long whole) => Percent(Part(part, whole));

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0.0} %");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N1} ms");

    private static string Nanoseconds(double time) => time.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
