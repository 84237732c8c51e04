using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Mutation;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class BytecodeBatchTests
{
    [Fact]
    public void Damaged_modules_are_refused_or_run_safely()
    {
        using ScratchFolder folder = new();
        BytecodeBatch batch = new(new FindFolder(folder.Path), null);
        for (int seed = 0; seed < 1_500; seed++)
        {
            batch.Try(seed).ShouldBeNull();
        }

        batch.Tally.Items.ShouldBe(1_500);
        batch.Tally.Accepted.ShouldBeInRange(100, 1_200);
        batch.Tally.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_report_holds_the_damaged_module()
    {
        using ScratchFolder folder = new();
        Find find = new BytecodeBatch(new FindFolder(folder.Path), null).Report(7, "crash", "what happened");

        File.ReadAllText(Path.Combine(folder.Path, "bytecode-7", "report.txt")).ShouldBe("seed 7: crash\nwhat happened\n");
        File.Exists(Path.Combine(folder.Path, "bytecode-7", "module.lyrc")).ShouldBeTrue();
        find.Folder.ShouldBe(Path.Combine(folder.Path, "bytecode-7"));
    }

    [Fact]
    public void Programs_of_a_folder_are_damaged_too()
    {
        using ScratchFolder folder = new();
        folder.Write("loop.lyra", "var n = 0\nfor i in 0..100 { n += i }\nprint(n)\n"u8.ToArray());

        new Corpus(folder.Path).Count.ShouldBe(new Corpus(null).Count + 4);
    }
}
