using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// No line of C# is longer than <c>max_line_length</c> of .editorconfig, which neither the compiler nor <c>dotnet format</c> checks.
/// </summary>
public sealed class LineLengthTests
{
    [Fact]
    public void No_line_is_too_long()
    {
        SourceRepository repository = new(Repository.Root);
        int most = MaxLineLength(repository);
        most.ShouldBe(140);
        string[] tooLong =
        [
            .. from file in ((string[])["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter", "Lyra.Tests", "Lyra.Bench", "tools", "examples"])
                   .SelectMany(repository.SourceFiles)
               from line in LinesOfCode(repository.PathOf(file))
               where line.Text.Length > most
               select $"{file}:{line.Number}: {line.Text.Length} columns",
        ];

        tooLong.ShouldBeEmpty($"the limit is {most} columns");
    }

    /// <summary>The lines of a file except those inside raw string literals, which are data: scripts or their output.</summary>
    private static IEnumerable<(string Text, int Number)> LinesOfCode(string path)
    {
        bool isData = false;
        int number = 0;
        foreach (string text in File.ReadLines(path))
        {
            number++;
            bool begins = text.Split("\"\"\"").Length % 2 == 0;
            if (!isData)
            {
                yield return (text, number);
            }

            isData ^= begins;
        }
    }

    private static int MaxLineLength(SourceRepository repository) =>
        repository.Read(".editorconfig").Split('\n')
            .Where(line => line.StartsWith("max_line_length", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split('=')[1].Trim()))
            .SingleOrDefault();
}
