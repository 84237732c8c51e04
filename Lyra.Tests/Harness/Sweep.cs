using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Lyra.Tests.Harness;

/// <summary>
/// How much is executed of tests that repeat a check over many programs, modes, limits or seeds. With <c>LYRA_SWEEP=full</c>, tests
/// execute everything; otherwise a sample, which <c>LYRA_SEED</c> selects. <c>.ci/run</c> sets the seed to the commit, so the same tree
/// has the same result, and over time all of it is executed.
/// </summary>
internal static class Sweep
{
    public const string Category = "Category";

    /// <summary>
    /// The trait of test classes that consist of such repetition. The test command of the README excludes them; <c>.ci/run</c> executes
    /// a sample of them, and all of those that concern the changed files.
    /// </summary>
    public const string Name = "Sweep";

    /// <summary>The sample has one of this many rows, repetitions or values.</summary>
    public const int Share = 12;

    private static readonly string SeedText = Environment.GetEnvironmentVariable("LYRA_SEED") ?? "";

    /// <summary>Rows that failed once. They are in every sample.</summary>
    public static IReadOnlySet<string> Failed { get; } =
        File.ReadLines(Repository.PathOf("Lyra.Tests", "failed.txt")).ToHashSet();

    /// <summary>True if everything is executed.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("LYRA_SWEEP") is "full";

    /// <summary>A seed for what a test selects at random.</summary>
    public static int Seed { get; } = (int)(Hash("seed") & int.MaxValue);

    /// <summary>The part of some rows that is executed: all, or those of the sample and those that failed once.</summary>
    public static IEnumerable<T> Rows<T>(IReadOnlyCollection<T> rows, Func<T, string> name)
    {
        if (IsFull)
        {
            return rows;
        }

        // As many rows for every seed, and at least one: those with the smallest hashes.
        int count = (rows.Count + Share - 1) / Share;
        HashSet<string> sample = [.. rows.Select(name).OrderBy(Hash).Take(count)];
        return rows.Where(row => sample.Contains(name(row)) || Failed.Contains(name(row)));
    }

    /// <summary>The number of repetitions with random input.</summary>
    /// <param name="all">The number in a full run.</param>
    /// <param name="least">The number below which the test would prove nothing.</param>
    public static int Count(int all, int least = 1) => IsFull ? all : Math.Max(least, all / Share);

    /// <summary>The limits that a loop over a range of them executes: those a step apart, or one in <see cref="Share"/> steps.</summary>
    /// <param name="first">The first limit of the range.</param>
    /// <param name="end">The limit before which it ends.</param>
    /// <param name="step">The distance of limits in a full run.</param>
    /// <param name="least">The number below which the test would prove nothing.</param>
    public static IEnumerable<int> Range(int first, int end, int step, int least = 1)
    {
        int apart = IsFull ? step : Math.Min(step * Share, (end - first) / least);
        int offset = IsFull ? 0 : (int)(Hash($"{first}..{end}") % (ulong)apart);
        for (int value = first + offset; value < end; value += apart)
        {
            yield return value;
        }
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(SeedText + text)));
}
