using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>Comparisons whose result does not depend on the values.</summary>
internal static class ComparisonRules
{
    public static void CheckEquality(Walker walker, BinaryExpression binary, KnownType left, KnownType right)
    {
        bool mayBeEqual = !left.IsKnown || !right.IsKnown
            || left.Atoms.Any(a => right.Atoms.Any(b => OperatorTypes.MayEqual(a, b)));
        if (mayBeEqual)
        {
            return;
        }

        if (left.IsOnly(ValueKind.Task) || right.IsOnly(ValueKind.Task))
        {
            AwaitRules.Report(walker, left.IsOnly(ValueKind.Task) ? binary.Left : binary.Right);
            return;
        }

        walker.Report(
            ReportRules.NeverEqual,
            binary.OperatorSpan,
            walker.Module.Source.GetText(binary.OperatorSpan),
            binary.Operator == BinaryOperator.Equal ? "false" : "true",
            left.Display(),
            right.Display());
    }

    /// <summary>Checks <c>x is int</c>.</summary>
    public static void CheckTest(Walker walker, BinaryExpression binary, KnownType left, SlotType type) =>
        CheckType(walker, binary, left, walker.Read(type));

    /// <summary>Checks <c>a is b</c> with a value or a struct on the right.</summary>
    public static void CheckIdentity(Walker walker, BinaryExpression binary, KnownType left, KnownType right)
    {
        if (right.Single is { Kind: ValueKind.StructType or ValueKind.Enum })
        {
            CheckType(walker, binary, left, TypeReader.OfType(right));
            return;
        }

        if (binary.Right is not NameExpression name || walker.Resolved.SymbolOf(name) is not { } symbol || !IsVariable(symbol))
        {
            return;
        }

        bool isPlain = right.IsOnly(ValueKind.Int, ValueKind.Float, ValueKind.Str);
        bool hidesType = SlotInfo.OfName(symbol.Name) is not null && right.IsKnown;
        if (isPlain || hidesType)
        {
            string other = binary.Operator == BinaryOperator.Is ? "==" : "!=";
            walker.Report(ReportRules.IsVariable, name.Span, name.Name, walker.Module.Source.GetText(binary.OperatorSpan), other);
        }
    }

    private static void CheckType(Walker walker, BinaryExpression binary, KnownType left, KnownType tested)
    {
        bool mayBe = !left.IsKnown || !tested.IsKnown || left.Atoms.Any(static atom => atom.Kind is ValueKind.Host or ValueKind.StructType
            or ValueKind.Enum) || Narrowing.Meet(left, tested).IsKnown;
        if (!mayBe)
        {
            walker.Report(
                ReportRules.NeverOfType,
                binary.OperatorSpan,
                walker.Module.Source.GetText(binary.OperatorSpan),
                binary.Operator == BinaryOperator.Is ? "false" : "true",
                left.Display());
        }
    }

    private static bool IsVariable(Symbol symbol) =>
        symbol.Kind is SymbolKind.Var or SymbolKind.Let or SymbolKind.Const or SymbolKind.Parameter or SymbolKind.Binding;
}
