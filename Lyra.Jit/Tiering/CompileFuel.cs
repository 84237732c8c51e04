using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>
/// How many regions are compiled and with how many passes: to find by bisection which of them makes a wrong result (as LLVM's <c>-opt-bisect-limit</c> does).
/// The order of compilations must be the same in each run: none in the background.
/// </summary>
internal sealed class CompileFuel
{
    /// <summary>The first so many regions are compiled with all passes.</summary>
    public long WholeRegions { get; init; }

    /// <summary>Regions beyond so many are refused.</summary>
    public long Regions { get; init; } = long.MaxValue;

    /// <summary>Passes of the regions between the two.</summary>
    public int Passes { get; init; } = int.MaxValue;

    /// <summary>Compilations so far.</summary>
    public long Used { get; private set; }

    /// <summary>What the last one that was not refused is about.</summary>
    public RegionProfile? Last { get; private set; }

    /// <summary>Takes note of a compilation.</summary>
    /// <returns>The passes that it may run; null when it is refused.</returns>
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
