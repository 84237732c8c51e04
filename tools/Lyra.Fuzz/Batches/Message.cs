using System.Text.Json;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>A line that a child process prints for its parent.</summary>
/// <param name="Next">The seed that the child will try next.</param>
/// <param name="Tally">The child's total counts.</param>
/// <param name="Find">The child's latest find; null in a message that only reports progress.</param>
/// <param name="Coverage">The child's total coverage; null if it is not counted, and in messages between reports.</param>
internal sealed record Message(long Next, Tally Tally, Find? Find, long[][]? Coverage)
{
    /// <summary>The prefix of each message. It distinguishes messages from other output of the process.</summary>
    private const string Mark = "@fuzz ";

    public override string ToString() => Mark + JsonSerializer.Serialize(this);

    /// <summary>Parses a message; returns null if the line is not a message.</summary>
    public static Message? Read(string line) =>
        line.StartsWith(Mark, System.StringComparison.Ordinal) ? JsonSerializer.Deserialize<Message>(line[Mark.Length..]) : null;
}
