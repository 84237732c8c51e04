using System;
using System.Collections.Generic;
using System.Linq;
using Lyra;

namespace Spreadsheet;

/// <summary>
/// One calculation of the cells that depend on changed ones, each once and after those that it uses. It is a search in depth: a cell that
/// is met again while it is on the path closes a cycle.
/// </summary>
internal sealed class Recalculation(IReadOnlyDictionary<string, Cell> cells)
{
    private readonly HashSet<string> _affected = [];
    private readonly HashSet<string> _begun = [];
    private readonly List<string> _path = [];
    private readonly List<string> _order = [];

    /// <returns>The calculated cells in their order.</returns>
    public IReadOnlyList<string> Run(IEnumerable<string> changed)
    {
        _affected.UnionWith(changed);
        for (int count = -1; count != _affected.Count;)
        {
            count = _affected.Count;
            _affected.UnionWith(cells.Where(pair => pair.Value.Uses.Overlaps(_affected)).Select(pair => pair.Key).ToArray());
        }

        foreach (string name in _affected.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        return _order;
    }

    private void Visit(string name)
    {
        if (_path.Contains(name))
        {
            ReportCycle(name);
            return;
        }

        if (!_affected.Contains(name) || cells[name].Formula.IsNil || !_begun.Add(name))
        {
            return;
        }

        Cell cell = cells[name];
        cell.Error = null;
        _path.Add(name);
        foreach (string used in cell.Uses)
        {
            Visit(used);
        }

        _path.RemoveAt(_path.Count - 1);
        _order.Add(name);
        if (cell.Error is null)
        {
            Calculate(cell);
        }
    }

    private void ReportCycle(string name)
    {
        string[] cycle = [.. _path.SkipWhile(step => step != name), name];
        foreach (string step in cycle)
        {
            cells[step].Error = $"cycle: {string.Join(" → ", cycle)}";
        }
    }

    private static void Calculate(Cell cell)
    {
        try
        {
            cell.Value = cell.Formula.Invoke();
        }
        catch (LyraException error)
        {
            cell.Error = error.InnerException is CellException inner ? inner.Message : $"{error.Kind}: {error.Message}";
        }
    }
}
