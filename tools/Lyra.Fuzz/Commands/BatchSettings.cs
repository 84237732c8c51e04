namespace Lyra.Fuzz.Commands;

/// <summary>The arguments of a batch subcommand.</summary>
internal sealed record BatchSettings(
    long Seed, BatchLength Length, int Parallel, string Folder, BatchInputs Inputs, bool Optimizes, bool ShowsCoverage)
{
    /// <summary>The folder of the state to continue; null if the batch is not to be continued.</summary>
    public string? StateFolder { get; init; }
}

/// <summary>When a batch ends.</summary>
/// <param name="Count">The number of items.</param>
/// <param name="Seconds">The seconds after which it ends earlier; null for never.</param>
internal readonly record struct BatchLength(long Count, double? Seconds);

/// <summary>The inputs of a batch in addition to generated ones.</summary>
/// <param name="Sources">A folder with programs whose bytecode is mutated; null for none.</param>
/// <param name="Corpus">A folder with programs that reached new coverage, to mutate and to extend; null for none.</param>
internal sealed record BatchInputs(string? Sources, string? Corpus)
{
    /// <summary>The options that name them on a command line.</summary>
    public string[] ToArguments() =>
        [.. Sources is null ? (string[])[] : ["--sources", Sources], .. Corpus is null ? (string[])[] : ["--corpus", Corpus]];
}
