using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>Writes down what a seed makes.</summary>
internal interface IReportsSeeds
{
    /// <summary>Writes the files of a find.</summary>
    Find Report(long seed, string kind, string text);
}

/// <summary>Tries one seed after another.</summary>
internal interface IBatch : IReportsSeeds
{
    /// <summary>What was done so far.</summary>
    Tally Tally { get; }

    /// <summary>What was in the compiled code so far; null when that is not counted.</summary>
    Coverage? Coverage { get; }

    /// <summary>Tries what a seed makes.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    Find? Try(long seed);
}
