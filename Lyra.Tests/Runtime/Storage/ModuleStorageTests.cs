using System;
using System.Buffers.Binary;
using System.IO;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Storage;
using Lyra.Runtime.Verification;
using Lyra.Testing;
using Lyra.Tests.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Storage;

public class ModuleStorageTests
{
    private static readonly byte[] Sample = Store(SampleModules.ParseEverything());

    [Fact]
    public void Stored_modules_load_equal()
    {
        CompiledModule module = Assembler.Parse(SampleModules.Everything + "\nsource\n| import \"util\" // \ud83d\ude00 \ud800\n| é\n");
        ModuleComparer.ShouldEqual(Load(Store(module)), module);
    }

    [Fact]
    public void The_same_module_gives_the_same_bytes() => Store(Load(Sample)).ShouldBe(Sample);

    [Fact]
    public void Bytes_after_the_module_are_not_read()
    {
        MemoryStream stream = new([.. Sample, 1, 2, 3]);
        ModuleReader.Read(stream);
        stream.ReadByte().ShouldBe(1);
    }

    [Fact]
    public void A_stream_that_returns_short_reads_is_read_completely() =>
        ModuleComparer.ShouldEqual(ModuleReader.Read(new TrickleStream(Sample)), SampleModules.ParseEverything());

    [Fact]
    public void Other_files_are_not_modules()
    {
        Refusal([]).ShouldBe("This is not a stored Lyra module.");
        Refusal("print(1)"u8.ToArray()).ShouldBe("This is not a stored Lyra module.");
    }

    [Fact]
    public void Another_format_is_refused_by_number()
    {
        byte[] bytes = [.. Sample];
        bytes[4]++;
        Refusal(bytes).ShouldBe($"The module was stored in format {ModuleFormat.Version + 1}, but this version of Lyra reads format "
            + $"{ModuleFormat.Version}; compile it again.");
    }

    [Fact]
    public void Another_instruction_set_is_refused()
    {
        byte[] bytes = [.. Sample];
        bytes[8] ^= 1;
        Refusal(bytes).ShouldBe("The module was stored by a version of Lyra with another instruction set; compile it again.");
    }

    [Fact]
    public void Damage_is_found_by_the_checksum()
    {
        byte[] bytes = [.. Sample];
        bytes[^1] ^= 1;
        Refusal(bytes).ShouldBe("The stored module is damaged: its checksum is wrong.");
        bytes = [.. Sample];
        bytes[30] ^= 1;
        Refusal(bytes).ShouldBe("The stored module is damaged: its checksum is wrong.");
    }

