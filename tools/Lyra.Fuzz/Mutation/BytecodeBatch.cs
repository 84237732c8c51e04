using System;
using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Storage;
using Lyra.Runtime.Verification;

namespace Lyra.Fuzz.Mutation;

/// <summary>
/// Mutated bytecode: Lyra must reject it, or run it under limits without harm. Sometimes the module also runs compiled, and must behave the
/// same. What loading costs is judged, too.
/// </summary>
/// <param name="folder">The folder for reports.</param>
/// <param name="sources">A folder with source files to compile and mutate, in addition to generated programs; null for none.</param>
internal sealed class BytecodeBatch(FindFolder folder, string? sources) : IBatch
{
    private static readonly ProgramLimits Limits = ProgramLimits.Usual with { Steps = 3_000 };

    private static readonly RunPlan Interpreted = new("off", 0, null) { Limits = Limits };

    /// <summary>Prefixes of the names of builtins whose results may differ between runs.</summary>
    private static readonly string[] Unrepeatable = ["jit", "vm", "time", "clock", "sleep", "task", "race", "gather", "random"];

    private readonly Corpus _corpus = new(sources);

    private readonly WorkOracle _work = new();

    public Tally Tally { get; } = new();

    public Coverage Coverage { get; } = new();

    public Find? Try(long seed)
    {
        Tally.Items++;
        try
        {
            FuzzRandom random = new(seed);
            CompiledModule? module = Load(seed, random, out byte[] data);
            return _work.Judge("load", meter => WorkOracle.Load(data, meter)) is { } fault ? Report(seed, "work", fault)
                : module is null ? null
                : Run(seed, new LyraScript(module, []), random);
        }
        catch (Exception e)
        {
            // Reading may return a module or reject it; any other outcome is a find.
            return Report(seed, "load", $"{e}");
        }
    }

    public Find Report(long seed, string kind, string text)
    {
        string name = $"bytecode-{seed}";
        folder.Write(name, "report.txt", $"seed {seed}: {kind}\n{text}\n");
        try
        {
            CompiledModule? module = Load(seed, new FuzzRandom(seed), out byte[] data);
            folder.Write(name, "module.lyrc", data);
            return new Find(seed, kind, text, folder.Write(name, "module.txt", module is null ? "refused\n" : Disassembler.Print(module)));
        }
        catch (Exception e)
        {
            // The find may be that reading or printing the module fails.
            return new Find(seed, kind, $"{text}\n{e.GetType().Name}", folder.Root);
        }
    }

    /// <summary>The mutated module of a seed; null if Lyra rejects it.</summary>
    private CompiledModule? Load(long seed, FuzzRandom random, out byte[] data)
    {
        byte[]? stored = null;
        for (int i = 0; stored is null; i++)
        {
            stored = i < 50 ? _corpus.Get(random.Below(_corpus.Count)) : _corpus.Get(0);
        }

        data = stored;
        bool isStructured = random.Chance(60);
        try
        {
            if (!isStructured)
            {
                data = ByteMutations.Apply(stored, random);
                return ModuleReader.Read(new MemoryStream(data));
            }

            CompiledModule module = ModuleReader.Read(new MemoryStream(stored));
            ModuleMutations.Apply(module, random);
            return BytecodeVerifier.Verify(module) is null ? module : null;
        }
        catch (ModuleFormatException)
        {
            return null;
        }
    }

    private Find? Run(long seed, LyraScript script, FuzzRandom random)
    {
        Tally.Accepted++;
        RunOutcome expected = ProgramRun.Execute(script, Interpreted, Coverage, Tally);
        Tally.Errors += expected.IsError ? 1 : 0;
        if (expected.Fault is not null)
        {
            return Report(seed, "off", expected.Fault);
        }

        if (!random.Chance(50))
        {
            return null;
        }

        TierOptions tiers = random.Chance(50) ? RunPlan.Early(random) : TierOptions.Stressed(random.Between(1, 1_000_000));
        RunPlan compiled = new("on", 0, tiers, random.Chance(30)) { Limits = Limits };
        long before = Tally.CompiledSteps;
        Difference? difference = expected.CompareWith(ProgramRun.Execute(script, compiled, Coverage, Tally));
        Tally.Compiled += Tally.CompiledSteps > before ? 1 : 0;
        return difference is null || (difference.Kind != DifferenceKind.Fault && !IsRepeatable(script.Module))
            ? null
            : Report(seed, difference.Kind.ToString(), difference.Text);
    }

    /// <summary>Whether two runs must behave the same. They need not if the module can observe the time or compilation.</summary>
    private static bool IsRepeatable(CompiledModule module) => !Array.Exists(
        module.Builtins,
        static name => Array.Exists(Unrepeatable, start => name.StartsWith(start, StringComparison.Ordinal)));
}
