using System;
using System.Collections.Generic;
using Lyra;

namespace DataPipeline;

/// <summary>A record of the input. Scripts read its fields by the names of the columns: <c>row["price"]</c>.</summary>
[LyraType]
public sealed partial class Row(int line, List<string> columns, List<string> fields)
{
    /// <summary>The line of the file in which the record begins.</summary>
    [LyraMember]
    public int Line { get; } = line;

    /// <summary>A field, without blanks around it; nil if it is empty.</summary>
    [LyraMember]
    public string? this[string column]
    {
        get
        {
            int index = columns.IndexOf(column);
            return index < 0 ? throw new ArgumentException($"there is no column {column}; there are {string.Join(", ", columns)}")
                : index < fields.Count && fields[index].Trim() is { Length: > 0 } text ? text
                : null;
        }
    }
}
