using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>One function of a file: comments, the input, the expected output and runs.</summary>
internal sealed class FiletestFunction
{
    /// <summary>The line between the input and the expected output.</summary>
    private const string Separator = "----";

    private const string Run = "run ";

    /// <summary>The comments in front of the function.</summary>
    public List<string> Comments { get; } = [];

    public List<string> Input { get; } = [];

    /// <summary>The register values of each run, without the result.</summary>
    public List<string> Runs { get; } = [];

    public string InputText => string.Join('\n', Input) + "\n";

    public static FiletestFunction Parse(IEnumerable<string> lines)
    {
        FiletestFunction function = new();
        bool isOutput = false;
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            isOutput |= line.StartsWith(Separator, StringComparison.Ordinal);
            if (line.StartsWith(Run, StringComparison.Ordinal))
            {
                function.Runs.Add(line[Run.Length..].Split(" -> ")[0]);
            }
            else if (!isOutput)
            {
                bool isComment = line.StartsWith("; ", StringComparison.Ordinal) && function.Input.Count == 0
                    && !line.StartsWith(AnnotateCommand.Mark, StringComparison.Ordinal);
                (isComment ? function.Comments : function.Input).Add(line);
            }
        }

        return function;
    }

    /// <summary>The lines of an output.</summary>
    /// <param name="text">The text of the output; null if it is the input.</param>
    public static string[] OutputLines(string? text) =>
        text is null ? [$"{Separator} unchanged"] : [Separator, .. text.TrimEnd('\n').Split('\n')];

    /// <summary>The line of a run with its result.</summary>
    public static string RunLine(string registers, string result) => $"{Run}{registers} -> {result}";
}
