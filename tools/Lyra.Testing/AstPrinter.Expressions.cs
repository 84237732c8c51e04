using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Testing;

internal sealed partial class AstPrinter
{
    /// <summary>True while the head of a statement is written: a struct literal needs parentheses there, up to the next bracket.</summary>
    private bool _isInHead;

    private void WriteExpression(Expression expression) => WriteExpression(expression, Precedence.None);

    /// <summary>Writes an operand; in parentheses if its precedence is below <paramref name="least"/>.</summary>
    private void WriteExpression(Expression expression, Precedence least)
    {
        bool isAmbiguous = _isInHead && expression is StructLiteral;
        if (isAmbiguous || GetPrecedence(expression, least) < least)
        {
            WriteInBrackets("(", expression, ")");
        }
        else
        {
            WriteBare(expression, least);
        }
    }

    /// <summary>
    /// Writes the first expression of a statement, arm or lambda body, where if, match and braces would have another meaning.
    /// </summary>
    private void WriteFirst(Expression expression)
    {
        if (GetLeftmost(expression) is IfExpression or MatchExpression or MapLiteral or Comprehension { IsMap: true })
        {
            WriteInBrackets("(", expression, ")");
        }
        else
        {
            WriteExpression(expression);
        }
    }

    private void WriteHead(Expression expression)
    {
        bool outer = _isInHead;
        _isInHead = true;
        WriteExpression(expression);
        _isInHead = outer;
    }

    private void WriteInBrackets(string open, Expression expression, string close)
    {
        bool outer = _isInHead;
        _isInHead = false;
        Write(open).WriteExpression(expression);
        Write(close);
        _isInHead = outer;
    }

    private void WriteListed<T>(string open, ImmutableArray<T> items, Action<T> writeItem, string close)
    {
        bool outer = _isInHead;
        _isInHead = false;
        Write(open).WriteSeparated(items, writeItem);
        Write(close);
        _isInHead = outer;
    }

    /// <summary>The precedence of an expression; <c>not</c> can be written as <c>!</c> where a higher one is needed.</summary>
    private static Precedence GetPrecedence(Expression expression, Precedence least) => expression switch
    {
        LambdaExpression { Proc.IsLambda: true } => Precedence.None,
        LogicalExpression logical => OperatorInfo.Of(logical.Operator).Precedence,
        UnaryExpression { Operator: UnaryOperator.Not } when least <= Precedence.Not => Precedence.Not,
        UnaryExpression or AwaitExpression or SpawnExpression => Precedence.Unary,
        BinaryExpression binary => OperatorInfo.Of(binary.Operator).Precedence,
        BinaryChainExpression chain => OperatorInfo.Of(chain.Links[0].Operator).Precedence,
        RangeExpression => Precedence.Range,
        _ => Precedence.Postfix,
    };

    /// <summary>The subexpression whose text begins the text of this expression, ignoring parentheses.</summary>
    private static Expression GetLeftmost(Expression expression)
    {
        for (Expression? next = expression; next is not null; next = GetFirstOperand(next))
        {
            expression = next;
        }

        return expression;
    }

    private static Expression? GetFirstOperand(Expression expression) => expression switch
    {
        BinaryExpression binary => binary.Left,
        BinaryChainExpression chain => chain.First,
        LogicalExpression logical => logical.Operands[0],
        RangeExpression range => range.Start,
        _ => GetTarget(expression),
    };

    private static Expression? GetTarget(Expression expression) => expression switch
    {
        CallExpression call => call.Callee,
        MemberExpression member => member.Target,
        IndexExpression index => index.Target,
        SliceExpression slice => slice.Target,
        OptionalChain chain => chain.Chain,
        _ => null,
    };

