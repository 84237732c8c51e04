using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lyra;

/// <summary>The memory of an engine at one moment between two runs; see <see cref="LyraHealth.Checkpoint"/>. Immutable.</summary>
public sealed record LyraCheckpoint
{
    /// <summary>The number of runs, and calls by the host, that had ended.</summary>
    public required long Runs { get; init; }

    /// <summary>The bytes of everything that a later script could reach, as the memory limit counts them.</summary>
    public required long ReachableBytes { get; init; }

    /// <summary>
    /// The same bytes by type: the names that <c>type(v)</c> returns, such as <c>list</c> or the name of a struct, and <c>(engine)</c> for
    /// what belongs to no value. Their sum is <see cref="ReachableBytes"/>.
    /// </summary>
    public required IReadOnlyDictionary<string, long> BytesByType { get; init; }

    /// <summary>The rented slots of the pools: 0 between runs, unless some have leaked.</summary>
    public required int UsedSlots { get; init; }

    /// <summary>The slots that were rented since the checkpoint before and have not been returned.</summary>
    public required int LeakedSlots { get; init; }

    /// <summary>The growth since an earlier checkpoint of the same engine; negative numbers where something shrank.</summary>
    /// <param name="earlier">The earlier checkpoint.</param>
    /// <returns>The differences; <see cref="BytesByType"/> has the types that differ only.</returns>
    /// <exception cref="ArgumentNullException">There is no earlier checkpoint.</exception>
    public LyraCheckpoint Since(LyraCheckpoint earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        SortedDictionary<string, long> types = new(StringComparer.Ordinal);
        foreach ((string type, long bytes) in BytesByType)
        {
            types[type] = bytes;
        }

        foreach ((string type, long bytes) in earlier.BytesByType)
        {
            types[type] = types.GetValueOrDefault(type) - bytes;
            if (types[type] == 0)
            {
                types.Remove(type);
            }
        }

        return new LyraCheckpoint
        {
            Runs = Runs - earlier.Runs,
            ReachableBytes = ReachableBytes - earlier.ReachableBytes,
            BytesByType = types,
            UsedSlots = UsedSlots - earlier.UsedSlots,
            LeakedSlots = LeakedSlots,
        };
    }

    /// <summary>Returns a table with a line for each number: its name, at least two spaces, the number.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Line(text, "health: runs", Runs);
        Line(text, "health: reachable bytes", ReachableBytes);
        foreach ((string type, long bytes) in BytesByType)
        {
            Line(text, $"health: reachable bytes, {type}", bytes);
        }

        Line(text, "health: slots used", UsedSlots);
        Line(text, "health: slots leaked", LeakedSlots);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, long number) =>
        text.Append(name.PadRight(44)).Append("  ").Append(number.ToString("N0", CultureInfo.InvariantCulture)).Append('\n');
}
