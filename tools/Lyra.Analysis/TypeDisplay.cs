using Lyra.Runtime.Kinds;

namespace Lyra.Analysis;

/// <summary>The names of types in messages.</summary>
internal static class TypeDisplay
{
    public static string Of(TypeAtom atom) => atom switch
    {
        { Kind: ValueKind.Struct, Struct: { } type } => type.Name,
        { Kind: ValueKind.Struct, Enum: { } type } => type.Name,
        { Kind: ValueKind.StructType, Struct: { } type } => $"struct {type.Name}",
        { Kind: ValueKind.Enum, Enum: { } type } => $"enum {type.Name}",
        { Kind: ValueKind.Module, Module: { } module } => $"module {module.Name}",
        _ => KindInfo.Of(atom.Kind).Name,
    };
}
