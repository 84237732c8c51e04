using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Files with changed bytes: the verifier reports them, or refuses them with a reason, and never fails.</summary>
public sealed class DamagedFileTests
{
    private const int Huge = 0x0800_0000;

    /// <summary>The number 0x100000 as signatures contain it.</summary>
    private static readonly byte[] HugeCompressed = [0xC0, 0x10, 0, 0];

    [Theory]
    [InlineData("HostHello.dll", 1, 400)]
    [InlineData("lyra-ilverify.dll", 2, 100)]
    public void Changed_bytes_are_reported(string file, int seed, int count) => Damage(file, seed, Sweep.Count(count, least: 40));

    [Theory]
    [Trait(Sweep.Category, Sweep.Name)]
    [InlineData("HostHello.dll", 3, 3_000)]
    [InlineData("lyra-ilverify.dll", 4, 1_000)]
    [InlineData("Lyra.Interpreter.dll", 5, 100)]
    public void Many_changed_bytes_are_reported(string file, int seed, int count) =>
        Damage(file, seed + Sweep.Seed, Sweep.Count(count, least: 40));

    [Fact]
    public void The_command_ends_with_a_documented_code()
    {
        byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "HostHello.dll"));
        using ScratchFolder folder = new();
        string file = Path.Combine(folder.Path, "damaged.dll");
        Random random = new(6);
        Dictionary<int, int> codes = [];
        for (int i = 0; i < Sweep.Count(400, least: 100); i++)
        {
            File.WriteAllBytes(file, Change(image, random));
            StringWriter output = new();
            StringWriter errors = new();
            int code = Lyra.IlVerify.Program.Execute([file, "-r", AppContext.BaseDirectory], output, errors);
            codes[code] = codes.GetValueOrDefault(code) + 1;
            $"{output}{errors}".ShouldNotContain("   at ");
            (code == 2).ShouldBe(errors.ToString().StartsWith($"lyra-ilverify: cannot read {file}: ", StringComparison.Ordinal));
            (code == 3).ShouldBe(output.ToString().EndsWith($"error(s) found.{Environment.NewLine}", StringComparison.Ordinal));
        }

        codes.Keys.ShouldBe([0, 2, 3], ignoreOrder: true);
    }

    /// <summary>Numbers that a file may contain, and for which Mono.Cecil allocates memory.</summary>
    [Theory]
    [InlineData("a heap of the metadata")]
    [InlineData("an entry of the debug directory")]
    [InlineData("a generic parameter in a signature")]
    [InlineData("the generic parameters of a method")]
    public void A_huge_number_allocates_no_memory(string changed)
    {
        byte[] image = Enlarge(changed);
        string[] folders = [Path.GetDirectoryName(typeof(object).Assembly.Location)!];
        using FolderResolver resolver = new(folders);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<BadImageFormatException>(() => AssemblyVerifier.Verify(new MemoryStream(image), resolver));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    private static byte[] Enlarge(string changed)
    {
        byte[] image = changed.EndsWith("directory", StringComparison.Ordinal)
            ? File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "HostHello.dll"))
            : Fixture.Assemble(new IlCase(null, "void()", "ldc.i4.1; dup; dup; dup; newobj int2d::.ctor(int,int,int,int)void; pop; ret"));
        using PEReader file = new(new MemoryStream(image));
        int root = file.PEHeaders.MetadataStartOffset;
        switch (changed)
        {
            case "a heap of the metadata":
                BitConverter.GetBytes(Huge).CopyTo(image, root + image.AsSpan(root).IndexOf("#Blob"u8) - sizeof(int));
                break;
            case "an entry of the debug directory":
                file.PEHeaders.TryGetDirectoryOffset(file.PEHeaders.PEHeader!.DebugTableDirectory, out int entry).ShouldBeTrue();
                BitConverter.GetBytes(Huge).CopyTo(image, entry + 16);
                break;
            case "a generic parameter in a signature":
                ReplaceSignature(image, file, [0x00, 0, 0x1E, .. HugeCompressed]);
                break;
            default:
                ReplaceSignature(image, file, [0x10, .. HugeCompressed, 0, 0x01]);
                break;
        }

        return image;
    }

    /// <summary>Replaces the signature of the only reference to a method with seven bytes of signature.</summary>
    private static void ReplaceSignature(byte[] image, PEReader file, byte[] signature)
    {
        MetadataReader metadata = file.GetMetadataReader();
        BlobHandle old = metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle).Signature)
            .Distinct().Single(blob => metadata.GetBlobBytes(blob) is [0x20, 4, ..] bytes && bytes.Length == signature.Length);
        int start = file.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(old);
        signature.CopyTo(image, start + 1);
    }

    private static byte[] Change(byte[] image, Random random)
    {
        byte[] damaged = [.. image];
        int changes = random.Next(1, 9);
        for (int j = 0; j < changes; j++)
        {
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
        }

        return damaged;
    }

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
            try
            {
                IReadOnlyList<Message> messages = AssemblyVerifier.Verify(new MemoryStream(Change(image, random)), resolver);
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
