using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>The operations of <c>Lyra.Bench/Library</c> compute what CPython computes from the same data.</summary>
public sealed class LibraryProgramTests
{
    private static readonly string Folder = Repository.PathOf("Lyra.Bench", "Library");

    public static TheoryData<string, int, string> Rows()
    {
        TheoryData<string, int, string> rows = [];
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "bench.json")));
        foreach (JsonElement row in list.RootElement.EnumerateArray())
        {
            JsonElement small = row.GetProperty("sizes").GetProperty("small");
            rows.Add(row.GetProperty("name").GetString()!, small.GetProperty("n").GetInt32(), small.GetProperty("expect").GetRawText());
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Operation_returns_the_result_of_its_small_size(string name, int times, string expected)
    {
        CommandResult result =
            await LyraCommand.RunAsync(new CommandRun(["run", "--jit", "stress", "library.lyra", name, $"{times}"]) { Folder = Folder });

        result.Err.ShouldBe("");
        result.Out.Split(' ')[0].ShouldBe(expected);
    }

    [Fact]
    public async Task Every_operation_is_listed()
    {
        string source = await File.ReadAllTextAsync(Path.Combine(Folder, "library.lyra"), TestContext.Current.CancellationToken);
        int start = source.IndexOf("let operations = {", StringComparison.Ordinal);
        string table = source[start..source.IndexOf("let [name", StringComparison.Ordinal)];
        string[] operations = [.. table.Split('\n').Where(static line => line.StartsWith("    \"", StringComparison.Ordinal))
            .Select(static line => line.Split('"')[1])];

        operations.ShouldBe(Rows().Select(static row => row.Data.Item1));
    }
}
