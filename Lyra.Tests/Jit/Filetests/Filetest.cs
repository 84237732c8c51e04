using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>A file of tests: a head with the command, then functions. README.md in this folder documents the format.</summary>
internal sealed class Filetest
{
    private const string Separator = "====";

    private readonly List<string> _head = [];
    private readonly List<FiletestFunction> _functions = [];

    private Filetest()
    {
    }

    /// <summary><c>pass</c>, <c>verify</c> or <c>text</c>.</summary>
    public string Command { get; private set; } = string.Empty;

    /// <summary>The names of the passes to run, in this order.</summary>
    public string[] Passes { get; private set; } = [];

    /// <summary>Whether the input may break rules of the IR that the passes do not rely on.</summary>
    public bool IsUnverified { get; private set; }

    /// <summary>Why no function can be evaluated before and after the passes; null if all can be.</summary>
    public string? NotEvaluated { get; private set; }

    /// <summary>Why a second run of the pass changes something; null if it must not.</summary>
    public string? NotRepeatable { get; private set; }

    public static Filetest Parse(string text)
    {
        Filetest file = new();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int end = Array.FindIndex(lines, line => line.Length == 0);
        foreach (string line in lines[..Math.Max(end, 0)])
        {
            file.AddHead(line);
        }

        file.AddFunctions(lines[(end + 1)..]);
        return file.Command.Length > 0 && lines[0].StartsWith("; ", StringComparison.Ordinal) ? file : throw new FormatException(
            "the head is incomplete; begin with a comment, `pass NAMES`, `verify` or `text`, and an empty line");
    }

    /// <summary>The text of the file with the output of its commands as the expected parts.</summary>
    public string WithOutput()
    {
        StringBuilder text = new();
        text.AppendJoin('\n', _head).Append('\n');
        for (int i = 0; i < _functions.Count; i++)
        {
            text.Append(i == 0 ? "\n" : $"\n{Separator}\n\n");
            AppendLines(text, _functions[i].Comments);
            AppendLines(text, Output(_functions[i]));
        }

        return text.ToString();
    }

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }
    }

    private IEnumerable<string> Output(FiletestFunction function) => Command switch
    {
        "pass" => new PassCommand(this, function).Output(),
        "verify" => AnnotateCommand.Verify(function),
        _ => AnnotateCommand.Print(function),
    };

    private void AddHead(string line)
    {
        _head.Add(line);
        string[] words = line.Split(' ', 2);
        switch (words[0])
        {
            case ";":
                return;
            case "pass" when words.Length == 2:
                Passes = words[1].Split(", ");
                Command = words[0];
                return;
            case "verify" or "text" when words.Length == 1:
                Command = words[0];
                return;
            case "unverified" when words.Length == 1:
                IsUnverified = true;
                return;
            case "not-evaluated" when words.Length == 2:
                NotEvaluated = words[1];
                return;
            case "not-repeatable" when words.Length == 2:
                NotRepeatable = words[1];
                return;
            default:
                throw new FormatException($"`{line}` is no line of a head; write `pass NAMES`, `verify`, `text`, `unverified`, "
                    + "`not-evaluated REASON`, `not-repeatable REASON` or a comment, and an empty line behind the head");
        }
    }

    private void AddFunctions(string[] lines)
    {
        int start = 0;
        while (start <= lines.Length)
        {
            int end = Array.IndexOf(lines, Separator, start);
            end = end < 0 ? lines.Length : end;
            _functions.Add(FiletestFunction.Parse(lines[start..end]));
            start = end + 1;
        }
    }
}
