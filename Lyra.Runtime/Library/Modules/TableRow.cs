using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The cells of a row of <c>csv.stringify</c> and <c>text.table</c>: a list, a tuple, or a map from the names of columns.
/// </summary>
internal readonly ref struct TableRow
{
    private readonly ScriptContext _context;
    private readonly MapObject? _map;

    /// <summary>The cells, or the names of the columns of <see cref="_map"/>.</summary>
    private readonly ListObject _items;

    /// <param name="context">The run that is charged.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">The names of the columns; null if they are not known, so that no row may be a map.</param>
    /// <param name="proc">The name of the proc in errors.</param>
    /// <exception cref="ScriptErrorException">TypeError: the row is something else.</exception>
    public TableRow(ScriptContext context, in Value row, ListObject? columns, string proc)
    {
        _context = context;
        _map = columns is null ? null : row.Ref as MapObject;
        _items = _map is not null ? columns!
            : row.Ref is ListObject or TupleObject ? Sequence.AsList(context, row)
            : throw Throw.TypeError($"{proc}: each row must be a list, a tuple or a map, not {Throw.TypeName(row)}");
    }

    public int Count => _items.Count;

    /// <summary>A cell; nil for a column that a map does not have.</summary>
    public Value Get(int index)
    {
        Value item = _items.Get(index);
        return _map is null ? item : _map.TryGet(_context, item, out Value cell) ? cell : Value.Nil;
    }

    /// <summary>The names of the columns that the first row gives, if it is a map; otherwise null.</summary>
    public static ListObject? ColumnsOf(ScriptContext context, in Value row) =>
        row.Ref is MapObject ? Sequence.ToList(context, row) : null;
}
