using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Generate.Files;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The rows of the library's page: one for each member, with an example that gives what the page says.</summary>
public sealed class LibraryRowTests
{
    private static readonly SourceRepository Sources = new(Repository.Root);

    /// <summary>Members of a host, or that change the engine: their pages and tests show them.</summary>
    private static readonly string[] WithoutExample =
    [
        "exit", "input", "off", "snapshot", "env",
        "readText", "readLines", "writeText", "appendText", "exists", "listDir", "makeDir", "remove",
    ];

    [Fact]
    public void Each_member_has_a_row_and_each_row_a_member()
    {
        string[] members =
        [
            .. from list in LibraryLists.Read(Sources)
               from member in list.Members
               select $"{list.Section}: {LibraryPage.NameOf(member)}",
        ];

        Rows().Select(static row => $"{row.Section}: {row.Name}").Order().ShouldBe(members.Order());
    }

    private const string Fault = "fails: ";

    /// <summary>With LYRA_BLESS=1, the results are written into the rows; read them.</summary>
    [Fact]
    public void Each_example_gives_its_result()
    {
        LibraryRow[] rows = [.. Rows().Select(static row => row.Example is null ? row : row with { Result = ResultOf(row) })];
        if (Environment.GetEnvironmentVariable("LYRA_BLESS") == "1")
        {
            File.WriteAllText(Sources.PathOf(LibraryRow.File), LibraryRow.Write(rows));
        }

        rows.ShouldBe(Rows());
        rows.ShouldAllBe(static row => !row.Result.StartsWith(Fault));
    }

    [Fact]
    public void Only_members_that_need_a_host_have_no_example()
    {
        IEnumerable<string> without = Rows().Where(static row => row.Example is null).Select(static row => row.Name).Distinct();

        without.Except(WithoutExample).ShouldBeEmpty();
        Rows().ShouldAllBe(static row => row.Meaning.EndsWith('.'));
    }

    private static IReadOnlyList<LibraryRow> Rows() => LibraryRow.Read(Sources.Read(LibraryRow.File));

    private static string ResultOf(LibraryRow row)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Output = TextWriter.Null,
            Capabilities = LyraCapabilities.Clock,
            Jit = JitMode.Off,
        });
        try
        {
            return engine.Run(row.Script()).ToString();
        }
        catch (Exception e) when (e is LyraException or LyraCompileException)
        {
            return $"{Fault}{e.Message.Split('\n')[0]}";
        }
    }
}
