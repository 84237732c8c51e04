using System;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.HugeOperands;

/// <summary>Programs that apply operators and builtins to huge operands. The engine must look at the clock often enough.</summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class HugeBatch(FindFolder folder) : IBatch
{
    private readonly TimeOracle _oracle = new();

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        string source = HugeProgram.Generate(seed);
        Tally.Items++;
        Tally.Runs++;
        LyraLimits limits = new() { Timeout = TimeSpan.FromMilliseconds(300), MaxMemoryBytes = 400_000_000 };
        string? slow = _oracle.Judge(source, seed % 2 == 0 ? JitMode.Off : JitMode.On, limits);
        Tally.Accepted += _oracle.Refused is null ? 1 : 0;
        return slow is null ? null : Report(seed, "time", slow);
    }

    public Find Report(long seed, string kind, string text)
    {
        string source = HugeProgram.Generate(seed);
        folder.Write($"huge-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n{source}\n");
        return new Find(seed, kind, text, folder.Write($"huge-{seed}", "program.lyra", source));
    }
}
