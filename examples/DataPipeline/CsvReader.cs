using System.Collections.Generic;
using System.IO;
using System.Text;

namespace DataPipeline;

/// <summary>Reads CSV as RFC 4180 defines it, row by row: the first record names the columns.</summary>
internal static class CsvReader
{
    /// <exception cref="InvalidDataException">A record has more fields than there are columns, or a quote is not closed.</exception>
    public static IEnumerable<Row> Read(TextReader reader)
    {
        int line = 1;
        if (ReadRecord(reader, ref line) is not { } columns)
        {
            yield break;
        }

        for (int first = line; ReadRecord(reader, ref line) is { } fields; first = line)
        {
            if (fields.Count > columns.Count)
            {
                throw new InvalidDataException($"line {first}: {fields.Count} fields, but {columns.Count} columns");
            }

            if (fields is not [""])
            {
                yield return new Row(first, columns, fields);
            }
        }
    }

    private static List<string>? ReadRecord(TextReader reader, ref int line)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        List<string> fields = [];
        StringBuilder field = new();
        for (bool isQuoted = false; ;)
        {
            switch (reader.Read())
            {
                case < 0 when isQuoted:
                    throw new InvalidDataException($"line {line}: a quote is not closed");
                case '"' when isQuoted && reader.Peek() == '"':
                    field.Append((char)reader.Read());
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case < 0 or '\n' when !isQuoted:
                    line++;
                    fields.Add(field.ToString());
                    return fields;
                case var character:
                    line += character == '\n' ? 1 : 0;
                    field.Append((char)character);
                    break;
            }
        }
    }
}
