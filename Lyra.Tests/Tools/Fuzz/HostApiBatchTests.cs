using Lyra.Fuzz.Batches;
using Lyra.Fuzz.HostApi;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class HostApiBatchTests
{
    [Fact]
    public void Sequences_of_calls_agree_in_both_tiers()
    {
        using ScratchFolder folder = new();
        HostApiBatch batch = new(new FindFolder(folder.Path), new HostCalls());
        for (int seed = 0; seed < 60; seed++)
        {
            batch.Try(seed)?.Text.ShouldBeNull($"seed {seed}");
        }

        batch.Tally.Items.ShouldBe(60);
        batch.Tally.Compiled.ShouldBeGreaterThan(15);
    }
}
