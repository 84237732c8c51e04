using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Runtime.Verification;

namespace Lyra.Runtime.Storage;

/// <summary>
/// Loads the output of <see cref="ModuleWriter"/>. The input is not trusted: the checksum detects damage, every read checks bounds, and
/// <see cref="BytecodeVerifier"/> runs last, so that even a forged module can do no more than a script can.
/// </summary>
internal sealed class ModuleReader
{
    /// <summary>The bits of the last part of a decimal that hold neither its sign nor its scale.</summary>
    private const int UnusedDecimalBits = 0x7F00FFFF;

    /// <summary>The most digits of a decimal behind the point.</summary>
    private const int MaxScale = 28;

    private const int MaxNesting = VerifierLimits.MaxNesting;
    private const int SmallestText = 5;

    private readonly BodyReader _body;
    private readonly ScriptSource _source;
    private int _depth;

    private ModuleReader(byte[] body, WorkMeter meter)
    {
        _body = new BodyReader(body, meter);
        string fileName = _body.Text();
        _source = new ScriptSource(fileName, _body.Text());
    }

    /// <summary>Reads one module from the stream and nothing after it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="meter">Counts the work; null if it has no limits.</param>
    /// <exception cref="ModuleFormatException">The data is not a stored module, or has another version, is damaged or invalid.</exception>
    public static CompiledModule Read(Stream stream, WorkMeter? meter = null)
    {
        meter ??= new WorkMeter();
        byte[] header = new byte[ModuleFormat.HeaderLength];
        int got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        long length = CheckHeader(header.AsSpan(0, got));
        byte[] body = ReadBody(stream, length, meter);
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(header.AsSpan(24)))
        {
            throw BodyReader.Damaged("its checksum is wrong");
        }