    [Fact]
    public void A_truncated_module_is_refused_at_every_length()
    {
        for (int length = 0; length < Sample.Length; length++)
        {
            string expected = length < ModuleFormat.MagicLength ? "This is not a stored Lyra module."
                : "The stored module is damaged: it ends too early.";
            Refusal(Sample[..length]).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_length_beyond_the_file_allocates_no_memory()
    {
        byte[] bytes = [.. Sample];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Array.MaxLength);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(bytes).ShouldBe("The stored module is damaged: it ends too early.");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), -1);
        Refusal(bytes).ShouldBe("The stored module is damaged: its length is impossible.");
    }

    [Fact]
    public void Code_that_does_not_verify_is_refused_with_the_fault()
    {
        CompiledModule module = SampleModules.WithMain("", "Move r0, r1\nReturnNil");
        Refusal(Store(module)).ShouldBe(
            "The stored module is not valid bytecode: proc 0 <module>: instruction 0 (Move): r1 is read, but not written on every path to "
                + "here.");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        MemoryStream body = new();
        byte[] prefix = Body(SampleModules.WithMain("constant k0 7", "ReturnNil"));
        int constant = prefix.AsSpan().IndexOf((byte[])[(byte)ConstantTag.Int, 7, 0, 0, 0, 0, 0, 0, 0]);
        body.Write(prefix.AsSpan(0, constant));
        for (int i = 0; i < 100_000; i++)
        {
            body.Write([(byte)ConstantTag.Tuple, 1, 0, 0, 0]);
        }

        body.Write(prefix.AsSpan(constant));
        Refusal(WithHeader(body.ToArray())).ShouldBe("The stored module is damaged: it is nested too deep.");
    }

    [Fact]
    public void Bytes_behind_the_module_in_its_body_are_refused() =>
        Refusal(WithHeader([.. Body(SampleModules.ParseEverything()), 0]))
            .ShouldBe("The stored module is damaged: it has more data than it declares.");

    [Fact]
    public void Mutations_are_refused_or_load_verified()
    {
        Random random = new(20260);
        byte[] body = Body(SampleModules.ParseEverything());
        byte[] other = Body(SampleModules.WithMain("constant k0 1\nloop l0 body L0 cost 1", "LoopHead l0\nJump L0"));
        int loaded = 0;
        for (int round = 0; round < 4_000; round++)
        {
            byte[] mutated = WithHeader(Mutate(random, body, other));
            long before = GC.GetAllocatedBytesForCurrentThread();
            loaded += TryLoad(mutated) ? 1 : 0;
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50_000_000);
        }

        loaded.ShouldBeInRange(100, 3_900);
    }

    [Fact]
    public void Single_bit_flips_are_refused_or_load_verified()
    {
        byte[] body = Body(SampleModules.ParseEverything());
        int refused = 0;
        for (int i = 0; i < body.Length * 8; i += 3)
        {
            byte[] mutated = [.. body];
            mutated[i / 8] ^= (byte)(1 << (i % 8));
            refused += TryLoad(WithHeader(mutated)) ? 0 : 1;
        }

        refused.ShouldBeGreaterThan(500);
    }

    /// <summary>Loads and uses the module; only ModuleFormatException is accepted.</summary>
    private static bool TryLoad(byte[] bytes)
    {
        CompiledModule module;
        try
        {
            module = Load(bytes);
        }
        catch (ModuleFormatException refusal)
        {
            refusal.Message.ShouldEndWith(".");
            return false;
        }

        BytecodeVerifier.Verify(module).ShouldBeNull();
        string text = Disassembler.Print(module, withSource: true);
        Disassembler.Print(Assembler.Parse(text), withSource: true).ShouldBe(text);
        foreach (Prototype prototype in module.AllPrototypes())
        {
            LivenessMap.Compute(prototype).LiveBefore(0).Length.ShouldBe((prototype.RegisterCount + 63) / 64);
        }

        return true;
    }

    private static byte[] Mutate(Random random, byte[] body, byte[] other)
    {
        byte[] mutated = [.. body];
        int at = random.Next(mutated.Length);
        int length = Math.Min(random.Next(1, 40), mutated.Length - at);
        switch (random.Next(6))
        {
            case 0:
                mutated[at] = (byte)random.Next(256);
                return mutated;
            case 1:
                random.NextBytes(mutated.AsSpan(at, Math.Min(length, 8)));
                return mutated;
            case 2:
                return mutated[..at];
            case 3:
                return [.. mutated[..at], .. mutated[(at + length)..]];
            case 4:
                int from = random.Next(other.Length);
                return [.. mutated[..at], .. other[from..Math.Min(other.Length, from + length)], .. mutated[at..]];
            default:
                int source = random.Next(mutated.Length - length + 1);
                body.AsSpan(source, length).CopyTo(mutated.AsSpan(at));
                return mutated;
        }
    }

    private static string Refusal(byte[] bytes) => Should.Throw<ModuleFormatException>(() => Load(bytes)).Message;

    private static CompiledModule Load(byte[] bytes) => ModuleReader.Read(new MemoryStream(bytes));

    private static byte[] Store(CompiledModule module)
    {
        MemoryStream stream = new();
        ModuleWriter.Write(module, stream);
        return stream.ToArray();
    }

    private static byte[] Body(CompiledModule module) => Store(module)[ModuleFormat.HeaderLength..];

    private static byte[] WithHeader(byte[] body) => [.. ModuleWriter.Header(body), .. body];

    /// <summary>A stream that returns one byte per read.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
