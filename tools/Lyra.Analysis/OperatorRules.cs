using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>Operators that throw whatever the values are.</summary>
internal static class OperatorRules
{
    /// <summary>The type of <c>a op b</c>.</summary>
    public static KnownType Apply(Walker walker, BinaryOperator @operator, SourceSpan span, KnownType left, KnownType right)
    {
        if (!left.IsKnown || !right.IsKnown)
        {
            return KnownType.Any;
        }

        KnownType? result = null;
        foreach (TypeAtom a in left.Atoms)
        {
            foreach (TypeAtom b in right.Atoms)
            {
                if (OperatorTypes.Of(@operator, a, b) is { } type)
                {
                    result = result is null ? type : result.Join(type);
                }
            }
        }

        return result ?? Report(walker, @operator, span, left, right);
    }

    /// <summary>The type of a unary operation.</summary>
    public static KnownType Apply(Walker walker, UnaryExpression unary, KnownType operand)
    {
        if (unary.Operator == UnaryOperator.Not || !operand.IsKnown)
        {
            return unary.Operator == UnaryOperator.Not ? KnownType.Bool : KnownType.Any;
        }

        KnownType? result = null;
        foreach (TypeAtom atom in operand.Atoms)
        {
            if (OperatorTypes.Of(unary.Operator, atom) is { } type)
            {
                result = result is null ? type : result.Join(type);
            }
        }

        if (result is null)
        {
            string text = walker.Module.Source.Text[unary.Span.Start].ToString();
            string advice = AdviceOf(operand, operand) ?? (operand.Has(ValueKind.Str)
                ? "convert it with `toint` or `tofloat`" : "it takes numbers");
            walker.Report(ReportRules.FailingSign, new SourceSpan(unary.Span.Start, text.Length), text, operand.Display(), advice);
        }

        return result ?? KnownType.Any;
    }

    private static KnownType Report(Walker walker, BinaryOperator @operator, SourceSpan span, KnownType left, KnownType right)
    {
        walker.Report(
            ReportRules.FailingOperator,
            span,
            walker.Module.Source.GetText(span),
            left.Display(),
            right.Display(),
            Advice(@operator, left, right));
        return KnownType.Any;
    }

    private static string Advice(BinaryOperator @operator, KnownType left, KnownType right)
    {
        if (AdviceOf(left, right) is { } advice)
        {
            return advice;
        }

        bool hasStr = left.IsOnly(ValueKind.Str) || right.IsOnly(ValueKind.Str);
        return @operator == BinaryOperator.Add && hasStr ? "write `\"${value}\"` or `tostring(value)` to join texts"
            : @operator == BinaryOperator.Add && left.IsOnly(ValueKind.Map) ? "write `a.merge(b)` to join maps"
            : @operator == BinaryOperator.Add && left.IsOnly(ValueKind.Set) ? "write `a.union(b)` to join sets"
            : @operator == BinaryOperator.Add && left.IsOnly(ValueKind.List) ? "write `a.push(x)` to add an element"
            : hasStr ? "convert the str with `toint` or `tofloat`"
            : "check the types of both sides";
    }

    private static string? AdviceOf(KnownType left, KnownType right) =>
        left.IsOnly(ValueKind.Task) || right.IsOnly(ValueKind.Task) ? "write `await` before the call"
        : left.IsOnly(ValueKind.Nil) || right.IsOnly(ValueKind.Nil) ? "test for nil first"
        : left.IsOnly(ValueKind.Proc) || right.IsOnly(ValueKind.Proc) ? "call the proc with `()`"
        : null;
}
