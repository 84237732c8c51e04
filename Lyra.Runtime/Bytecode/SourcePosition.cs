using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>A line and a column in one int: 22 bits of line, 10 of column. Larger numbers saturate.</summary>
internal static class SourcePosition
{
    private const int ColumnBits = 10;
    private const int MaxColumn = (1 << ColumnBits) - 1;
    private const int MaxLine = (1 << (31 - ColumnBits)) - 1;

    public static int Pack(int line, int column) => (Math.Min(line, MaxLine) << ColumnBits) | Math.Min(column, MaxColumn);

    public static (int Line, int Column) Unpack(int packed) => (packed >> ColumnBits, packed & MaxColumn);
}
