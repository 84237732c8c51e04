using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A str that one place of the code looks up in maps, and where the last map with a shape had it: an inline cache, as long as maps with
/// the same keys come.
/// </summary>
internal sealed class KnownKey(ScriptString text)
{
    private MapShape _shape = MapShape.None;

    /// <summary>The position of the key in that shape; -1 when it is absent.</summary>
    private int _position;

    public ScriptString Text { get; } = text;

    /// <summary>The position of the key in a table; -1 when it is absent. The caller has charged it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PositionIn(HashTable table) => ReferenceEquals(table.Shape, _shape) ? _position : FindIn(table);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindIn(HashTable table)
    {
        int position = table.PositionOf(Text);
        if (table.Shape is { } shape)
        {
            _shape = shape;
            _position = position;
        }

        return position;
    }
}
