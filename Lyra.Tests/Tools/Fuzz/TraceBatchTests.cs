using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Traces;
using Lyra.Runtime.Disassembly;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class TraceBatchTests
{
    [Fact]
    public void A_seed_always_makes_the_same_module() =>
        Disassembler.Print(TraceGenerator.Generate(5)).ShouldBe(Disassembler.Print(TraceGenerator.Generate(5)));

    [Fact]
    public void Generated_loops_are_valid_run_compiled_and_agree()
    {
        using ScratchFolder folder = new();
        TraceBatch batch = new(new FindFolder(folder.Path));
        for (int seed = 0; seed < 150; seed++)
        {
            batch.Try(seed)?.Text.ShouldBeNull($"seed {seed}");
        }

        batch.Tally.Compiled.ShouldBeGreaterThan(80);
        batch.Tally.CompiledShare.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_report_holds_the_code()
    {
        using ScratchFolder folder = new();
        new TraceBatch(new FindFolder(folder.Path)).Report(7, "crash", "what happened");

        File.ReadAllText(Path.Combine(folder.Path, "trace-7", "module.txt")).ShouldContain("ForLoop");
    }
}
