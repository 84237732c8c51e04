using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>Files with changed bytes: the verifier reports them, or refuses them with a reason, and never fails.</summary>
public sealed class DamagedFileTests
{
    [Theory]
    [InlineData("HostHello.dll", 1, 400)]
    [InlineData("lyra-ilverify.dll", 2, 100)]
    public void Changed_bytes_are_reported(string file, int seed, int count) => Damage(file, seed, count);

    [Theory]
    [Trait(Sweep.Category, Sweep.Name)]
    [InlineData("HostHello.dll", 3, 3_000)]
    [InlineData("lyra-ilverify.dll", 4, 1_000)]
    [InlineData("Lyra.Interpreter.dll", 5, 100)]
    public void Many_changed_bytes_are_reported(string file, int seed, int count) => Damage(file, seed, count);

    private static void Damage(string file, int seed, int count)
    {
        byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file));
        string[] folders = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!];
        using FolderResolver resolver = new(folders);
        Random random = new(seed);
        int refused = 0;
        int reported = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = [.. image];
            int changes = random.Next(1, 9);
            for (int j = 0; j < changes; j++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            try
            {
                IReadOnlyList<Message> messages = AssemblyVerifier.Verify(new MemoryStream(damaged), resolver);
                reported += messages.Count > 0 ? 1 : 0;
                string.Join('\n', messages).ShouldNotContain("   at ");
            }
            catch (BadImageFormatException)
            {
                refused++;
            }
        }

        reported.ShouldBeGreaterThan(0);
        refused.ShouldBeInRange(1, count - 1);
    }
}
