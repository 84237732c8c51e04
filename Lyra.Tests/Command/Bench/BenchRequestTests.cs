using System.Linq;
using Lyra.Bench.Suite.Micro;
using Lyra.Cli.Commands;
using Lyra.Cli.Options;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>What the arguments of <c>lyra bench</c> ask for.</summary>
public sealed class BenchRequestTests
{
    [Fact]
    public void A_name_of_a_program_and_a_group_is_a_group_where_only_these_are_measured() =>
        BenchRequest.Of(["tasks", "micro"], new BenchSettings()).Groups.Select(group => group.Name).ShouldBe(["tasks"]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_a_program_elsewhere(bool checksClaims)
    {
        BenchRequest request = BenchRequest.Of(["tasks"], new BenchSettings { ChecksClaims = checksClaims });

        request.Programs.Select(program => program.Name).ShouldBe(["tasks"]);
        request.Groups.ShouldBe(MicroGroups.All);
    }
}
