using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Dates;
using RuntimeMembers = Lyra.Runtime.Library.Operations.Members;

namespace Lyra.Analysis;

/// <summary>The members of types, from declarations and from the library's own table.</summary>
internal static class TypeMembers
{
    /// <summary>The most structs whose members are searched; an instance of more of them may have any member.</summary>
    private const int MaxKinds = 100;

    /// <summary>The type of <c>x.name</c> for values of a type; null if there is no such member.</summary>
    public static KnownType? Find(TypeAtom type, string name) => type.Kind switch
    {
        ValueKind.Host or ValueKind.Map => KnownType.Any,
        ValueKind.Nil => null,
        ValueKind.Module => OfModule(type, name),
        ValueKind.Struct when type.Enum is not null => OfEnumValue(type.Enum, name) ?? OfLibrary(type.Kind, name),
        ValueKind.Struct => OfInstance(type, name) ?? OfLibrary(type.Kind, name),
        ValueKind.StructType when type.Struct is not null => OfStructName(type.Struct, name) ?? OfLibrary(type.Kind, name),
        ValueKind.StructType => KnownType.Any,
        ValueKind.Enum when type.Enum is not null => OfEnumName(type.Enum, name) ?? OfLibrary(type.Kind, name),
        ValueKind.Proc when name == "fromKeys" => KnownType.Any,
        ValueKind.Task when Array.IndexOf(RuntimeMembers.OfTask, name) >= 0 => KnownType.Any,
        ValueKind.Error when RuntimeMembers.IsOfErrors(name) => OfError(name),
        ValueKind.Int when DurationRows.IsUnit(name) => KnownType.Any,
        _ => OfLibrary(type.Kind, name),
    };

    /// <summary>The names of the members of a type, for a hint.</summary>
    public static IEnumerable<string> NamesOf(TypeAtom type) => type switch
    {
        { Kind: ValueKind.Module, Module: { } module } => module.Names,
        { Kind: ValueKind.StructType, Struct: { } info } => info.Statics.Keys.Concat(info.Methods.Keys),
        { Kind: ValueKind.Struct, Struct: { } info } => info.MemberNames,
        { Kind: ValueKind.Struct, Enum: { } owner } =>
            owner.FieldNames.Concat(owner.Layout.Methods.Select(static method => method.Name!)).Append("name").Append("ordinal"),
        { Kind: ValueKind.Enum, Enum: { } owner } => owner.Layout.Names
            .Concat(owner.Layout.Methods.Select(static method => method.Name!))
            .Concat(LibraryTable.AllMethods(ValueKind.Enum).Select(static row => row.Name)),
        { Kind: ValueKind.Error } => RuntimeMembers.OfError,
        _ => LibraryTable.AllMethods(type.Kind).Select(static row => row.Name)
            .Concat(LibraryTable.AllBuiltins().Where(static row => row.MaxArguments > 0).Select(static row => row.Name)),
    };

    /// <summary>Whether <c>x.name</c> is a method of the library that has not been called.</summary>
    public static bool IsLibraryMethod(TypeAtom type, string name) =>
        Find(type, name) is { Single: { Kind: ValueKind.Proc, Proc: { Library: not null, IsBound: true } } };

    /// <summary>The type of a builtin or of a member of a library module, by its qualified name.</summary>
    public static KnownType OfBuiltin(string name)
    {
        if (LibraryTable.TryFindModule(name, out LibraryModule? part))
        {
            return KnownType.Of(new TypeAtom(ValueKind.Module) { Module = new LibraryMembers(part) });
        }

        if (LibraryTable.FindQualified(name) is { } row)
        {
            return LibraryMembers.OfRow(row, 0);
        }

        return LibraryTable.TryFindConstant(name, out Lyra.Runtime.Values.Value value) ? KnownType.Of(value.Kind) : KnownType.Any;
    }

    /// <summary>The type of a case of an enum: a value, or a proc that makes one.</summary>
    public static KnownType OfCase(Symbol member, EnumInfo owner)
    {
        KnownType value = KnownType.Of(new TypeAtom(ValueKind.Struct) { Enum = owner });
        return member.Struct is null ? value : Constructor(member.Struct, value);
    }

    /// <summary>The proc that makes an instance of a struct.</summary>
    public static ProcShape ConstructorOf(StructInfo info)
    {
        KnownType instance = KnownType.Of(new TypeAtom(ValueKind.Struct) { Struct = info, IsExact = true });
        return ConstructorOf(info.Layout, instance);
    }

