using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Harness.Conformance;

/// <summary>One <c>NAME.lyra</c> with the files of its expectations; this folder's README.md describes the format.</summary>
internal sealed partial class ConformanceCase
{
    /// <summary>The folder that holds all sections.</summary>
    public static readonly string Folder = Repository.PathOf("Lyra.Tests", "Conformance", "cases");

    private readonly string _file;

    private ConformanceCase(string file)
    {
        _file = file;
        Name = Path.ChangeExtension(Path.GetRelativePath(Folder, file), null).Replace('\\', '/');
        Output = Read("out");
        ErrorLines = Read("err").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string code = Read("code").Trim();
        ExitCode = code.Length == 0 ? 0 : int.Parse(code, CultureInfo.InvariantCulture);
        Input = Encoding.UTF8.GetBytes(Read("in"));
        string[] words = [.. Word().Matches(Read("args")).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal))];
        int cut = Array.IndexOf(words, "--");
        Options = cut < 0 ? words : words[..cut];
        ProgramArguments = cut < 0 ? [] : words[(cut + 1)..];
    }

    /// <summary>The section and the file's name, without its extension: <c>08-match/guards</c>.</summary>
    public string Name { get; }

    public string Section => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    public string Output { get; }

    /// <summary>Texts that occur on standard error in this order.</summary>
    public string[] ErrorLines { get; }

    public int ExitCode { get; }

    public byte[] Input { get; }

    /// <summary>Options given after <c>run</c>.</summary>
    public string[] Options { get; }

    /// <summary>The arguments of the program, after its file name.</summary>
    public string[] ProgramArguments { get; }

    /// <summary>Whether the compiler rejects the program: the command ends with 2 and prints diagnostics.</summary>
    public bool IsRejected => ExitCode == 2 && ErrorLines.Length > 0;

    /// <summary>Whether the output depends on how long something takes.</summary>
    public bool IsTimed => Source.Contains("sleep(", StringComparison.Ordinal);

    public string Source => File.ReadAllText(_file);

    public static IEnumerable<ConformanceCase> All() =>
        Directory.EnumerateFiles(Folder, "*.lyra", SearchOption.AllDirectories)
            .Where(IsCase)
            .Order(StringComparer.Ordinal)
            .Select(file => new ConformanceCase(file));

    /// <summary>A program without a <c>.out</c> is a helper module of some case.</summary>
    public static bool IsCase(string file) => File.Exists(Path.ChangeExtension(file, "out"));

    /// <summary>The run of this case in one mode of the JIT.</summary>
    public CommandRun Run(string mode) =>
        new(["run", "--jit", mode, .. Options, Path.GetFileName(_file), .. ProgramArguments])
        {
            Folder = Path.GetDirectoryName(_file)!,
            Input = Input,
        };

    /// <summary>The first of <see cref="ErrorLines"/> that does not occur, in order, in a text; null if all do.</summary>
    public string? MissingErrorLine(string text)
    {
        int position = 0;
        foreach (string line in ErrorLines)
        {
            int found = text.IndexOf(line, position, StringComparison.Ordinal);
            if (found < 0)
            {
                return line;
            }
            position = found + line.Length;
        }
        return null;
    }

    private string Read(string extension)
    {
        string file = Path.ChangeExtension(_file, extension);
        return File.Exists(file) ? File.ReadAllText(file, Encoding.UTF8) : "";
    }

    // A word of .args: blanks inside double quotes belong to it.
    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();
}
