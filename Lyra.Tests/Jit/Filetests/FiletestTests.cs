using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>The files in the folders here: IR, and what a pass, the verifier or the parser makes of it.</summary>
public sealed class FiletestTests
{
    private static readonly string Folder = Repository.PathOf("Lyra.Tests", "Jit", "Filetests");

    /// <summary>The folders of the commands that are no passes.</summary>
    private static readonly string[] Others = ["verify", "text"];

    private static IEnumerable<string> PassNames => PassList.All.Select(pass => pass.Name).Distinct();

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder, "*.ir", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The output is the expected one. <c>LYRA_BLESS=1</c> overwrites the file with the output.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void The_output_is_the_expected_one(string file)
    {
        string path = Path.Combine(Folder, file);
        string expected = File.ReadAllText(path);
        Filetest test = Filetest.Parse(expected);
        file.Split('/')[0].ShouldBe(test.Passes.FirstOrDefault(test.Command), "the folder must name the pass or the command");
        string actual = test.WithOutput();
        if (Bless.IsOn)
        {
            File.WriteAllText(path, actual);
        }
        else
        {
            Difference(expected, actual).ShouldBeNull($"{Repository.NameOf(path)}: LYRA_BLESS=1 overwrites it");
        }
    }

    [Fact]
    public void Each_pass_has_a_folder_and_each_folder_a_file()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!);
        folders.ShouldBe(PassNames.Concat(Others), ignoreOrder: true);
        Files().Select(row => row.Data.Split('/')[0]).Distinct().ShouldBe(folders, ignoreOrder: true);
    }

    /// <summary>The first line that differs; null if none does.</summary>
    private static string? Difference(string expected, string actual)
    {
        string[] expectedLines = expected.Split('\n');
        string[] actualLines = actual.Split('\n');
        for (int i = 0; i < Math.Max(expectedLines.Length, actualLines.Length); i++)
        {
            (string? left, string? right) = (expectedLines.ElementAtOrDefault(i), actualLines.ElementAtOrDefault(i));
            if (left != right)
            {
                return $"line {i + 1}:\n  expected: {left ?? "the end of the file"}\n  actual:   {right ?? "the end of the file"}";
            }
        }

        return null;
    }
}
