using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>What a condition that is true or false says about the types of variables.</summary>
internal static class Narrowing
{
    public static void Apply(Walker walker, Expression condition, bool isTrue)
    {
        switch (condition)
        {
            case UnaryExpression { Operator: UnaryOperator.Not } negated:
                Apply(walker, negated.Operand, !isTrue);
                break;
            case LogicalExpression { Operator: LogicalOperator.And } all when isTrue:
            case LogicalExpression { Operator: LogicalOperator.Or } any when !isTrue:
                foreach (Expression operand in ((LogicalExpression)condition).Operands)
                {
                    Apply(walker, operand, isTrue);
                }

                break;
            case NameExpression name when walker.Resolved.SymbolOf(name) is { } symbol && IsVariable(symbol):
                KnownType type = walker.Current(symbol);
                walker.Narrow(symbol, isTrue
                    ? type.Without(ValueKind.Nil)
                    : type.Where(static atom => atom.Kind is ValueKind.Nil or ValueKind.Bool));
                break;
            case BinaryExpression binary:
                ApplyTest(walker, binary, isTrue);
                break;
        }
    }

    /// <summary>The type of a value that is of both types.</summary>
    public static KnownType Meet(KnownType type, KnownType wanted)
    {
        if (type.IsAny || wanted.IsAny)
        {
            return wanted.IsAny ? type : wanted;
        }

        KnownType result = KnownType.Never;
        foreach (TypeAtom atom in type.Atoms)
        {
            foreach (TypeAtom other in wanted.Atoms)
            {
                result = Meet(atom, other) is { } met ? result.Join(KnownType.Of(met)) : result;
            }
        }

        return result;
    }

    private static void ApplyTest(Walker walker, BinaryExpression binary, bool isTrue)
    {
        if (binary.Left is not NameExpression name || walker.Resolved.SymbolOf(name) is not { } symbol || !IsVariable(symbol))
        {
            return;
        }

        KnownType type = walker.Current(symbol);
        switch (binary.Operator)
        {
            case BinaryOperator.Equal or BinaryOperator.NotEqual when binary.Right is NilLiteral:
                bool isNil = isTrue == (binary.Operator == BinaryOperator.Equal);
                bool hasHook = type.Has(ValueKind.Struct);
                walker.Narrow(symbol, !isNil ? type.Without(ValueKind.Nil) : hasHook || type.IsAny ? type : KnownType.Nil);
                break;
            case BinaryOperator.Is or BinaryOperator.IsNot when TestedType(walker, binary) is { } tested:
                bool isOfType = isTrue == (binary.Operator == BinaryOperator.Is);
                walker.Narrow(symbol, isOfType ? Meet(type, tested.Type) : tested.IsWhole ? Exclude(type, tested.Type) : type);
                break;
        }
    }

    /// <summary>The type that <c>x is T</c> tests; whether all values of it pass the test.</summary>
    public static (KnownType Type, bool IsWhole)? TestedType(Walker walker, BinaryExpression binary)
    {
        if (walker.Resolved.Types.TryGetValue(binary, out SlotType? slot))
        {
            return (walker.Read(slot), SlotInfo.Of(slot.Kind).Bits == 0);
        }

        if (binary.Right is NilLiteral)
        {
            return (KnownType.Nil, true);
        }

        KnownType values = TypeReader.OfType(binary.Right is NameExpression or MemberExpression ? walker.Peek(binary.Right) : null);
        return values.IsAny ? null : (values, true);
    }

    private static KnownType Exclude(KnownType type, KnownType tested) => type.Where(atom => !tested.Atoms.Any(wanted =>
        atom.Kind == wanted.Kind && atom.Enum == wanted.Enum
        && (wanted.Struct is null || (atom.Struct is not null && atom.Struct.Layout.Is(wanted.Struct.Layout)))));

    private static TypeAtom? Meet(TypeAtom atom, TypeAtom other)
    {
        if (atom.Kind != other.Kind || (atom.Enum is not null && other.Enum is not null && atom.Enum != other.Enum))
        {
            return null;
        }

        if (atom.Struct is null || other.Struct is null)
        {
            return other.Struct is not null || other.Enum is not null ? other : atom;
        }

        return atom.Struct.Layout.Is(other.Struct.Layout) ? atom
            : other.Struct.Layout.Is(atom.Struct.Layout) && !atom.IsExact ? other
            : atom.IsExact || (!atom.Struct.IsOpen && !atom.Struct.Layout.HasUsers) ? null
            : other;
    }

    private static bool IsVariable(Symbol symbol) =>
        symbol.Kind is SymbolKind.Var or SymbolKind.Let or SymbolKind.Parameter or SymbolKind.Binding;
}
