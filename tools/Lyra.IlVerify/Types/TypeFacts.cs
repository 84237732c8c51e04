using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>The storage of a number, ignoring its sign (the reduced verification type of I.8.7.1).</summary>
internal enum Storage
{
    None,
    Int8,
    Int16,
    Int32,
    Int64,
    NativeInt,
    Single,
    Double,
}

/// <summary>Properties of types, independent of the referencing module.</summary>
internal static class TypeFacts
{
    private static readonly Dictionary<string, Storage> Numbers = new()
    {
        ["Boolean"] = Storage.Int8,
        ["SByte"] = Storage.Int8,
        ["Byte"] = Storage.Int8,
        ["Char"] = Storage.Int16,
        ["Int16"] = Storage.Int16,
        ["UInt16"] = Storage.Int16,
        ["Int32"] = Storage.Int32,
        ["UInt32"] = Storage.Int32,
        ["Int64"] = Storage.Int64,
        ["UInt64"] = Storage.Int64,
        ["IntPtr"] = Storage.NativeInt,
        ["UIntPtr"] = Storage.NativeInt,
        ["Single"] = Storage.Single,
        ["Double"] = Storage.Double,
    };

    /// <summary>The type without modifiers, pinning and sentinels.</summary>
    public static TypeReference Strip(TypeReference type)
    {
        while (type is IModifierType or PinnedType or SentinelType)
        {
            type = ((TypeSpecification)type).ElementType;
        }

        return type;
    }

    /// <summary>Whether modreq(InAttribute) makes a managed pointer read-only.</summary>
    public static bool HasInModifier(TypeReference type)
    {
        for (; type is TypeSpecification specification && type is IModifierType or PinnedType; type = specification.ElementType)
        {
            if (type is RequiredModifierType { ModifierType.FullName: "System.Runtime.InteropServices.InAttribute" })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether C# marks a parameter or result as a read-only reference: by a modifier if overrides must match, otherwise by an attribute.
    /// </summary>
    public static bool IsReadOnlyReference(TypeReference type, ICustomAttributeProvider declared)
    {
        if (HasInModifier(type))
        {
            return true;
        }

        foreach (CustomAttribute attribute in declared.CustomAttributes)
        {
            if (attribute.AttributeType.Name is "IsReadOnlyAttribute" or "RequiresLocationAttribute")
            {
                return true;
            }
        }

        return false;
    }

    public static Storage StorageOf(TypeReference type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        type = Strip(type);
        if (type is TypeSpecification or GenericParameter)
        {
            // An enum inside a generic type is an instance of that type, and has the same storage as any other enum.
            return type is GenericInstanceType ? EnumStorage(type) : Storage.None;
        }

        return Numbers.TryGetValue(type.Name, out Storage storage) && IsSystem(type) ? storage : EnumStorage(type);
    }

    public static bool IsValueType(TypeReference type)
    {
        type = Strip(type);
        if (type is GenericInstanceType instance)
        {
            type = instance.ElementType;
        }

        return type is not (TypeSpecification or GenericParameter)
            && (type.Resolve() is { } definition ? IsValueTypeDefinition(definition) : type.IsValueType);
    }

    public static bool IsValueTypeDefinition(TypeDefinition type)
    {
        return IsEnum(type) || (IsNamed(type.BaseType, "ValueType") && !IsNamed(type, "Enum"));
    }

    /// <summary>Whether an object of this type is a boxed value.</summary>
    public static bool IsBoxed(TypeReference type) => type is GenericParameter || IsValueType(type);

    /// <summary>Whether every instance of the type is an object reference.</summary>
    public static bool IsReferenceType(TypeReference type)
    {
        type = Strip(type);
        if (type is GenericParameter parameter)
        {
            return parameter.HasReferenceTypeConstraint || HasClassConstraint(parameter);
        }

        return type is not (ByReferenceType or PointerType or FunctionPointerType) && !IsValueType(type);
    }

    /// <summary>Whether a type is the one of this name in the namespace System of the core library.</summary>
    public static bool IsNamed(TypeReference? type, string name) => type is not null && type.Name == name && IsSystem(type);

    public static bool IsNullable(TypeReference type)
    {
        return type is GenericInstanceType nullable && IsNamed(nullable.ElementType, "Nullable`1");
    }

    public static bool IsInterface(TypeReference type) => type is not (ArrayType or GenericParameter)
        && type.Resolve() is { IsInterface: true };

    /// <summary>A ref struct.</summary>
    public static bool IsByRefLike(TypeReference type)
    {
        type = Strip(type);
        if (type is GenericParameter or ArrayType || !IsValueType(type) || type.Resolve() is not { HasCustomAttributes: true } definition)
        {
            return false;
        }

        foreach (CustomAttribute attribute in definition.CustomAttributes)
        {
            if (attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The type of a boxed value; for a nullable, of its underlying type (III.4.1).</summary>
    public static TypeReference Boxed(TypeReference type)
    {
        type = Strip(type);
        return IsNullable(type) ? ((GenericInstanceType)type).GenericArguments[0] : type;
    }

    /// <summary>The type as its own methods see it: for a generic type, an instance over its own parameters.</summary>
    public static TypeReference Self(TypeDefinition type)
    {
        if (!type.HasGenericParameters)
        {
            return type;
        }

        GenericInstanceType self = new(type);
        foreach (GenericParameter parameter in type.GenericParameters)
        {
            self.GenericArguments.Add(parameter);
        }

        return self;
    }

    private static bool IsSystem(TypeReference type) => type.Namespace == "System" && !type.IsNested && CoreLibrary.Defines(type);

    private static bool IsEnum(TypeDefinition type) => IsNamed(type.BaseType, "Enum");

    private static Storage EnumStorage(TypeReference type)
    {
        if (type.Resolve() is not { } definition || !IsEnum(definition))
        {
            return Storage.None;
        }

        foreach (FieldDefinition field in definition.Fields)
        {
            if (!field.IsStatic)
            {
                return StorageOf(field.FieldType);
            }
        }

        return Storage.None;
    }

    /// <summary>
    /// Whether a base class in the constraints makes a parameter a class. Another parameter that must be a class does not: it may stand for
    /// object, to which the box of any value is assignable.
    /// </summary>
    private static bool HasClassConstraint(GenericParameter parameter)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (GenericParameterConstraint constraint in parameter.Constraints)
        {
            TypeReference type = Strip(constraint.ConstraintType);
            bool isOpen = IsNamed(type, "Object") || IsNamed(type, "ValueType") || IsNamed(type, "Enum") || IsInterface(type);
            if (type is GenericParameter other ? HasClassConstraint(other) : !isOpen && IsReferenceType(type))
            {
                return true;
            }
        }

        return false;
    }
}
