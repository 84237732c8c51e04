using System.Text.Json;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>A line that a child process prints for its parent.</summary>
/// <param name="Next">The seed that it will try next.</param>
/// <param name="Tally">What it has done in all.</param>
/// <param name="Find">What it has just found; null for a mere sign of life.</param>
/// <param name="Coverage">What it has compiled in all; null where that is not counted, and in between.</param>
internal sealed record Message(long Next, Tally Tally, Find? Find, long[][]? Coverage)
{
    /// <summary>Before each message, so that other output of the process is not taken for one.</summary>
    private const string Mark = "@fuzz ";

    public override string ToString() => Mark + JsonSerializer.Serialize(this);

    /// <summary>The message of a line; null when it is none.</summary>
    public static Message? Read(string line) =>
        line.StartsWith(Mark, System.StringComparison.Ordinal) ? JsonSerializer.Deserialize<Message>(line[Mark.Length..]) : null;
}
