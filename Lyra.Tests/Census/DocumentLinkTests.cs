using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every link between the project's own documents leads to a file and, where it names one, to a heading.</summary>
public sealed partial class DocumentLinkTests
{
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", ".git", "TestResults", "BenchmarkDotNet.Artifacts"];

    [Fact]
    public void Every_link_between_documents_resolves() =>
        Documents().SelectMany(BrokenLinks).ShouldBeEmpty();

    [Fact]
    public void Documents_are_found() =>
        ((string[])["README.md", "CONTRIBUTING.md", "docs/architecture.md", "Lyra.Tests/Conformance/README.md"])
            .ShouldBeSubsetOf(Documents().Select(Repository.NameOf));

    private static IEnumerable<string> BrokenLinks(string document)
    {
        string text = CodeBlock().Replace(File.ReadAllText(document), "");
        foreach (Match link in Link().Matches(text))
        {
            string target = link.Groups["target"].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && !Resolves(document, target))
            {
                yield return $"{Repository.NameOf(document)}: {target}";
            }
        }
    }

    private static bool Resolves(string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        if (!Path.Exists(file))
        {
            return false;
        }
        return parts.Length == 1 || Headings(file).Contains(parts[1]);
    }

    private static HashSet<string> Headings(string document) =>
        [.. File.ReadLines(document).Where(line => line.StartsWith('#')).Select(AnchorOf)];

    // GitHub's rule: convert to lower case, remove punctuation, replace blanks by hyphens.
    private static string AnchorOf(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(file => !Repository.NameOf(file).Split('/').Intersect(Skipped).Any());

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
