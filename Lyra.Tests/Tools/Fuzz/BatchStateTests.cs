using System;
using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Commands;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>Batches that continue where their last session stopped.</summary>
public sealed class BatchStateTests
{
    [Fact]
    public void A_batch_continues_and_adds_up_its_totals()
    {
        using ScratchFolder folder = new();
        string state = Path.Combine(folder.Path, "state");
        BatchSettings settings = new(
            100, new BatchLength(20, null), 2, folder.Path, new BatchInputs(null, null), Optimizes: false, ShowsCoverage: false)
        {
            StateFolder = state,
        };

        BatchCall.Execute(BatchNames.Planted, settings, TextWriter.Null).ShouldBe(0);
        BatchCall.Execute(BatchNames.Planted, settings with { Seed = 7, Parallel = 1 }, TextWriter.Null).ShouldBe(0);

        BatchState ended = BatchState.Load(state)!;
        ended.Lanes.ShouldBe([140, 141]);
        ended.Tally.Items.ShouldBe(40);
        StringWriter accounting = new();
        LedgerCall.Execute([state], accounting);
        accounting.ToString().ShouldContain("| planted | 100–139 | 40 | 0 | 0 |");
    }

    [Fact]
    public void A_state_belongs_to_its_batch()
    {
        using ScratchFolder folder = new();
        new BatchState { Batch = BatchNames.Traces, First = 1, Lanes = [1] }.Save(folder.Path);
        StringWriter errors = new();

        Lyra.Fuzz.Program.Execute(["programs", "--resume", folder.Path], TextWriter.Null, errors).ShouldBe(2);

        errors.ToString().ShouldBe(
            $"lyra-fuzz: {folder.Path} holds the state of the batch 'traces', not of 'programs'{Environment.NewLine}");
    }
}
