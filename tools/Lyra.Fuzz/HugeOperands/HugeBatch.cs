using System;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.HugeOperands;

/// <summary>
/// Programs that apply operators and builtins to huge operands. The engine must look at the clock often enough, and the process
/// must not grow by much more than the memory limit.
/// </summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class HugeBatch(FindFolder folder) : IBatch
{
    private const long MaxMemoryBytes = 400_000_000;

    private static readonly LyraLimits Limits = new() { Timeout = TimeSpan.FromMilliseconds(300), MaxMemoryBytes = MaxMemoryBytes };

    /// <summary>Longer than it takes to fill the memory in most programs.</summary>
    private static readonly TimeSpan MemoryPatience = TimeSpan.FromSeconds(2);

    private readonly TimeOracle _oracle = new();
    private readonly PeakOracle _peak = new();

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        string source = HugeProgram.Generate(seed);
        Tally.Items++;
        Tally.Runs++;
        JitMode jit = seed % 2 == 0 ? JitMode.Off : JitMode.On;

        // A program that is stopped early does not fill the memory.
        LyraLimits limits = seed % 3 == 0 ? Limits with { Timeout = MemoryPatience } : Limits;
        string? slow = null;
        string? large = _peak.Judge(MaxMemoryBytes, () => slow = _oracle.Judge(source, jit, limits));
        Tally.Accepted += _oracle.Refused is null ? 1 : 0;
        return large is not null ? Report(seed, "memory", $"{large} (--jit {jit})\n{slow}")
            : slow is not null ? Report(seed, "time", slow)
            : null;
    }

    public Find Report(long seed, string kind, string text)
    {
        string source = HugeProgram.Generate(seed);
        folder.Write($"huge-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n{source}\n");
        return new Find(seed, kind, text, folder.Write($"huge-{seed}", "program.lyra", source));
    }
}
