using System;
using System.Collections.Generic;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>The lines of a profile.</summary>
internal sealed class LineTable
{
    private readonly Dictionary<(string File, int Line), Row> _rows = [];
    private readonly SortedDictionary<string, ProfiledFile> _files = new(StringComparer.Ordinal);

    public void Add(CountedProc proc)
    {
        _files.TryAdd(proc.File, new ProfiledFile(proc.File, proc.Original.Source.Text));
        for (int pc = 0; pc < proc.Executions.Length; pc++)
        {
            if (proc.Executions[pc] > 0)
            {
                RowOf(proc, pc).Add(proc, pc);
            }
        }
    }

    /// <summary>The files of the lines, by name.</summary>
    public List<ProfiledFile> Files() => [.. _files.Values];

    /// <summary>The rows by file and line.</summary>
    public List<ProfiledLine> Rows()
    {
        List<ProfiledLine> rows = [];
        foreach (Row row in _rows.Values)
        {
            rows.Add(row.Line with
            {
                Times = Ticks.Times(row.Times),
                InterpretedTime = Ticks.Time(row.Time.Interpreted),
                CompiledTime = Ticks.Time(row.Time.Compiled),
            });
        }

        rows.Sort(static (x, y) => x.File == y.File ? x.Line.CompareTo(y.Line) : string.CompareOrdinal(x.File, y.File));
        return rows;
    }

    private Row RowOf(CountedProc proc, int pc)
    {
        int line = proc.Original.PositionAt(pc).Line;
        if (!_rows.TryGetValue((proc.File, line), out Row? row))
        {
            row = new Row(new ProfiledLine(proc.File, line, proc.Original.Source.LineText(line).Trim(), 0, 0, 0));
            _rows.Add((proc.File, line), row);
        }

        return row;
    }

    private sealed class Row(ProfiledLine line)
    {
        public ProfiledLine Line { get; private set; } = line;

        public TimeHistogram Times { get; } = new();

        public SampledTime Time { get; private set; }

        public void Add(CountedProc proc, int pc)
        {
            Line = Line with
            {
                Hits = Math.Max(Line.Hits, proc.Executions[pc]),
                Instructions = Line.Instructions + proc.Executions[pc],
                CompiledInstructions = Line.CompiledInstructions + proc.CompiledExecutions[pc],
                Bytes = Line.Bytes + proc.Bytes[pc],
            };
            Time += proc.TimeAt(pc);
            if (proc.LineTimes(pc) is { } times)
            {
                Times.Add(times);
            }
        }
    }
}
