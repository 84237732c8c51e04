using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>
/// The types of the results of operators, by the kinds of the operands. Values of the library's own types (decimals, dates) and of the host
/// are of unknown type. A test compares each pair of kinds with what the runtime does.
/// </summary>
internal static class OperatorTypes
{
    /// <summary>The type of <c>a op b</c>; null if the operator throws for all such values.</summary>
    public static KnownType? Of(BinaryOperator @operator, TypeAtom left, TypeAtom right)
    {
        if (IsDynamic(left) || HookOf(@operator, left, right) || IsDynamic(right))
        {
            return KnownType.Any;
        }

        return @operator switch
        {
            BinaryOperator.Add => Sum(left, right),
            BinaryOperator.Subtract or BinaryOperator.Modulo => Arithmetic(left, right) ?? Date(left, right),
            BinaryOperator.Divide => Arithmetic(left, right),
            BinaryOperator.Power => IsNumber(left) && IsNumber(right) ? PowerOf(left, right) : null,
            BinaryOperator.Multiply => Arithmetic(left, right) ?? Repetition(left, right) ?? Repetition(right, left),
            BinaryOperator.BitAnd or BinaryOperator.BitOr or BinaryOperator.BitXor or BinaryOperator.ShiftLeft
                or BinaryOperator.ShiftRight =>
                left.Kind == ValueKind.Int && right.Kind == ValueKind.Int ? KnownType.Int : null,
            BinaryOperator.Less or BinaryOperator.LessEqual or BinaryOperator.Greater or BinaryOperator.GreaterEqual =>
                HaveOrder(left, right) ? KnownType.Bool : null,
            BinaryOperator.In or BinaryOperator.NotIn => Membership(left, right),
            BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Is or BinaryOperator.IsNot => KnownType.Bool,
        };
    }

    /// <summary>The type of <c>-x</c> or <c>~x</c>; null if the operator throws.</summary>
    public static KnownType? Of(UnaryOperator @operator, TypeAtom operand) => @operator switch
    {
        UnaryOperator.Not => KnownType.Bool,
        UnaryOperator.Negate => IsDynamic(operand) || HasMethod(operand, "__neg") ? KnownType.Any
            : IsNumber(operand) ? KnownType.Of(operand)
            : null,
        UnaryOperator.Complement => IsDynamic(operand) ? KnownType.Any : operand.Kind == ValueKind.Int ? KnownType.Int : null,
    };

    /// <summary>Whether two values of these types may be equal.</summary>
    public static bool MayEqual(TypeAtom left, TypeAtom right)
    {
        if (IsDynamic(left) || IsDynamic(right) || HasMethod(left, "__eq") || HasMethod(right, "__eq"))
        {
            return true;
        }

        if (left.Kind != right.Kind)
        {
            return IsNumber(left) && IsNumber(right);
        }

        bool isSameEnum = left.Enum is null || right.Enum is null || left.Enum == right.Enum;
        bool isSameStruct = (left.Struct is null) == (right.Struct is null) || left.Enum is not null;
        return isSameEnum && isSameStruct && !AreOtherStructs(left, right);
    }

    /// <summary>Whether nothing is known of a type's operators.</summary>
    public static bool IsDynamic(TypeAtom type) => type.Kind is ValueKind.Host or ValueKind.Module || IsOpenStruct(type);

    /// <summary>Whether instances may be of a struct that another file declares.</summary>
    private static bool IsOpenStruct(TypeAtom type) =>
        type is { Kind: ValueKind.Struct, Enum: null }
        && (type.Struct is null || (!type.IsExact && type.Struct.IsOpen) || type.Struct.IsPartial);

    private static bool AreOtherStructs(TypeAtom left, TypeAtom right) =>
        left is { Struct: { } a, IsExact: true } && right is { Struct: { } b, IsExact: true } && a != b;

    private static bool HookOf(BinaryOperator @operator, TypeAtom left, TypeAtom right) => @operator switch
    {
        BinaryOperator.In or BinaryOperator.NotIn => HasMethod(right, "__contains") || HasMethod(right, "__iter"),
        BinaryOperator.Greater or BinaryOperator.GreaterEqual => right.Kind == ValueKind.Struct && HasAnyHook(right),
        _ => left.Kind == ValueKind.Struct && HasAnyHook(left),
    };

    /// <summary>Whether a struct, or one that uses it, has an operator hook at all.</summary>
    private static bool HasAnyHook(TypeAtom type)
    {
        if (type.Enum is { } owner)
        {
            return owner.Layout.Methods.Length > 0;
        }

        foreach (StructInfo member in type.Struct!.Module.KindsOf(type))
        {
            foreach (string name in member.Methods.Keys)
            {
                if (name.StartsWith("__", System.StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasMethod(TypeAtom type, string name)
    {
        if (type.Kind != ValueKind.Struct)
        {
            return false;
        }

        if (type.Enum is { } owner)
        {
            return owner.FindMethod(name) is not null;
        }

        foreach (StructInfo member in type.Struct!.Module.KindsOf(type))
        {
            if (member.Methods.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(TypeAtom type) => type.Kind is ValueKind.Int or ValueKind.Float;

    private static KnownType? Arithmetic(TypeAtom left, TypeAtom right) =>
        !IsNumber(left) || !IsNumber(right) ? null
        : left.Kind == ValueKind.Int && right.Kind == ValueKind.Int ? KnownType.Int : KnownType.Float;

    /// <summary>Values of dates have no kind of their own.</summary>
    private static KnownType? Date(TypeAtom left, TypeAtom right) => IsDynamic(left) || IsDynamic(right) ? KnownType.Any : null;

    private static KnownType PowerOf(TypeAtom left, TypeAtom right) =>
        left.Kind == ValueKind.Int && right.Kind == ValueKind.Int
            ? KnownType.Int.Join(KnownType.Float)
            : KnownType.Float;

    private static KnownType? Sum(TypeAtom left, TypeAtom right) => Arithmetic(left, right)
        ?? (left.Kind == right.Kind && left.Kind is ValueKind.Str or ValueKind.List or ValueKind.Tuple
            ? KnownType.Of(left.Kind)
            : null);

    private static KnownType? Repetition(TypeAtom sequence, TypeAtom count) =>
        count.Kind == ValueKind.Int && sequence.Kind is ValueKind.Str or ValueKind.List
            ? KnownType.Of(sequence.Kind)
            : null;

    private static bool HaveOrder(TypeAtom left, TypeAtom right) => (IsNumber(left) && IsNumber(right))
        || (left.Kind == right.Kind && left.Kind is ValueKind.Str or ValueKind.List or ValueKind.Tuple);

    private static KnownType? Membership(TypeAtom item, TypeAtom container) => container.Kind switch
    {
        ValueKind.Str => item.Kind == ValueKind.Str ? KnownType.Bool : null,
        ValueKind.Map or ValueKind.Set => IsKey(item) ? KnownType.Bool : null,
        ValueKind.List or ValueKind.Tuple or ValueKind.Range or ValueKind.Bytes => KnownType.Bool,
        ValueKind.Iterator => KnownType.Any,
        _ => null,
    };

    /// <summary>Whether values of a kind may be keys.</summary>
    private static bool IsKey(TypeAtom item) =>
        !(item.Kind is ValueKind.List or ValueKind.Map or ValueKind.Set or ValueKind.Bytes);
}