        CompiledModule module = new ModuleReader(body, meter).ReadModule();
        return BytecodeVerifier.Verify(module, meter) is { } fault
            ? throw new ModuleFormatException($"The stored module is not valid bytecode: {fault}.")
            : module;
    }

    /// <summary>Returns the length of the body after checking the header.</summary>
    private static long CheckHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length < ModuleFormat.MagicLength || !header[..ModuleFormat.MagicLength].SequenceEqual(ModuleFormat.Magic))
        {
            throw new ModuleFormatException("This is not a stored Lyra module.");
        }

        if (header.Length < ModuleFormat.HeaderLength)
        {
            throw BodyReader.Damaged("it ends too early");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (version != ModuleFormat.Version)
        {
            throw new ModuleFormatException(
                $"The module was stored in format {version}, but this version of Lyra reads format {ModuleFormat.Version}; "
                    + "compile it again.");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(header[8..]) != ModuleFormat.TableHash)
        {
            throw new ModuleFormatException("The module was stored by a version of Lyra with another instruction set; compile it again.");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        return length >= 0 && length <= Array.MaxLength ? length : throw BodyReader.Damaged("its length is impossible");
    }

    /// <summary>Reads the body in pieces, so that memory is allocated for data that exists and not for the length in the header.</summary>
    private static byte[] ReadBody(Stream stream, long length, WorkMeter meter)
    {
        const int Piece = 1 << 16;
        byte[] body = new byte[Math.Min(length, Piece)];
        int filled = 0;
        while (true)
        {
            int got = stream.ReadAtLeast(body.AsSpan(filled), body.Length - filled, throwOnEndOfStream: false);
            filled += got;
            if (filled < body.Length)
            {
                throw BodyReader.Damaged("it ends too early");
            }

            if (filled == length)
            {
                return body;
            }

            int larger = (int)Math.Min(length, body.Length * 2L);
            meter.Count(larger);
            Array.Resize(ref body, larger);
        }
    }

    private CompiledModule ReadModule()
    {
        ModuleVariable[] variables = _body.Items(
            SmallestText + 2,
            static b => new ModuleVariable(b.Text(), b.Enum<ModuleVariableKind>(), b.Flag()));
        ExternalName[] externals = _body.Items(
            SmallestText + 18,
            static b => new ExternalName(b.Text(), b.Int(), b.Int(), b.Int(), b.Flag(), b.Flag()) { TypeVariable = b.Int() });
        AliasInfo[] aliases = _body.Items(SmallestText + 10, b => new AliasInfo(b.Int(), ReadSlotType()));
        EnumInfo[] enums = _body.Items(
            9, static b => new EnumInfo(b.Int(), b.Items(SmallestText + 4, static c => new CaseInfo(c.Text(), c.Int()))));
        string[] builtins = _body.Items(SmallestText, static b => b.Text());
        Prototype main = ReadPrototypes();
        if (_body.Remaining != 0)
        {
            throw BodyReader.Damaged("it has more data than it declares");
        }

        return new CompiledModule
        {
            Source = _source,
            Main = main,
            Variables = variables,
            Externals = externals,
            Aliases = aliases,
            Enums = enums,
            Builtins = builtins,
        };
    }

    private Prototype ReadPrototypes()
    {
        const int SmallestPrototype = 60;
        Prototype?[] known = new Prototype?[_body.Count(SmallestPrototype)];
        if (known.Length == 0)
        {
            throw BodyReader.Damaged("it has no code");
        }

        for (int i = 0; i < known.Length; i++)
        {
            int number = i;
            Prototype[] children = _body.Items(4, b => TakeChild(known, b.Int(), number));
            known[i] = ReadPrototype(children);
        }

        Prototype main = known[^1]!;
        known[^1] = null;
        return Array.TrueForAll(known, p => p is null) ? main : throw BodyReader.Damaged("a proc has no parent");
    }

    /// <summary>Each prototype is the child of one other that follows it.</summary>
    private static Prototype TakeChild(Prototype?[] known, int child, int parent)
    {
        if ((uint)child >= (uint)parent || known[child] is not { } prototype)
        {
            throw BodyReader.Damaged("a proc has a child that does not exist");
        }

        known[child] = null;
        return prototype;
    }

    private Prototype ReadPrototype(Prototype[] children) => new()
    {
        Children = children,
        Source = _source,
        Name = _body.Text(),
        Kind = _body.Enum<ProcKind>(),
        RegisterCount = _body.Int(),
        EntryCost = _body.Int(),
        Code = _body.Items(8, static b => new Instruction { Raw = (ulong)b.Long() }),
        Positions = _body.Items(4, static b => b.Int()),
        Parameters = _body.Items(SmallestText + 2, static b => new ParameterInfo(b.Text(), b.Flag(), b.Flag())),
        Captures = _body.Items(SmallestText + 5, static b => new CaptureInfo(b.Text(), b.Flag(), b.Int())),
        Constants = _body.Items(1, _ => ReadValue()),
        Sites = _body.Items(SmallestText, static b => b.Text()),
        SlotTypes = _body.Items(SmallestText + 6, _ => ReadSlotType()),
        Loops = _body.Items(8, static b => new LoopInfo(b.Int(), b.Int())),
        Handlers = _body.Items(17, static b => new HandlerInfo(b.Enum<HandlerKind>(), b.Int(), b.Int(), b.Int(), b.Int())),
        CallDescriptors = _body.Items(5, static b => new CallDescriptor(b.Flag(), b.Items(SmallestText, static n => n.Text()))),
        SwitchTables = _body.Items(8, _ => ReadSwitch()),
        Structs = _body.Items(SmallestText + 12, static b => ReadStruct(b)),
    };

    private SwitchTable ReadSwitch()
    {
        int defaultPc = _body.Int();
        return new SwitchTable(_body.Items(5, b => new KeyValuePair<Value, int>(ReadValue(), b.Int())), defaultPc);
    }

    private static StructInfo ReadStruct(BodyReader body)
    {
        string name = body.Text();
        int constructor = body.Int();
        int enumVariable = body.Int();
        int ordinal = body.Int();
        int[] uses = body.Items(4, static b => b.Int());
        bool hasUsers = body.Flag();
        short adoptions = Adoption(body);
        FieldInfo[] fields = body.Items(
            SmallestText + 9, static b => new FieldInfo(b.Text(), b.Int(), b.Flag()) { Adoption = Adoption(b) });
        MethodInfo[] methods = body.Items(SmallestText + 5, static b => new MethodInfo(b.Text(), b.Int(), b.Flag()));
        return new StructInfo(name, fields, methods, constructor)
        {
            EnumVariable = enumVariable,
            Ordinal = ordinal,
            Uses = uses,
            HasUsers = hasUsers,
            Adoptions = adoptions,
        };
    }

    /// <summary>The number of an adoption, or how many there are; −1 for one that no compiler wrote.</summary>
    private static short Adoption(BodyReader body) => body.Int() is >= -1 and <= short.MaxValue and var number ? (short)number : (short)-1;

    private SlotType ReadSlotType()
    {
        Descend();
        SlotKind kind = _body.Enum<SlotKind>();
        bool isNullable = _body.Flag();
        string slotName = _body.Text();
        string? structName = null;
        int moduleSlot = -1;
        string? memberName = null;
        if (SlotInfo.Of(kind).Has(KindTraits.Named))
        {
            structName = _body.Text();
            moduleSlot = _body.Int();
            bool isMember = _body.Flag();
            string member = _body.Text();
            memberName = isMember ? member : null;
        }

        SlotType[] arguments = _body.Items(SmallestText + 6, _ => ReadSlotType());
        _depth--;
        return new SlotType(kind, isNullable, arguments, structName, moduleSlot, memberName) { SlotName = slotName };
    }

    private Value ReadValue()
    {
        switch (_body.Enum<ConstantTag>())
        {
            case ConstantTag.Nil:
                return Value.Nil;
            case ConstantTag.False:
                return Value.False;
            case ConstantTag.True:
                return Value.True;
            case ConstantTag.Int:
                return Value.FromInt(_body.Long());
            case ConstantTag.Float:
                return Value.FromFloat(BitConverter.Int64BitsToDouble(_body.Long()));
            case ConstantTag.BigInt:
                return Value.FromBig(_body.Big());
            case ConstantTag.Str:
                return Value.FromObject(ScriptString.Constant(_body.Text()));
            case ConstantTag.Tuple:
                Descend();
                Value tuple = Value.FromObject(TupleObject.Of(_body.Items(1, _ => ReadValue())));
                _depth--;
                return tuple;
            case ConstantTag.Decimal:
                return ReadDecimal();
            default:
                throw new UnreachableException();
        }
    }

    private Value ReadDecimal()
    {
        int[] parts = [_body.Int(), _body.Int(), _body.Int(), _body.Int()];
        bool isValid = (parts[3] & UnusedDecimalBits) == 0 && ((parts[3] >> 16) & byte.MaxValue) <= MaxScale;
        return isValid ? HostDecimal.Constant(new decimal(parts)) : throw BodyReader.Damaged("a decimal has an unknown form");
    }

    private void Descend()
    {
        if (++_depth > MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw BodyReader.Damaged("it is nested too deep");
        }
    }
}
