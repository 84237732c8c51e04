using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Hostile;

/// <summary>
/// The scripts of the folder <c>Hostile/Corpus</c>: one for each route to a limit. The folder below it says which limit, and how a script
/// must end. A first line <c>//! --timeout 1500 ends 0 1</c> changes that: options of the command, then exit codes.
/// </summary>
internal static class HostileCorpus
{
    private const string Mark = "//!";
    private static readonly string Root = Repository.PathOf("Lyra.Tests", "Hostile", "Corpus");

    private static readonly Dictionary<string, HostileProgram> Limits = new()
    {
        ["memory"] = Ending("memory limit of", "--timeout", "60000") with { MemoryLimit = HostileProgram.Small },
        ["time"] = Ending("time limit of", "--timeout", "300") with { UsesUpTime = true },
        ["steps"] = Ending("limit of 1000000 steps", "--max-steps", "1000000"),
        ["frames"] = Ending("", "--timeout", "60000") with { Kinds = ["StackOverflow"] },
        // Whatever the script does, the process ends in order, by itself or by an error.
        ["ends"] = Ending("", "--timeout", "60000") with { Kinds = [], Codes = [0, 1] },
    };

    public static IEnumerable<HostileProgram> All() =>
        Limits.SelectMany(limit => Directory.EnumerateFiles(Path.Combine(Root, limit.Key), "*.lyra")
            .Order(StringComparer.Ordinal)
            .Select(file => Read(file, limit.Key, limit.Value)));

    private static HostileProgram Ending(string message, params string[] options) =>
        new("", "") { Codes = [1], Kinds = ["LimitExceeded"], Message = message, Options = options };

    private static HostileProgram Read(string file, string limit, HostileProgram usual)
    {
        string name = $"{limit}: {Path.GetFileNameWithoutExtension(file)}";
        HostileProgram program = usual with { Name = name, Bytes = () => File.ReadAllBytes(file) };
        string first = File.ReadLines(file).FirstOrDefault("");
        return first.StartsWith(Mark, StringComparison.Ordinal)
            ? With(program, first[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : program;
    }

    private static HostileProgram With(HostileProgram program, string[] words)
    {
        int ends = Array.IndexOf(words, "ends");
        HostileProgram changed = program with { Options = [.. program.Options, .. words[..(ends < 0 ? words.Length : ends)]] };
        int memory = Array.IndexOf(words, "--max-memory");
        changed = memory < 0 ? changed : changed with { MemoryLimit = long.Parse(words[memory + 1]) };
        return ends < 0
            ? changed
            : changed with { Codes = [.. words[(ends + 1)..].Select(int.Parse)], Kinds = [], Message = "" };
    }
}
