using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Commands;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class SupervisorTests
{
    [Fact]
    public void Inputs_that_kill_or_block_a_child_are_found_and_all_other_seeds_are_tried()
    {
        using ScratchFolder folder = new();
        Supervisor supervisor = Create(folder, out StringWriter output);

        supervisor.Run([1, 2], 11, null);

        supervisor.Finds.Select(find => (find.Seed, find.Kind)).Order()
            .ShouldBe([(PlantedBatch.Deadly, "crash"), (PlantedBatch.Endless, "hang"), (PlantedBatch.Wrong, "planted")]);
        File.Exists(Path.Combine(folder.Path, $"planted-{PlantedBatch.Deadly}", "report.txt")).ShouldBeTrue();
        output.ToString().ShouldContain($"FOUND seed {PlantedBatch.Endless}: hang");
    }

    [Fact]
    public void Counts_of_all_children_are_added_up()
    {
        using ScratchFolder folder = new();
        Supervisor supervisor = Create(folder, out _);

        supervisor.Run([100, 101], 140, null);

        supervisor.Tally.Items.ShouldBe(40);
        supervisor.Finds.ShouldBeEmpty();
        supervisor.Lanes.ShouldBe([140, 141]);
    }

    [Fact]
    public void A_child_ends_with_its_parent()
    {
        using ScratchFolder folder = new();
        string fuzzer = typeof(Supervisor).Assembly.Location;
        string[] order = ["--from", $"{PlantedBatch.Endless}", "--end", $"{PlantedBatch.Endless + 1}", "--stride", "1"];
        ProcessStartInfo info = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [fuzzer, "work", BatchNames.Planted, "--out", folder.Path, .. order, "--progress", Path.Combine(folder.Path, "progress")])
        { RedirectStandardInput = true };
        new ProgressFile(Path.Combine(folder.Path, "progress")).Dispose();
        using Process child = Process.Start(info)!;

        child.WaitForExit(TimeSpan.FromSeconds(1)).ShouldBeFalse();
        child.StandardInput.Close();
        child.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBeTrue();
    }

    private static Supervisor Create(ScratchFolder folder, out StringWriter output)
    {
        output = new StringWriter();
        return new Supervisor(new PlantedBatch(new FindFolder(folder.Path)), [BatchNames.Planted], folder.Path,
            output)
        { Patience = TimeSpan.FromSeconds(2) };
    }
}
