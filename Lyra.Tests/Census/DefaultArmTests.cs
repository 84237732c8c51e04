using System.Linq;
using Lyra.Generate.Metrics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// The default arm of a switch over an enum throws, or the switch has none, so that the compiler finds what a new member needs.
/// </summary>
public sealed class DefaultArmTests
{
    [Fact]
    public void No_default_arm_stands_for_members_of_an_enum() => DefaultArms.Of([.. Sources.Projects.Take(3)]).ShouldBeEmpty(
        "name the members, throw, or read a column of the enum's table: docs/decisions/0022-switches-without-default-arms.md");
}
