using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Jit.Ir;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>The commands whose output are error messages behind the lines of the input.</summary>
internal static partial class AnnotateCommand
{
    public const string Mark = "; error: ";

    /// <summary>The input, with the faults that the verifier finds.</summary>
    public static IEnumerable<string> Verify(FiletestFunction function)
    {
        string[] lines = Plain(function);
        IrGraph graph = new FiletestObjects().Parse(string.Join('\n', lines));
        List<(int Line, string Message)> faults = [.. IrVerifier.Verify(graph).Select(fault => Locate(graph, lines, fault))];
        return lines.Select((line, i) =>
            line + string.Concat(faults.Where(fault => fault.Line == i).Select(fault => $" {Mark}{fault.Message}")));
    }

    /// <summary>The input, and the printed graph if that differs. If the parser refuses the input: the input and the error.</summary>
    public static IEnumerable<string> Print(FiletestFunction function)
    {
        FiletestObjects objects = new();
        string[] lines = Plain(function);
        string input = string.Join('\n', lines);
        string printed;
        try
        {
            printed = objects.Print(objects.Parse(input));
        }
        catch (FormatException error)
        {
            return WithError(lines, error.Message);
        }

        return [.. lines, .. FiletestFunction.OutputLines(printed == input + "\n" ? null : printed)];
    }

    /// <summary>The input without the errors.</summary>
    private static string[] Plain(FiletestFunction function) =>
        [.. function.Input.Select(line => line.Split(Mark)[0].TrimEnd(' ')).Where(line => line.Length > 0)];

    private static IEnumerable<string> WithError(string[] lines, string message)
    {
        Match match = ErrorLine().Match(message);
        if (!match.Success)
        {
            return [.. lines, Mark + message];
        }

        int index = int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture) - 1;
        string reason = message[match.Length..];
        string quoted = ": " + lines[index].Trim();
        reason = reason.EndsWith(quoted, StringComparison.Ordinal) ? reason[..^quoted.Length] : reason;
        return lines.Select((line, i) => i == index ? $"{line} {Mark}{reason}" : line);
    }

    /// <summary>The line that a fault concerns: that of its node or snapshot, the end or head of its block, or the first line.</summary>
    private static (int Line, string Message) Locate(IrGraph graph, string[] lines, string fault)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            string prefix = $"block{block.Id}: ";
            if (!fault.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            int head = Array.FindIndex(lines, line => BlockHead().Match(line).Groups["id"].Value == $"{block.Id}");
            string message = fault[prefix.Length..];
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                string node = $"{IrPrinter.Print(block.Nodes[i])}: ";
                if (message.StartsWith(node, StringComparison.Ordinal))
                {
                    return (head + 1 + i, message[node.Length..]);
                }
            }

            return (AtEnd().IsMatch(message) ? head + 1 + block.Nodes.Count : head, message);
        }

        string snapshot = fault.Split(' ')[0];
        int line = Array.FindIndex(lines, line => line.StartsWith(snapshot, StringComparison.Ordinal));
        return line < 0 ? (0, fault) : (line, fault[snapshot.Length..].TrimStart());
    }

    [GeneratedRegex(@"^Line (?<line>\d+) of the IR: ")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^block(?<id>\d+)\b")]
    private static partial Regex BlockHead();

    [GeneratedRegex(@"^(the (end|edge|value of its)|a loop region)\b")]
    private static partial Regex AtEnd();
}
