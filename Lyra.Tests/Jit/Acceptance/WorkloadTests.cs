using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// The programs of <c>Lyra.Bench/Everyday</c>, <c>Unseen</c> and <c>HeldOut</c> compute their expected results in all modes of the
/// compiler.
/// </summary>
public sealed class WorkloadTests
{
    private static readonly string[] Sets = ["Everyday", "Unseen", "HeldOut"];

    public static TheoryData<string, string, long, string> Programs()
    {
        TheoryData<string, string, long, string> rows = [];
        foreach (string set in Sets)
        {
            using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(FolderOf(set), "bench.json")));
            foreach (JsonElement row in list.RootElement.EnumerateArray())
            {
                JsonElement small = row.GetProperty("sizes").GetProperty("small");
                string expected = small.GetProperty("expect").GetRawText();
                rows.Add(set, row.GetProperty("name").GetString()!, small.GetProperty("n").GetInt64(), expected);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Result_is_the_expected_one_in_all_modes(string set, string name, long size, string expected)
    {
        using WarmProgram interpreted = new(FolderOf(set), name + ".lyra", JitMode.Off);
        (string result, JitStatistics all) = interpreted.Call(size);
        result.ShouldBe(expected);
        foreach (JitMode mode in new[] { JitMode.On, JitMode.Stress })
        {
            using WarmProgram compiled = new(FolderOf(set), name + ".lyra", mode);
            (string other, JitStatistics added) = compiled.Call(size);

            other.ShouldBe(expected, mode.ToString());
            added.Steps.ShouldBe(all.Steps, mode.ToString());
            (mode == JitMode.Stress && added.CompiledSteps == 0).ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_program_is_listed() => Sets.SelectMany(Names).ShouldBe(Programs().Select(row => row.Data.Item2), ignoreOrder: true);

    private static IEnumerable<string?> Names(string set) =>
        Directory.EnumerateFiles(FolderOf(set), "*.lyra").Select(Path.GetFileNameWithoutExtension);

    private static string FolderOf(string set) => Repository.PathOf("Lyra.Bench", set);
}
