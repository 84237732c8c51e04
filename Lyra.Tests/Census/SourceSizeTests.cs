using System.Linq;
using Lyra.Generate.Metrics;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// Types stay small enough to be readable; see <c>dotnet run --project tools/Lyra.Generate -- metrics</c>. The interpreter's loop and
/// generated tables are exempt.
/// </summary>
public sealed class SourceSizeTests
{
    private const int MostLinesOfAType = 2_000;

    /// <summary>Types that still exceed the bound. The list may only shrink.</summary>
    private static readonly string[] TooLarge = [];

    [Fact]
    public void No_type_has_more_than_2000_lines()
    {
        string[] large =
        [
            .. SourceProject.ReadAll(new SourceRepository(Repository.Root))
                .SelectMany(SourceSizes.Types)
                .Where(type => type.Lines > MostLinesOfAType)
                .Select(type => type.Name),
        ];

        large.Except(TooLarge).ShouldBeEmpty("split these types by responsibility");
        TooLarge.Except(large).ShouldBeEmpty("these types are small enough now: remove them from TooLarge");
    }
}
