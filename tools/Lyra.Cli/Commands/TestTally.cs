using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary>Counts tests and prints the result of each.</summary>
internal sealed class TestTally(StandardStreams streams)
{
    private readonly bool _isColored =
        StandardStreams.IsOutputTerminal && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"));

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void Pass(string title)
    {
        Passed++;
        Write("pass", "32", title);
    }

    public void Fail(string title)
    {
        Failed++;
        Write("FAIL", "31", title);
    }

    private void Write(string word, string color, string title) =>
        streams.Output.WriteLine(_isColored ? $"\u001b[{color}m{word}\u001b[0m  {title}" : $"{word}  {title}");
}
