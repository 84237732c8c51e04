using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Generate.Metrics;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// The default arm of a switch over an enum throws, or the switch has none, so that the compiler finds what a new member needs.
/// <c>DefaultArms.txt</c> lists the enums of which some switches choose a few members among many, with the number of these switches.
/// </summary>
public sealed class DefaultArmTests
{
    private static readonly string List = Repository.PathOf("Lyra.Tests", "Census", "DefaultArms.txt");

    private static readonly IReadOnlyList<DefaultArm> Arms =
        DefaultArms.Of([.. Sources.Projects.Take(3)]);

    [Fact]
    public void No_default_arm_stands_for_one_member() => Arms.Where(arm => arm.IsSibling).ShouldBeEmpty("name the member");

    [Fact]
    public void Default_arms_that_stand_for_members_are_listed()
    {
        string[] actual =
        [
            .. Arms.GroupBy(arm => arm.Enum).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal),
        ];

        File.ReadLines(List).Where(line => line.Length > 0 && line[0] != '#').ShouldBe(
            actual,
            "name the members, or throw; `dotnet run --project tools/Lyra.Generate -- arms` shows the places. The list may only shrink");
    }
}
