using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Census.Documents;

/// <summary>
/// The pages that show the same tasks in another language and in Lyra. Each section is a task. The blocks <c>lyra</c> and <c>text</c> of
/// the first page are the source of those of the others.
/// </summary>
internal static class TaskPages
{
    public const string First = "docs/coming-from-python.md";

    public static readonly IReadOnlyList<string> All =
        [First, "docs/coming-from-javascript.md", "docs/coming-from-lua.md", "docs/coming-from-csharp.md"];

    /// <summary>The Lyra half of a page: its programs and outputs, with the numbers of their blocks.</summary>
    public static (int Number, FencedBlock Block)[] LyraHalf(string page) =>
        [.. FencedBlock.ReadDocument(page).Index().Where(row => row.Item.Language is "lyra" or "text")];

    /// <summary>The tasks that have a program in the other language, in the order of the page.</summary>
    public static string[] TasksWithOtherLanguage(string page) =>
    [
        .. FencedBlock.ReadDocument(page)
            .Where(block => block.Language is not ("lyra" or "text"))
            .Select(block => block.Section)
            .Distinct(),
    ];
}
