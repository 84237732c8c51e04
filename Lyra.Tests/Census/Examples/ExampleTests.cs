using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>Every program of <c>examples/</c> prints the text of its <c>NAME.out</c>.</summary>
public sealed class ExampleTests
{
    private static readonly string Folder = Repository.PathOf("examples");

    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (string file in Programs())
        {
            foreach (string jit in JitModes.All)
            {
                rows.Add(Path.GetFileName(file), jit);
            }
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Example_prints_what_it_should(string file, string jit)
    {
        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["run", "--jit", jit, file]) { Folder = Folder });

        result.Err.ShouldBe("");
        result.Code.ShouldBe(0);
        Bless.Compare(result.Out, Path.Combine(Folder, Path.ChangeExtension(file, "out")));
    }

    [Fact]
    public void Every_output_belongs_to_an_example() =>
        Directory.EnumerateFiles(Folder, "*.out")
            .Where(file => !File.Exists(Path.ChangeExtension(file, "lyra")))
            .ShouldBeEmpty();

    [Fact]
    public void Every_example_is_listed_in_its_README()
    {
        string list = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Programs().Select(file => Path.GetFileName(file)!)
            .Where(name => !list.Contains($"({name})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Programs() =>
        Directory.EnumerateFiles(Folder, "*.lyra").Order(StringComparer.Ordinal);
}
