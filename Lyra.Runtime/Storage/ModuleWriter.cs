using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Storage;

/// <summary>Stores a module in the form of <see cref="ModuleFormat"/>.</summary>
internal sealed class ModuleWriter
{
    /// <summary>The bytes that are allocated for a stored byte: the buffer doubles when it is full.</summary>
    private const int BytesPerByte = 3;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly WorkMeter _meter;

    private ModuleWriter(WorkMeter meter) => _meter = meter;

    /// <summary>Writes a module to a stream. Equal modules produce equal bytes.</summary>
    /// <param name="module">The module.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="meter">Counts the work; null if it has no limits.</param>
    /// <exception cref="ModuleFormatException">The module has more bytes than an array can.</exception>
    public static void Write(CompiledModule module, Stream stream, WorkMeter? meter = null)
    {
        ReadOnlyMemory<byte> body = Body(module, meter ?? new WorkMeter());
        stream.Write(Header(body.Span));
        stream.Write(body.Span);
    }

    /// <summary>The stored form of a module, without its header.</summary>
    public static ReadOnlyMemory<byte> Body(CompiledModule module, WorkMeter meter)
    {
        ModuleWriter writer = new(meter);
        writer.WriteModule(module);
        return writer._body.WrittenMemory;
    }

    /// <summary>The header that belongs to a body.</summary>
    public static byte[] Header(ReadOnlySpan<byte> body)
    {
        byte[] header = new byte[ModuleFormat.HeaderLength];
        ModuleFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), ModuleFormat.Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), ModuleFormat.TableHash);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), body.Length);
        SHA256.HashData(body, header.AsSpan(24));
        return header;
    }

    private void WriteModule(CompiledModule module)
    {
        Text(module.Source.FileName);
        Text(module.Source.Text);
        Items(module.Variables, v =>
        {
            Text(v.Name);
            Byte((byte)v.Kind);
            Flag(v.IsPublic);
        });
        Items(module.Externals, x =>
        {
            Text(x.Name);
            Int(x.Line);
            Int(x.Column);
            Int(x.Length);
            Flag(x.IsAssigned);
            Flag(x.IsType);
            Int(x.TypeVariable);
        });
        Items(module.Aliases, a =>
        {
            Int(a.Variable);
            WriteSlotType(a.Type);
        });
        Items(module.Enums, e =>
        {
            Int(e.Variable);
            Items(e.Cases, c =>
            {
                Text(c.Name);
                Int(c.Variable);
            });
        });
        Items(module.Builtins, Text);
        List<Prototype> prototypes = [.. module.AllPrototypes()];
        prototypes.Reverse();
        Dictionary<Prototype, int> numbers = new(ReferenceEqualityComparer.Instance);
        Int(prototypes.Count);
        foreach (Prototype prototype in prototypes)
        {
            numbers[prototype] = numbers.Count;
            Items(prototype.Children, child => Int(numbers[child]));
            WritePrototype(prototype);
        }
    }

    private void WritePrototype(Prototype prototype)
    {
        Text(prototype.Name);
        Byte((byte)prototype.Kind);
        Int(prototype.RegisterCount);
        Int(prototype.EntryCost);
        Items(prototype.Code, i => Long((long)i.Raw));
        Items(prototype.Positions, Int);
        Items(prototype.Parameters, p =>
        {
            Text(p.Name);
            Flag(p.HasDefault);
            Flag(p.IsRest);
        });
        Items(prototype.Captures, c =>
        {
            Text(c.Name);
            Flag(c.FromRegister);
            Int(c.Index);
        });
        Items(prototype.Constants, c => WriteValue(c));
        Items(prototype.Sites, Text);
        Items(prototype.SlotTypes, WriteSlotType);
        WriteTables(prototype);
        Items(prototype.Structs, WriteStruct);
    }

    private void WriteTables(Prototype prototype)
    {
        Items(prototype.Loops, l =>
        {
            Int(l.BodyPc);
            Int(l.Cost);
        });
        Items(prototype.Handlers, h =>
        {
            Byte((byte)h.Kind);
            Int(h.Start);
            Int(h.End);
            Int(h.HandlerPc);
            Int(h.Register);
        });
        Items(prototype.CallDescriptors, d =>
        {
            Flag(d.HasSpread);
            Items(d.Names, Text);
        });
        Items(prototype.SwitchTables, s =>
        {
            Int(s.DefaultPc);
            Items(s.Cases, c =>
            {
                WriteValue(c.Key);
                Int(c.Value);
            });
        });
    }

    private void WriteStruct(StructInfo info)
    {
        Text(info.Name);
        Int(info.Constructor);
        Int(info.EnumVariable);
        Int(info.Ordinal);
        Items(info.Uses, Int);
        Flag(info.HasUsers);
        Int(info.Adoptions);
        Items(info.Fields, f =>
        {
            Text(f.Name);
            Int(f.SlotType);
            Flag(f.HasDefault);
            Int(f.Adoption);
        });
        Items(info.Methods, m =>
        {
            Text(m.Name);
            Int(m.Prototype);
            Flag(m.HasSelf);
        });
    }

    private void WriteSlotType(SlotType type)
    {
        Byte((byte)type.Kind);
        Flag(type.IsNullable);
        Text(type.SlotName);
        if (SlotInfo.Of(type.Kind).Has(KindTraits.Named))
        {
            Text(type.StructName ?? string.Empty);
            Int(type.ModuleSlot);
            Flag(type.MemberName is not null);
            Text(type.MemberName ?? string.Empty);
        }

        Items(type.Arguments, WriteSlotType);
    }

    private void WriteValue(in Value value)
    {
        switch (value.Ref)
        {
            case null:
                Byte((byte)ConstantTag.Nil);
                break;
            case ScriptString text:
                Byte((byte)ConstantTag.Str);
                Text(text.Text);
                break;
            case BigInt big:
                Byte((byte)ConstantTag.BigInt);
                byte[] bytes = big.Value.ToByteArray();
                Int(bytes.Length);
                bytes.CopyTo(Next(bytes.Length));
                break;
            case HostObject<decimal> exact:
                Byte((byte)ConstantTag.Decimal);
                Array.ForEach(decimal.GetBits(exact.Value), Int);
                break;
            case TupleObject tuple:
                Byte((byte)ConstantTag.Tuple);
                Items(tuple.Items.ToArray(), item => WriteValue(item));
                break;
            case var _ when value.IsBool:
                Byte((byte)(value.AsBool ? ConstantTag.True : ConstantTag.False));
                break;
            case var _ when value.IsInt || value.IsFloat:
                Byte((byte)(value.IsInt ? ConstantTag.Int : ConstantTag.Float));
                Long(value.Bits);
                break;
            default:
                throw new UnreachableException("The compiler makes constants of literals only.");
        }
    }

    private void Items<T>(T[] items, Action<T> write)
    {
        Int(items.Length);
        foreach (T item in items)
        {
            write(item);
        }
    }

    private void Byte(byte value) => Next(1)[0] = value;

    private void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    private void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), value);

    private void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value);

    private void Text(string text)
    {
        Int(text.Length);
        bool isNarrow = !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF');
        Byte(isNarrow ? (byte)0 : (byte)1);
        if (isNarrow)
        {
            Encoding.Latin1.GetBytes(text, Next(text.Length));
            return;
        }

        foreach (char c in text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Next(sizeof(char)), c);
        }
    }

    /// <summary>The next bytes of the body, to be written.</summary>
    private Span<byte> Next(int count)
    {
        if (count > Array.MaxLength - _body.WrittenCount)
        {
            throw new ModuleFormatException($"The script needs more than {Array.MaxLength:N0} bytes and can't be stored.");
        }

        _meter.Count(BytesPerByte * (long)count);
        Span<byte> next = _body.GetSpan(count)[..count];
        _body.Advance(count);
        return next;
    }
}
