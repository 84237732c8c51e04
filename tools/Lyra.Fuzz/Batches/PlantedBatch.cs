using System;
using System.Threading;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>Seeds that crash, hang or fail on purpose, for the tests of <see cref="Supervisor"/>.</summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class PlantedBatch(FindFolder folder) : IBatch
{
    /// <summary>The seed that ends the process.</summary>
    public const long Deadly = 3;

    /// <summary>The seed that never ends.</summary>
    public const long Endless = 6;

    /// <summary>The seed that is a find.</summary>
    public const long Wrong = 8;

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        switch (seed)
        {
            case Deadly:
                Environment.FailFast("planted");
                break;
            case Endless:
                SpinWait wait = default;
                while (true)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }

            case Wrong:
                return Report(seed, "planted", "as it should be");
        }

        Tally.Items++;
        return null;
    }

    public Find Report(long seed, string kind, string text) => new(seed, kind, text, folder.Write($"planted-{seed}", "report.txt", text));
}
