using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>Writes reports about seeds.</summary>
internal interface IReportsSeeds
{
    /// <summary>Writes the files of a find; null if it is none, because something else than Lyra failed.</summary>
    Find? Report(long seed, string kind, string text);
}

/// <summary>Tries one seed after another.</summary>
internal interface IBatch : IReportsSeeds
{
    /// <summary>The counts so far.</summary>
    Tally Tally { get; }

    /// <summary>The instructions and operations in compiled code so far; null if the batch does not count them.</summary>
    Coverage? Coverage { get; }

    /// <summary>Tries the program or module that the seed determines.</summary>
    /// <returns>The failure; null if there is none.</returns>
    Find? Try(long seed);
}
