using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Analysis;

/// <summary>Reads the annotations of a module, whose names the compiler has resolved.</summary>
internal sealed class TypeReader(SourceModule module)
{
    private Dictionary<int, Symbol>? _imports;

    /// <summary>The type of the values that a slot takes.</summary>
    public KnownType Read(SlotType type)
    {
        KnownType read = ReadKind(type);
        return type.IsNullable ? read.Join(KnownType.Nil) : read;
    }

    private KnownType ReadKind(SlotType type)
    {
        switch (type.Kind)
        {
            case SlotKind.Any or SlotKind.Host or SlotKind.Frozen:
                return KnownType.Any;
            case SlotKind.Union:
                return type.Arguments.Aggregate(KnownType.Never, (joined, member) => joined.Join(Read(member)));
            case SlotKind.Struct:
                return ReadStruct(type);
            case SlotKind.Tuple when type.Arguments.Length > 0:
                ImmutableArray<KnownType> items = [.. type.Arguments.Select(Read)];
                return KnownType.Of(new TypeAtom(ValueKind.Tuple) { Items = items });
            default:
                return SlotInfo.Of(type.Kind).Kind is { } kind ? KnownType.Of(kind) : KnownType.Any;
        }
    }

    private KnownType ReadStruct(SlotType type)
    {
        if (module.Resolved.StructOf(type) is { Enum: null } layout)
        {
            return Instance(module.InfoOf(layout));
        }

        if (module.Resolved.EnumOf(type) is { } cases)
        {
            return KnownType.Of(new TypeAtom(ValueKind.Struct) { Enum = module.InfoOf(cases) });
        }

        return ImportAt(type.ModuleSlot) is { } import ? OfType(ImportedType(import, type.MemberName)) : KnownType.Any;
    }

    /// <summary>The values of a type, from what its name denotes.</summary>
    public static KnownType OfType(KnownType? name) => name?.Single switch
    {
        { Kind: ValueKind.StructType, Struct: { } info } => Instance(info),
        { Kind: ValueKind.Enum, Enum: { } info } => KnownType.Of(new TypeAtom(ValueKind.Struct) { Enum = info }),
        _ => KnownType.Any,
    };

    private static KnownType Instance(StructInfo info) => KnownType.Of(new TypeAtom(ValueKind.Struct) { Struct = info });

    private KnownType? ImportedType(Symbol import, string? member)
    {
        KnownType type = module.Imports.TypeOf(import);
        return member is null ? type : type.Single?.Module?.Find(member);
    }

    private Symbol? ImportAt(int slot)
    {
        _imports ??= module.Imports.Symbols.GroupBy(static symbol => symbol.Slot)
            .ToDictionary(static group => group.Key, static group => group.First());
        return _imports.GetValueOrDefault(slot);
    }
}
