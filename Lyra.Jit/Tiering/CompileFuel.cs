using Lyra.Jit.Profiles;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Limits the number of regions that are compiled and of the passes that they run. Bisection over the limits finds the pass of the region
/// that is miscompiled, as with LLVM's <c>-opt-bisect-limit</c>. Compilations must have the same order in each run, so none may run in the
/// background.
/// </summary>
internal sealed class CompileFuel
{
    /// <summary>The number of regions that are compiled with all passes.</summary>
    public long WholeRegions { get; init; }

    /// <summary>The number of regions that are compiled; later ones are refused.</summary>
    public long Regions { get; init; } = long.MaxValue;

    /// <summary>The number of passes that the regions between these two limits run.</summary>
    public int Passes { get; init; } = int.MaxValue;

    /// <summary>Compilations so far.</summary>
    public long Used { get; private set; }

    /// <summary>The profile of the last compilation that was not refused.</summary>
    public RegionProfile? Last { get; private set; }

    /// <summary>Counts a compilation.</summary>
    /// <returns>The number of passes that it may run; null when it is refused.</returns>
    public int? Take(RegionProfile profile)
    {
        if (++Used > Regions)
        {
            return null;
        }

        Last = profile;
        return Used <= WholeRegions ? int.MaxValue : Passes;
    }
}
