namespace Lyra.Fuzz.Commands;

/// <summary>The arguments of a batch subcommand.</summary>
internal sealed record BatchSettings(long Seed, long Count, double? Seconds, int Parallel, string Folder, string? Sources, bool Optimizes,
    bool ShowsCoverage);
