namespace Lyra.Fuzz.Commands;

/// <summary>What a call for a batch says.</summary>
internal sealed record BatchSettings(long Seed, long Count, double? Seconds, int Parallel, string Folder, string? Sources, bool Optimizes, bool ShowsCoverage);
