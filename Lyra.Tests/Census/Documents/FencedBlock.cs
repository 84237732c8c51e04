using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Census.Documents;

/// <summary>A fenced block of a document.</summary>
/// <param name="Language">The first word after the fence.</param>
/// <param name="Name">The second word: the name of a file; <c>no-run</c> for code that is shown only; empty if there is none.</param>
/// <param name="Text">The lines between the fences, each with its line feed.</param>
/// <param name="Section">The heading of the second level above the block.</param>
/// <param name="Line">The line of the opening fence.</param>
internal sealed record FencedBlock(string Language, string Name, string Text, string Section, int Line)
{
    public const string Fence = "```";

    /// <summary>The blocks of the document at a path below the root.</summary>
    public static IReadOnlyList<FencedBlock> ReadDocument(string document) =>
        ReadAll(File.ReadAllText(Repository.PathOf(document)));

    /// <summary>Writes another text into a block of a document.</summary>
    public static void Replace(string document, int block, string text)
    {
        string file = Repository.PathOf(document);
        List<string> lines = [.. File.ReadAllText(file).Split('\n')];
        int start = ReadDocument(document)[block].Line;
        lines.RemoveRange(start, lines.IndexOf(Fence, start) - start);
        lines.InsertRange(start, text.TrimEnd('\n').Split('\n'));
        File.WriteAllText(file, string.Join('\n', lines));
    }

    /// <summary>The blocks of a text in their order.</summary>
    public static IReadOnlyList<FencedBlock> ReadAll(string document)
    {
        List<FencedBlock> blocks = [];
        string[] lines = document.Split('\n');
        string section = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                section = lines[i][3..];
            }
            else if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == Fence);
                string[] words = lines[i][Fence.Length..].Split(' ', 2);
                string text = string.Concat(Array.ConvertAll(lines[(i + 1)..end], line => line + "\n"));
                blocks.Add(new FencedBlock(words[0], words.Length > 1 ? words[1].Trim() : "", text, section, i + 1));
                i = end;
            }
        }

        return blocks;
    }
}