    private void WriteBare(Expression expression, Precedence least)
    {
        switch (expression)
        {
            case NilLiteral: Write("nil"); break;
            case BoolLiteral literal: Write(literal.Value ? "true" : "false"); break;
            case IntLiteral literal: Write(literal.Value.ToString(CultureInfo.InvariantCulture)); break;
            case FloatLiteral literal: Write(FormatFloat(literal.Value)); break;
            case DecimalLiteral literal: Write(literal.Value.ToString(CultureInfo.InvariantCulture)).Write("d"); break;
            case StringLiteral literal: WriteString(literal.Value); break;
            case InterpolatedString template: WriteTemplate(template); break;
            case NameExpression name: Write(name.Name); break;
            case TypeExpression type: WriteType(type.Type); break;
            case ListLiteral list: WriteListed("[", list.Items, WriteExpression, "]"); break;
            case TupleLiteral tuple:
                WriteListed("(", tuple.Items, WriteExpression, tuple.Items is [not SpreadExpression] ? ",)" : ")");
                break;
            case SpreadExpression spread: Write("...").WriteExpression(spread.Value); break;
            case Comprehension { IsMap: true } map: WriteComprehension("{", map.Loop, "}"); break;
            case Comprehension list: WriteComprehension("[", list.Loop, "]"); break;
            case LazyComprehension lazy: WriteComprehension("(", lazy.Loop, ")"); break;
            case MapLiteral map: WriteListed("{", map.Entries, WriteEntry, "}"); break;
            case StructLiteral literal:
                WriteExpression(literal.Type);
                WriteListed("{", literal.Fields, WriteField, "}");
                break;
            case OptionalChain chain: WriteBare(chain.Chain, Precedence.Postfix); break;
            case IfExpression choice: WriteIf(choice); break;
            case MatchExpression match: WriteMatch(match); break;
            case LambdaExpression lambda: WriteLambda(lambda.Proc); break;
            default: WriteOperation(expression, least); break;
        }
    }

    private void WriteOperation(Expression expression, Precedence least)
    {
        switch (expression)
        {
            case UnaryExpression unary: WriteUnary(unary, least); break;
            case AwaitExpression wait: Write("await ").WriteExpression(wait.Operand, Precedence.Unary); break;
            case SpawnExpression spawn: Write("spawn ").WriteExpression(spawn.Call, Precedence.Unary); break;
            case BinaryExpression binary: WriteBinary(binary); break;
            case BinaryChainExpression chain: WriteChain(chain); break;
            case LogicalExpression logical: WriteLogical(logical); break;
            case RangeExpression range:
                WriteExpression(range.Start, Precedence.Range + 1);
                Write(range.IsInclusive ? "..=" : "..").WriteExpression(range.End, Precedence.Range + 1);
                break;
            default: WritePostfix(expression); break;
        }
    }

    private void WritePostfix(Expression expression)
    {
        Expression target = GetTarget(expression)
            ?? throw new ArgumentOutOfRangeException(nameof(expression), expression, "Every kind of expression without errors has a case.");
        if (target is OptionalChain)
        {
            WriteInBrackets("(", target, ")");
        }
        else
        {
            WriteExpression(target, Precedence.Postfix);
        }

        switch (expression)
        {
            case CallExpression call: WriteListed("(", call.Arguments, WriteArgument, ")"); break;
            case MemberExpression member: Write(member.IsOptional ? "?." : ".").Write(member.Name); break;
            case IndexExpression index: WriteIndex(index); break;
            case SliceExpression slice: WriteSlice(slice); break;
        }
    }

    /// <summary>Writes an index. One that begins with a range is parenthesized, because it would be a slice otherwise.</summary>
    private void WriteIndex(IndexExpression index)
    {
        Expression? first = index.Index;
        while (first is not (null or RangeExpression))
        {
            first = GetFirstOperand(first);
        }

        string open = index.IsOptional ? "?[" : "[";
        if (first is null)
        {
            WriteInBrackets(open, index.Index, "]");
        }
        else
        {
            WriteInBrackets(open + "(", index.Index, ")]");
        }
    }

    private void WriteSlice(SliceExpression slice)
    {
        bool outer = _isInHead;
        _isInHead = false;
        Write(slice.IsOptional ? "?[" : "[");
        if (slice.Start is not null)
        {
            WriteExpression(slice.Start, Precedence.Range + 1);
        }

        Write(slice.IsInclusive ? "..=" : "..");
        if (slice.End is not null)
        {
            WriteExpression(slice.End, Precedence.Range + 1);
        }

        Write("]");
        _isInHead = outer;
    }

    private void WriteUnary(UnaryExpression unary, Precedence least)
    {
        bool isLoose = unary.Operator == UnaryOperator.Not && least <= Precedence.Not;
        Write(isLoose ? "not " : OperatorInfo.Of(unary.Operator).Text);
        WriteExpression(unary.Operand, isLoose ? Precedence.Not : Precedence.Unary);
    }

