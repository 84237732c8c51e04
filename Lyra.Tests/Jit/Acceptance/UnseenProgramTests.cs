using System.IO;
using System.Linq;
using System.Text.Json;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>The programs of <c>Lyra.Bench/Unseen</c> compute their expected results in all modes of the compiler.</summary>
public sealed class UnseenProgramTests
{
    private static readonly string Folder = Repository.PathOf("Lyra.Bench", "Unseen");

    public static TheoryData<string, long, string> Programs()
    {
        TheoryData<string, long, string> rows = [];
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "bench.json")));
        foreach (JsonElement row in list.RootElement.EnumerateArray())
        {
            JsonElement small = row.GetProperty("sizes").GetProperty("small");
            rows.Add(row.GetProperty("name").GetString()!, small.GetProperty("n").GetInt64(), small.GetProperty("expect").GetRawText());
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Result_is_the_expected_one_in_all_modes(string name, long size, string expected)
    {
        using WarmProgram interpreted = new(Folder, name + ".lyra", JitMode.Off);
        (string result, JitStatistics all) = interpreted.Call(size);
        result.ShouldBe(expected);
        foreach (JitMode mode in new[] { JitMode.On, JitMode.Stress })
        {
            using WarmProgram compiled = new(Folder, name + ".lyra", mode);
            (string other, JitStatistics added) = compiled.Call(size);

            other.ShouldBe(expected, mode.ToString());
            added.Steps.ShouldBe(all.Steps, mode.ToString());
            (mode == JitMode.Stress && added.CompiledSteps == 0).ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_program_is_listed() => Directory.EnumerateFiles(Folder, "*.lyra").Select(Path.GetFileNameWithoutExtension)
        .ShouldBe(Programs().Select(row => row.Data.Item1), ignoreOrder: true);
}
