using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra;

namespace Spreadsheet;

/// <summary>
/// Cells with formulas in Lyra. A change calculates the cells that depend on it. Cells on a cycle, and those that depend on one, get an
/// error.
/// </summary>
internal sealed class Sheet : IDisposable
{
    private readonly LyraEngine _engine;
    private readonly SortedDictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = [];

    /// <param name="library">A script whose procs all formulas can call.</param>
    /// <param name="file">Its name, for errors.</param>
    public Sheet(string library, string file)
    {
        _engine = new LyraEngine(LyraOptions.Embedded with
        {
            Limits = new LyraLimits { MaxSteps = 1_000_000, Timeout = TimeSpan.FromSeconds(5), MaxFrames = 500, MaxMemoryBytes = 16 << 20 },
        });
        _engine.Define("cell", (string name) => ValueOf(name));
        _engine.Define("cells", (string range) => References.CellsOf(range).Where(_cells.ContainsKey).Select(ValueOf).ToArray());
        _engine.Run(library, file);
    }

    public IEnumerable<string> Cells => _cells.Keys;

    /// <summary>Sets the text of a cell: a formula after <c>=</c>, a number, or text. <see cref="Recalculate"/> computes values.</summary>
    public void Set(string name, string text)
    {
        _cells[name] = text.StartsWith('=') ? Compile(name, text)
            : double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? new Cell(text) { Value = number }
            : new Cell(text) { Value = text };
        _changed.Add(name);
    }

    /// <summary>Computes what depends on the cells that were set.</summary>
    /// <returns>The cells in the order of their calculation.</returns>
    public IReadOnlyList<string> Recalculate()
    {
        IReadOnlyList<string> order = new Recalculation(_cells).Run(_changed);
        _changed.Clear();
        return order;
    }

    public string TextOf(string name) => !_cells.TryGetValue(name, out Cell? cell) ? ""
        : cell.Error is not null ? "#ERROR"
        : cell.Value.TryAs(out double number) ? number.ToString("0.##", CultureInfo.InvariantCulture)
        : cell.Value.TryAs(out string? text) ? text ?? ""
        : cell.Value.ToString();

    /// <summary>The text of a cell, its value or error, and the cells that it uses.</summary>
    public string Explain(string name) => !_cells.TryGetValue(name, out Cell? cell) ? $"{name} is empty"
        : $"{name}: {cell.Text}\n  {cell.Error ?? "is " + cell.Value}"
            + (cell.Uses.Count == 0 ? "" : $"\n  uses {string.Join(", ", cell.Uses.Order(StringComparer.Ordinal))}");

    public void Dispose() => _engine.Dispose();

    /// <summary>Compiles a formula to a proc. The file name of its errors is the cell's name.</summary>
    private Cell Compile(string name, string text)
    {
        HashSet<string> uses = [];
        string expression = References.Translate(text[1..], uses);
        try
        {
            return new Cell(text) { Formula = _engine.Run($"() => ({expression})", name), Uses = uses };
        }
        catch (LyraCompileException error)
        {
            return new Cell(text) { Error = error.Diagnostics[0].Message };
        }
    }

    private LyraValue ValueOf(string name) => !_cells.TryGetValue(name, out Cell? cell) ? 0
        : cell.Error is null ? cell.Value
        : throw new CellException($"{name} has an error");
}
