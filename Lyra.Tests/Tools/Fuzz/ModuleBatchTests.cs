using System.IO;
using System.Linq;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Modules;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class ModuleBatchTests
{
    [Fact]
    public void Programs_of_two_modules_do_what_they_do_as_one()
    {
        using ScratchFolder folder = new();
        ModuleBatch batch = new(new FindFolder(folder.Path));
        for (long seed = 1_000; seed < 1_040; seed++)
        {
            batch.Try(seed)?.Text.ShouldBeNull();
        }

        batch.Tally.Items.ShouldBe(40);
        batch.Tally.Compiled.ShouldBeGreaterThan(20);
        batch.Tally.Errors.ShouldBe(0);
    }

    [Fact]
    public void Structs_are_mentioned_under_several_names()
    {
        SplitProgram[] programs = [.. Enumerable.Range(0, 30).Select(seed => SplitProgramGenerator.Generate(seed))];
        programs.ShouldContain(p => p.Main.Contains("u.R0{") && p.Main.Contains("v.R0{") && p.Main.Contains(" R0{"));
        programs.ShouldContain(p => p.Main.Contains("u.Q{") && p.Main.Contains("P{"));
        programs.ShouldAllBe(p => !p.Main.Contains('@') && !p.Single.Contains('@') && !p.Single.Contains("u.R0"));
        SplitProgramGenerator.Generate(5).ShouldBe(SplitProgramGenerator.Generate(5));
    }

    [Fact]
    public void A_report_holds_both_forms()
    {
        using ScratchFolder folder = new();
        Find find = new ModuleBatch(new FindFolder(folder.Path)).Report(7, "crash", "what happened");
        SplitProgram program = SplitProgramGenerator.Generate(7);
        File.ReadAllText(Path.Combine(find.Folder, "report.txt")).ShouldStartWith("seed 7: crash\nwhat happened\n");
        File.ReadAllText(Path.Combine(find.Folder, "single.lyra")).ShouldBe(program.Single);
        File.ReadAllText(Path.Combine(find.Folder, "main.lyra")).ShouldBe(program.Main);
        File.ReadAllText(Path.Combine(find.Folder, "lib.lyra")).ShouldBe(program.Library);
    }
}
