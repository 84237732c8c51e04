using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>
/// One part of the library: the builtins, the methods of a type, or the members of a module. Each row is created at its first lookup and
/// kept. Rows are immutable, and all engines of the process share them. Thread-safe.
/// </summary>
/// <param name="owner">The type's or module's name; null for the builtins.</param>
/// <param name="rows">Visits the rows; see <see cref="RowReader"/>.</param>
/// <param name="shared">Visits the rows behind them that other groups have, too; null if there are none.</param>
internal sealed class LibraryGroup(string? owner, Action<RowReader> rows, Action<RowReader>? shared = null)
{
    /// <summary>The rows found so far. Unknown names are not stored: scripts choose them, so the table would grow without bound.</summary>
    private readonly ConcurrentDictionary<string, Intrinsic> _known = new(StringComparer.Ordinal);

    /// <summary>The row of a name; null when there is none.</summary>
    public Intrinsic? Find(string name)
    {
        if (_known.TryGetValue(name, out Intrinsic? known))
        {
            return known;
        }

        RowReader reader = Read(name);
        return reader.Found is null ? null : _known.GetOrAdd(name, reader.Found);
    }

    /// <summary>The constant of a name; false when there is none.</summary>
    public bool TryFindConstant(string name, out Value value)
    {
        RowReader reader = Read(name);
        value = reader.IsPart ? PartOf(name) : reader.FoundConstant;
        return !value.IsUnset;
    }

    /// <summary>Every row, in the order of the documentation.</summary>
    public IEnumerable<Intrinsic> All()
    {
        foreach (Intrinsic row in Read(null).All)
        {
            yield return _known.GetOrAdd(row.Name, row);
        }
    }

    /// <summary>Every constant, in the order of the documentation, and every part.</summary>
    public GrowableArray<KeyValuePair<string, Value>> AllConstants()
    {
        RowReader reader = Read(null);
        foreach (string part in reader.AllParts)
        {
            reader.AllConstants.Add(new(part, PartOf(part)));
        }

        return reader.AllConstants;
    }

    private Value PartOf(string part) => LibraryTable.TryFindModule($"{owner}.{part}", out LibraryModule? module)
        ? Value.FromObject(module.Shared)
        : throw new InvalidOperationException($"The table has no module {owner}.{part}.");

    private RowReader Read(string? name)
    {
        // Not one delegate of both, which the CLR would compile a method for.
        RowReader reader = new(owner, name);
        rows(reader);
        shared?.Invoke(reader);
        return reader;
    }
}
