using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Running;
using Lyra.Cli.Files;
using Lyra.Cli.Options;

namespace Lyra.Cli.Commands;

/// <summary>What the arguments of <c>lyra bench</c> select.</summary>
/// <param name="Parts">What to measure.</param>
/// <param name="Programs">The programs.</param>
/// <param name="Groups">The groups of microbenchmarks.</param>
internal sealed record BenchRequest(BenchParts Parts, BenchProgram[] Programs, MicroGroup[] Groups)
{
    /// <summary>Reads the positional arguments: selections, programs and groups of microbenchmarks.</summary>
    /// <exception cref="UsageException">A name is unknown.</exception>
    public static BenchRequest Of(string[] names, BenchSettings settings)
    {
        BenchParts parts = settings.ChecksClaims ? BenchSelection.Claims : BenchParts.None;
        BenchProgram[] all = BenchProgram.All();
        List<BenchProgram> programs = [];
        List<MicroGroup> groups = [];
        foreach (string name in names)
        {
            parts |= BenchSelection.Find(name)?.Parts ?? BenchParts.None;
        }

        foreach (string name in names.Distinct().Where(static name => BenchSelection.Find(name) is null))
        {
            BenchProgram? program = Array.Find(all, program => program.Name == name);
            MicroGroup? group = MicroGroups.Find(name);

            // Some names are those of a program and of a group.
            if (program is not null && (group is null || parts != BenchParts.Micro))
            {
                programs.Add(program);
            }
            else
            {
                groups.Add(group ?? throw Unknown(name, all));
            }
        }

        BenchParts usual = settings.Against is null ? BenchSelection.Default : BenchParts.Times;
        parts = parts == BenchParts.None ? usual : parts;
        if (groups.Count > 0 && !parts.HasFlag(BenchParts.Micro))
        {
            throw new UsageException($"'{groups[0].Name}' is a group of microbenchmarks; to measure it: lyra bench micro {groups[0].Name}");
        }

        return new BenchRequest(parts, programs.Count == 0 ? all : [.. programs], groups.Count == 0 ? MicroGroups.All : [.. groups]);
    }

    private static UsageException Unknown(string name, BenchProgram[] all)
    {
        string[] programs = [.. all.Select(program => program.Name)];
        string[] words = [.. BenchSelection.All.Select(selection => selection.Name), .. MicroGroups.All.Select(group => group.Name)];
        string hint = NameDistance.Closest(name, [.. programs, .. words]) is { } closest
            ? $"did you mean '{closest}'?"
            : $"the programs are {string.Join(", ", programs)}";
        return new UsageException($"there is no benchmark program '{name}'; {hint}");
    }
}
