using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>The benchmark programs compute their expected results.</summary>
public sealed class BenchmarkProgramTests
{
    public static TheoryData<string, int, string> Rows()
    {
        TheoryData<string, int, string> rows = [];
        foreach (BenchmarkProgram program in BenchmarkProgram.All())
        {
            rows.Add(program.File, program.Size, program.Expected);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Program_returns_the_result_of_its_small_size(string file, int size, string expected)
    {
        string text = size.ToString(CultureInfo.InvariantCulture);

        CommandResult result =
            await LyraCommand.RunAsync(new CommandRun(["run", "--jit", "off", file, text]) { Folder = BenchmarkProgram.Folder });

        result.Err.ShouldBe("");
        result.Code.ShouldBe(0);
        string[] words = result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        words.Length.ShouldBe(2, "a program prints its result and its seconds");
        double.Parse(words[0], CultureInfo.InvariantCulture).ShouldBe(double.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_program_is_listed()
    {
        string[] listed = [.. BenchmarkProgram.All().Select(program => program.File)];

        System.IO.Directory.EnumerateFiles(BenchmarkProgram.Folder, "*.lyra", System.IO.SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(BenchmarkProgram.Folder, file).Replace('\\', '/'))
            .ShouldBe(listed, ignoreOrder: true);
    }
}
