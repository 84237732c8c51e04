using System.Linq;
using Lyra.Tests.Jit.Collections;
using Lyra.Tests.Jit.Sinking;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>The collections of programs that <see cref="ProgramTierCheckTests"/> joins; it runs in the sweep, this in each run.</summary>
public sealed class ProgramNamesTests
{
    [Fact]
    public void No_name_stands_for_programs_of_two_collections() =>
        CollectionPrograms.All.Keys.Intersect(SinkingPrograms.All.Keys).ShouldBeEmpty();
}
