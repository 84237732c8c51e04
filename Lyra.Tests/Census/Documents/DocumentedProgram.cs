using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Census.Documents;

/// <summary>
/// A program that a document shows, with its output. Blocks <c>csharp</c> are <c>Program.cs</c>; a block with a file name, such as
/// <c>lyra rules.lyra</c>, is this file. A block <c>text</c> is the output of the program that the blocks above make up.
/// </summary>
/// <param name="Files">The texts of the files by their names.</param>
/// <param name="Output">What the program prints.</param>
/// <param name="Document">The path of the document below the root.</param>
/// <param name="Block">The number of the block with the output among all blocks of the document.</param>
internal sealed record DocumentedProgram(IReadOnlyDictionary<string, string> Files, string Output, string Document, int Block)
{
    public const string MainFile = "Program.cs";

    /// <summary>The documents. In the first, a section continues the program of the one before; elsewhere each begins a new one.</summary>
    private static readonly (string Document, bool Continues)[] Documents =
    [
        ("docs/tutorial.md", true),
        ("docs/cookbook.md", false),
        ("docs/coming-from.md", false),
    ];

    /// <summary>What identifies the program in a list of tests.</summary>
    public string Place => $"{Document}, block {Block}";

    public static IEnumerable<DocumentedProgram> ReadAll() =>
        Documents.SelectMany(row => Read(row.Document, row.Continues));

    /// <summary>Writes an output into the document.</summary>
    public void Store(string output)
    {
        string file = Repository.PathOf(Document);
        List<string> lines = [.. File.ReadAllText(file).Split('\n')];
        int start = BlocksOf(Document)[Block].Line;
        lines.RemoveRange(start, lines.IndexOf(FencedBlock.Fence, start) - start);
        lines.InsertRange(start, output.TrimEnd('\n').Split('\n'));
        File.WriteAllText(file, string.Join('\n', lines));
    }

    /// <summary>The blocks of code after which no output follows, so that nothing runs them.</summary>
    public static IEnumerable<string> BlocksThatNothingRuns()
    {
        foreach ((string document, bool continues) in Documents)
        {
            IReadOnlyList<FencedBlock> blocks = BlocksOf(document);
            for (int i = 0; i < blocks.Count; i++)
            {
                FencedBlock block = blocks[i];
                bool isRun = blocks.Skip(i).TakeWhile(later => continues || later.Section == block.Section).Any(IsOutput);
                if (FileOf(block) is not null && !isRun)
                {
                    yield return $"{document}:{block.Line}";
                }
            }
        }
    }

    private static IEnumerable<DocumentedProgram> Read(string document, bool continues)
    {
        Dictionary<string, string> files = [];
        string section = "";
        foreach ((int number, FencedBlock block) in BlocksOf(document).Index())
        {
            if (block.Section != section && !continues)
            {
                files.Clear();
            }

            section = block.Section;
            if (FileOf(block) is { } name)
            {
                files[name] = block.Text;
            }
            else if (IsOutput(block))
            {
                yield return new DocumentedProgram(new Dictionary<string, string>(files), block.Text, document, number);
            }
        }
    }

    private static IReadOnlyList<FencedBlock> BlocksOf(string document) =>
        FencedBlock.ReadAll(File.ReadAllText(Repository.PathOf(document)));

    private static bool IsOutput(FencedBlock block) => block is { Language: "text", Name: "" };

    private static string? FileOf(FencedBlock block) =>
        block.Name.Contains('.', StringComparison.Ordinal) ? block.Name
        : block is { Language: "csharp", Name: "" } ? MainFile
        : null;
}
