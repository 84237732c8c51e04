using System;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>Additional properties of a value.</summary>
[Flags]
internal enum TypeMarks
{
    None = 0,

    /// <summary>A managed pointer that the method must not write through (III.1.8.1.2.2).</summary>
    ReadOnly = 1,

    /// <summary>The method's own <c>this</c>, never replaced.</summary>
    This = 2,

    /// <summary><c>this</c> of a constructor before the base constructor was called.</summary>
    Uninitialized = 4,

    /// <summary>A managed pointer that points into the method's own frame.</summary>
    Local = 8,
}

/// <summary>The type of a value on the stack (ECMA-335 III.1.8.1.2).</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Type">The class or value type; for a managed pointer, the type at its target; null for numbers and null.</param>
/// <param name="Marks">Its additional properties.</param>
/// <param name="Method">The method of a <see cref="VerificationKind.Function"/>.</param>
internal readonly record struct VerificationType(
    VerificationKind Kind, TypeReference? Type = null, TypeMarks Marks = TypeMarks.None, MethodReference? Method = null)
{
    public static readonly VerificationType Unknown = new(VerificationKind.Unknown);
    public static readonly VerificationType Int32 = new(VerificationKind.Int32);
    public static readonly VerificationType Int64 = new(VerificationKind.Int64);
    public static readonly VerificationType NativeInt = new(VerificationKind.NativeInt);
    public static readonly VerificationType Float = new(VerificationKind.Float);
    public static readonly VerificationType Null = new(VerificationKind.Null);

    public bool IsUnknown => Kind == VerificationKind.Unknown;

    public bool IsReference => Kind is VerificationKind.Reference or VerificationKind.Null or VerificationKind.Unknown;

    public bool IsReadOnly => (Marks & TypeMarks.ReadOnly) != 0;

    public bool IsThis => (Marks & TypeMarks.This) != 0;

    public bool IsUninitialized => (Marks & TypeMarks.Uninitialized) != 0;

    public bool IsLocal => (Marks & TypeMarks.Local) != 0;

    public static VerificationType Reference(TypeReference type) => new(VerificationKind.Reference, type);

    public static VerificationType ByRef(TypeReference pointed, TypeMarks marks = TypeMarks.None) =>
        new(VerificationKind.ByRef, pointed, marks);

    /// <summary>The stack type of a value loaded from a location of this type.</summary>
    public static VerificationType Of(TypeReference location)
    {
        TypeReference type = TypeFacts.Strip(location);
        if (type is ByReferenceType byRef)
        {
            return ByRef(byRef.ElementType, TypeFacts.HasInModifier(location) ? TypeMarks.ReadOnly : TypeMarks.None);
        }

        if (type is PointerType or FunctionPointerType)
        {
            return new VerificationType(VerificationKind.Pointer, type);
        }

        return TypeFacts.StorageOf(type) switch
        {
            Storage.Int8 or Storage.Int16 or Storage.Int32 => Int32,
            Storage.Int64 => Int64,
            Storage.NativeInt => NativeInt,
            Storage.Single or Storage.Double => Float,
            _ => new VerificationType(IsHeldAsReference(type) ? VerificationKind.Reference : VerificationKind.Value, type),
        };
    }

    public VerificationType With(TypeMarks marks) => this with { Marks = Marks | marks };

    public VerificationType Without(TypeMarks marks) => this with { Marks = Marks & ~marks };

    public override string ToString() => Kind switch
    {
        VerificationKind.Reference when TypeFacts.IsBoxed(Type!) => $"boxed '{Type!.FullName}'",
        VerificationKind.Reference => $"{(IsUninitialized ? "uninitialized " : string.Empty)}ref '{Type!.FullName}'",
        VerificationKind.Value => $"value '{Type!.FullName}'",
        VerificationKind.ByRef => $"{(IsReadOnly ? "readonly " : string.Empty)}address of '{Type!.FullName}'",
        VerificationKind.Null => "Nullobjref",
        VerificationKind.NativeInt => "Native Int",
        VerificationKind.Float => "Double",
        VerificationKind.Int64 => "Long",
        VerificationKind.Pointer => $"pointer '{Type!.FullName}'",
        VerificationKind.Function => $"method pointer '{Method!.FullName}'",
        _ => Kind.ToString(),
    };

    private static bool IsHeldAsReference(TypeReference type) => type is not GenericParameter && !TypeFacts.IsValueType(type);
}