    /// <summary>Whether a name can be assigned as a field of all values of a type; true where that is not known.</summary>
    public static bool HasField(TypeAtom type, string name) => type switch
    {
        { Kind: ValueKind.Struct, Struct: { } info } =>
            (!type.IsExact && info.IsOpen)
            || info.Module.KindsOf(type).Any(kind => kind.IsPartial || kind.Layout.FieldIndex(name) >= 0),
        { Kind: ValueKind.Map or ValueKind.Host or ValueKind.Module } => true,
        { Kind: ValueKind.Struct, Enum: null } => true,
        _ => false,
    };

    /// <summary>A module has the builtins as methods, as each value has.</summary>
    private static KnownType? OfModule(TypeAtom type, string name) => type.Module is null ? KnownType.Any
        : type.Module.Find(name) ?? (LibraryTable.FindAsMethod(name) is null ? null : KnownType.Any);

    private static KnownType Constructor(StructLayout layout, KnownType instance) =>
        KnownType.Of(new TypeAtom(ValueKind.Proc) { Proc = ConstructorOf(layout, instance) });

    private static ProcShape ConstructorOf(StructLayout layout, KnownType instance)
    {
        string[] names = [.. layout.Fields.Select(static field => field.Name)];
        string[] needed = [.. names.Where((_, i) => layout.DefaultOf(i) is null)];
        return new ProcShape(layout.Declaration.Name, names, needed.Length, names.Length)
        {
            Result = () => instance,
            Needed = needed,
        };
    }

    private static KnownType? OfInstance(TypeAtom type, string name)
    {
        if (type.Struct is not { } info || (!type.IsExact && info.IsOpen))
        {
            return KnownType.Any;
        }

        IReadOnlyCollection<StructInfo> kinds = info.Module.KindsOf(type);
        if (kinds.Count > MaxKinds || kinds.Any(static kind => kind.IsPartial))
        {
            return KnownType.Any;
        }

        KnownType? found = null;
        foreach (StructInfo kind in kinds)
        {
            KnownType? member = OfStruct(kind, name);
            if (member is null)
            {
                continue;
            }

            found = found is null ? member : found.Join(member);
        }

        return found;
    }

    private static KnownType? OfStruct(StructInfo info, string name)
    {
        int index = info.Layout.FieldIndex(name);
        if (index >= 0)
        {
            return info.Layout.FieldSymbols.ElementAtOrDefault(index)?.Type is { } type
                ? info.Module.Types.Read(type)
                : KnownType.Any;
        }

        return info.Methods.TryGetValue(name, out ProcNode? method) ? MethodOf(info.Module, method, 1) : null;
    }

    private static KnownType? OfStructName(StructInfo info, string name) =>
        info.Statics.TryGetValue(name, out ProcNode? proc) || info.Methods.TryGetValue(name, out proc)
            ? MethodOf(info.Module, proc, 0)
            : null;

    private static KnownType? OfEnumValue(EnumInfo owner, string name) =>
        owner.FindMethod(name) is { } method ? MethodOf(owner.Module, method, 1)
        : owner.FieldNames.Contains(name) ? KnownType.Any
        : name switch
        {
            RuntimeMembers.Name => KnownType.Str,
            RuntimeMembers.Ordinal => KnownType.Int,
            _ => null,
        };

    private static KnownType? OfEnumName(EnumInfo owner, string name) =>
        owner.Find(name) is { } proc ? MethodOf(owner.Module, proc, 0)
        : owner.Layout.FindCase(name) is { } member ? OfCase(member, owner)
        : RuntimeMembers.IsOfEnums(name) ? KnownType.Of(ValueKind.List)
        : null;

    private static KnownType OfError(string name) => name switch
    {
        "kind" or "message" or "file" => KnownType.Str,
        "line" or "column" => KnownType.Int,
        _ => KnownType.Any,
    };

    private static KnownType MethodOf(SourceModule module, ProcNode method, int receivers) => KnownType.Of(new TypeAtom(ValueKind.Proc)
    {
        Proc = ProcShape.Of(method, receivers, () => module.ResultOf(method)),
    });

    private static KnownType? OfLibrary(ValueKind kind, string name) =>
        LibraryTable.FindMethod(kind, name) is { } row ? LibraryMembers.OfRow(row, 1) : null;
}
