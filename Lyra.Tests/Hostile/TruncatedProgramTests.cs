using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>A program that is truncated or damaged in the middle is compiled or rejected, and never crashes the compiler.</summary>
public sealed class TruncatedProgramTests
{
    private const int CutsPerProgram = 20;
    private const long MostResidentBytes = 600_000_000;

    public static TheoryData<string> Sections() =>
        [.. Directory.EnumerateDirectories(ConformanceCase.Folder).Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sections))]
    public Task Cut_programs_are_checked(string section) => CheckAsync(section, (bytes, random) => bytes[..random.Next(bytes.Length)]);

    [Theory]
    [Trait(Sweep.Category, Sweep.Name)]
    [SweepData(nameof(Sections))]
    public Task Programs_with_a_piece_missing_are_checked(string section) => CheckAsync(section, (bytes, random) =>
    {
        int from = random.Next(bytes.Length);
        int length = Math.Min(random.Next(1, 12), bytes.Length - from);
        return [.. bytes[..from], .. bytes[(from + length)..]];
    });

    [Theory]
    [Trait(Sweep.Category, Sweep.Name)]
    [SweepData(nameof(Sections))]
    public Task Programs_with_a_damaged_byte_are_checked(string section) => CheckAsync(section, (bytes, random) =>
    {
        byte[] damaged = [.. bytes];
        damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return damaged;
    });

    private static async Task CheckAsync(string section, Func<byte[], Random, byte[]> damage)
    {
        using ScratchFolder folder = new();
        List<string> files = Write(folder, section, damage);

        CommandResult result =
            await LyraCommand.RunAsync(new CommandRun(["check", .. files]) { Folder = folder.Path, IsWatched = true });

        string end = result.Err.Length < 3_000 ? result.Err : result.Err[^3_000..];
        result.WasKilled.ShouldBeFalse(end);
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse(end);
        result.Code.ShouldBeOneOf(0, 2);
        result.Usage.PeakBytes.ShouldBeLessThan(MostResidentBytes);
    }

    private static List<string> Write(ScratchFolder folder, string section, Func<byte[], Random, byte[]> damage)
    {
        List<string> files = [];
        foreach (string program in Directory.EnumerateFiles(Path.Combine(ConformanceCase.Folder, section), "*.lyra")
            .Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(program);
            Random random = new(bytes.Length);
            for (int i = 0; i < CutsPerProgram; i++)
            {
                files.Add(folder.Write($"{Path.GetFileNameWithoutExtension(program)}-{i}.lyra", damage(bytes, random)));
            }
        }
        return files;
    }
}
