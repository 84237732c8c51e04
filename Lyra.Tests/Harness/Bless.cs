using System;
using System.IO;
using Shouldly;

namespace Lyra.Tests.Harness;

/// <summary>Comparison with a file in the repository; <c>LYRA_BLESS=1</c> overwrites the file.</summary>
internal static class Bless
{
    /// <summary>Whether tests write what they would compare.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("LYRA_BLESS") == "1";

    /// <summary>Fails if <paramref name="actual"/> differs from the content of the file.</summary>
    public static void Compare(string actual, string file)
    {
        if (IsOn)
        {
            File.WriteAllText(file, actual);
        }
        File.Exists(file).ShouldBeTrue($"{Repository.NameOf(file)} is missing; LYRA_BLESS=1 writes it.");
        actual.ShouldBe(File.ReadAllText(file), $"compared with {Repository.NameOf(file)}; LYRA_BLESS=1 writes it anew.");
    }
}
