using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Census.Documents;

/// <summary>
/// A program that a document shows, with its output. Blocks <c>csharp</c> are <c>Program.cs</c> and blocks <c>lyra</c>
/// <c>main.lyra</c>; a block with a file name, such as <c>lyra rules.lyra</c>, is this file. A block <c>text</c> is the output of the
/// program that the blocks above make up. <c>main.lyra</c> is run by the command; other programs are C#.
/// </summary>
/// <param name="Files">The texts of the files by their names.</param>
/// <param name="Output">What the program prints.</param>
/// <param name="Document">The path of the document below the root.</param>
/// <param name="Block">The number of the block with the output among all blocks of the document.</param>
internal sealed record DocumentedProgram(IReadOnlyDictionary<string, string> Files, string Output, string Document, int Block)
{
    public const string MainFile = "Program.cs";
    public const string MainScript = "main.lyra";

    /// <summary>The documents. In the first, a section continues the program of the one before; elsewhere each begins a new one.</summary>
    private static readonly (string Document, bool Continues)[] Documents =
    [
        ("docs/tutorial.md", true),
        ("docs/cookbook.md", false),
        ("docs/coming-from.md", false),
        ("docs/tour.md", false),
        .. TaskPages.All.Select(page => (page, false)),
    ];

    /// <summary>Whether the program is a script, which the command runs.</summary>
    public bool IsScript => Files.ContainsKey(MainScript);

    /// <summary>What identifies the program in a list of tests.</summary>
    public string Place => $"{Document}, block {Block}";

    public static IEnumerable<DocumentedProgram> ReadAll() =>
        Documents.SelectMany(row => Read(row.Document, row.Continues));

    /// <summary>Writes an output into the document.</summary>
    public void Store(string output) => FencedBlock.Replace(Document, Block, output);

    /// <summary>The blocks of code after which no output follows, so that nothing runs them.</summary>
    public static IEnumerable<string> BlocksThatNothingRuns()
    {
        foreach ((string document, bool continues) in Documents)
        {
            IReadOnlyList<FencedBlock> blocks = FencedBlock.ReadDocument(document);
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
        foreach ((int number, FencedBlock block) in FencedBlock.ReadDocument(document).Index())
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

    private static bool IsOutput(FencedBlock block) => block is { Language: "text", Name: "" };

    private static string? FileOf(FencedBlock block) =>
        block.Name.Contains('.', StringComparison.Ordinal) ? block.Name
        : block is { Language: "csharp", Name: "" } ? MainFile
        : block is { Language: "lyra", Name: "" } ? MainScript
        : null;
}
