using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>Statements that are values which nothing uses.</summary>
internal static class ValueRules
{
    public static void CheckStatement(Walker walker, Expression value)
    {
        if (walker.IsGuarded)
        {
            return;
        }

        string? advice = value switch
        {
            UnaryExpression { Operator: UnaryOperator.Negate } =>
                "to continue the line before, end that line with the operator",
            BinaryExpression { Operator: BinaryOperator.Equal } => "write `=` to assign",
            BinaryExpression or BinaryChainExpression or UnaryExpression => "assign it, return it, or remove it",
            IntLiteral or FloatLiteral or BoolLiteral or NilLiteral or ListLiteral or TupleLiteral or NameExpression =>
                "assign it, return it, or remove it",
            MemberExpression when IsMethod(walker, (MemberExpression)value) => "write `()` to call the method",
            _ => null,
        };
        if (advice is not null)
        {
            walker.Report(ReportRules.UnusedValue, value.Span, advice);
        }
    }

    private static bool IsMethod(Walker walker, MemberExpression member) =>
        walker.Peek(member) is { Single: { Kind: ValueKind.Proc, Proc.IsBound: true } };
}