    /// <summary>
    /// Writes a binary operation. Comparisons do not chain, powers are right-associative, all others are left-associative.
    /// </summary>
    private void WriteBinary(BinaryExpression binary)
    {
        Precedence precedence = OperatorInfo.Of(binary.Operator).Precedence;
        bool isPower = binary.Operator == BinaryOperator.Power;
        WriteExpression(binary.Left, isPower ? Precedence.Postfix : precedence == Precedence.Comparison ? precedence + 1 : precedence);
        Write($" {OperatorInfo.Of(binary.Operator).Text} ").WriteExpression(binary.Right, isPower ? Precedence.Unary : precedence + 1);
    }

    private void WriteChain(BinaryChainExpression chain)
    {
        Precedence precedence = OperatorInfo.Of(chain.Links[0].Operator).Precedence;
        WriteExpression(chain.First, precedence);
        foreach (BinaryLink link in chain.Links)
        {
            Write($" {OperatorInfo.Of(link.Operator).Text} ").WriteExpression(link.Operand, precedence + 1);
        }
    }

    private void WriteLogical(LogicalExpression logical)
    {
        Precedence precedence = OperatorInfo.Of(logical.Operator).Precedence;
        for (int i = 0; i < logical.Operands.Length; i++)
        {
            if (i > 0)
            {
                Write($" {OperatorInfo.Of(logical.Operator).Text} ");
            }

            WriteExpression(logical.Operands[i], precedence + 1);
        }
    }

    private void WriteEntry(MapEntry entry)
    {
        if (entry.Key is null)
        {
            Write("...").WriteExpression(entry.Value);
            return;
        }

        WriteExpression(entry.Key);
        Write(": ").WriteExpression(entry.Value);
    }

    private void WriteComprehension(string open, ComprehensionLoop comprehension, string close)
    {
        bool outer = _isInHead;
        _isInHead = false;
        Write(open);
        List<Action> clauses = [];
        Statement next = comprehension.First;
        while (next is not CollectStatement)
        {
            next = AddClause(next, clauses);
        }

        CollectStatement collect = (CollectStatement)next;
        WriteEntryOrElement(collect);
        clauses.ForEach(static write => write());
        Write(close);
        _isInHead = outer;
    }

    private void WriteEntryOrElement(CollectStatement collect)
    {
        if (collect.Key is not null)
        {
            WriteExpression(collect.Key);
            Write(": ");
        }

        WriteExpression(collect.Value);
    }

    /// <summary>Adds what writes a clause of a comprehension; returns the statement in it.</summary>
    private Statement AddClause(Statement clause, List<Action> clauses)
    {
        if (clause is ForStatement loop)
        {
            clauses.Add(() => WriteForClause(loop));
            return loop.Body.Statements[0];
        }

        IfClause condition = ((IfExpression)((ExpressionStatement)clause).Expression).Clauses[0];
        clauses.Add(() => Write(" if ").WriteExpression(condition.Condition, Precedence.Or));
        return condition.Body.Statements[0];
    }

    private void WriteForClause(ForStatement loop)
    {
        Write(" for ").WritePattern(loop.First);
        if (loop.Second is not null)
        {
            Write(", ").WritePattern(loop.Second);
        }

        Write(" in ").WriteExpression(loop.Iterable, Precedence.Or);
    }

    private void WriteField(FieldInitializer field) => Write(field.Name + ": ").WriteExpression(field.Value);

    private void WriteArgument(CallArgument argument)
    {
        if (argument.Kind == ArgumentKind.Spread)
        {
            Write("...");
        }
        else if (argument.Name is not null)
        {
            Write(argument.Name + ": ");
        }

        WriteExpression(argument.Value);
    }

    private static string FormatFloat(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "1e999" : "-1e999";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private void WriteString(string value)
    {
        Write("\"");
        AppendEscaped(value);
        Write("\"");
    }

    private void WriteTemplate(InterpolatedString template)
    {
        Write("\"");
        foreach (Expression part in template.Parts)
        {
            switch (part)
            {
                case StringLiteral text: AppendEscaped(text.Value); break;
                case FormattedExpression formatted: WriteInBrackets("${", formatted.Value, EndOf(formatted)); break;
                default: WriteInBrackets("${", part, "}"); break;
            }
        }

        Write("\"");
    }

    private static string EndOf(FormattedExpression formatted) =>
        (formatted.Width == 0 ? "" : $",{formatted.Width}") + (formatted.Format.Length == 0 ? "" : ":" + formatted.Format) + "}";

    private void AppendEscaped(string value) => _text.Append(EscapedText.Of(value));
}
