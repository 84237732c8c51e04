using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>
/// Scripts with their expected output, one after another: a line <c>=== name</c>, the source, a line <c>---</c>, the expected text.
/// <see cref="Scripts.Run"/> describes the line for an error at the end.
/// </summary>
internal static class ScriptCases
{
    public static TheoryData<string> NamesOf(string cases) => [.. Parse(cases).Select(c => c.Name)];

    /// <summary>Runs one of the scripts at every optimization level.</summary>
    public static void Check(string cases, string name)
    {
        (_, string source, string expected) = Parse(cases).Single(c => c.Name == name);
        foreach (int level in Scripts.Levels)
        {
            Scripts.Run(source, level).TrimEnd('\n').ShouldBe(expected, $"-O{level}");
        }
    }

    private static IEnumerable<(string Name, string Source, string Expected)> Parse(string cases)
    {
        foreach (string block in ("\n" + cases).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = block.Split("\n---", 2);
            int end = parts[0].IndexOf('\n', StringComparison.Ordinal);
            yield return (parts[0][..end], parts[0][(end + 1)..], parts[1].Trim('\n'));
        }
    }
}
