using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Testing;

/// <summary>Procs, if and match, patterns and types.</summary>
internal sealed partial class AstPrinter
{
    private void WriteLambda(ProcNode proc)
    {
        if (!proc.IsLambda)
        {
            WriteProc(proc);
            return;
        }

        if (proc.IsAsync)
        {
            Write("async ");
        }

        bool isBare = proc.Parameters is [{ Annotation: null, DefaultValue: null, IsRest: false, Target: null }];
        if (isBare)
        {
            Write(proc.Parameters[0].Name);
        }
        else
        {
            WriteParameters(proc.Parameters);
        }

        Write(" => ");
        if (proc.IsLambdaExpressionBody && proc.Body.Statements[0] is ReturnStatement { Value: { } value })
        {
            WriteLambdaValue(value);
        }
        else
        {
            WriteBlock(proc.Body);
        }
    }

    /// <summary>Writes the value of a lambda. An opening brace at its start would begin a block.</summary>
    private void WriteLambdaValue(Expression value)
    {
        if (GetLeftmost(value) is MapLiteral or Comprehension { IsMap: true })
        {
            WriteInBrackets("(", value, ")");
        }
        else
        {
            WriteExpression(value);
        }
    }

    private void WriteProc(ProcNode proc)
    {
        Write(proc.IsAsync ? "async proc" : "proc");
        if (proc.Name is not null)
        {
            Write(" " + proc.Name);
        }

        WriteParameters(proc.Parameters);
        if (proc.ResultType is not null)
        {
            Write(" -> ").WriteType(proc.ResultType);
        }

        Write(" ").WriteBlock(proc.Body);
    }

    private void WriteParameters(ImmutableArray<Parameter> parameters) => WriteListed("(", parameters, WriteParameter, ")");

    private void WriteParameter(Parameter parameter)
    {
        if (parameter.Target is null)
        {
            Write(parameter.IsRest ? "..." : "").Write(parameter.Name);
        }
        else
        {
            WritePattern(parameter.Target);
        }

        WriteAnnotation(parameter.Annotation);
        WriteDefault(parameter.DefaultValue);
    }

    private void WriteIf(IfExpression choice)
    {
        for (int i = 0; i < choice.Clauses.Length; i++)
        {
            IfClause clause = choice.Clauses[i];
            Write(i > 0 ? " else if " : "if ").WriteHead(clause.Condition);
            bool hasElse = i + 1 < choice.Clauses.Length || choice.Else is not null;
            Write(" ").WriteBranch(clause.Body, hasElse);
        }

        if (choice.Else is not null)
        {
            Write(" else ").WriteBranch(choice.Else, hasElse: false);
        }
    }

    /// <summary>
    /// Writes a branch. A short statement that ends in an if without else gets braces; otherwise it would take the following else.
    /// </summary>
    private void WriteBranch(BlockStatement body, bool hasElse)
    {
        bool needsBraces = hasElse && !body.HasBraces && EndsInOpenIf(body.Statements[0]);
        WriteBlock(needsBraces ? new BlockStatement(body.Span, body.Statements, hasBraces: true) : body);
    }

    private static bool EndsInOpenIf(Statement statement)
    {
        Expression? last = statement switch
        {
            ReturnStatement { Value: var value } => value,
            YieldStatement { Value: var value } => value,
            ThrowStatement { Value: var value } => value,
            _ => null,
        };
        while (last is not (null or IfExpression))
        {
            last = GetLastOperand(last);
        }

        return last is IfExpression { Else: null };
    }

    private static Expression? GetLastOperand(Expression expression) => expression switch
    {
        BinaryExpression binary => binary.Right,
        BinaryChainExpression chain => chain.Links[^1].Operand,
        LogicalExpression logical => logical.Operands[^1],
        RangeExpression range => range.End,
        UnaryExpression unary => unary.Operand,
        AwaitExpression wait => wait.Operand,
        LambdaExpression { Proc.IsLambdaExpressionBody: true } lambda => (lambda.Proc.Body.Statements[0] as ReturnStatement)?.Value,
        _ => null,
    };

    private void WriteMatch(MatchExpression match)
    {
        Write("match ").WriteHead(match.Subject);
        if (match.Arms.IsEmpty)
        {
            Write(" { }");
            return;
        }

        bool outer = _isInHead;
        _isInHead = false;
        Write(" {\n");
        _indentation++;
        foreach (MatchArm arm in match.Arms)
        {
            WriteArm(arm);
        }

        _indentation--;
        WriteIndentation();
        Write("}");
        _isInHead = outer;
    }

    private void WriteArm(MatchArm arm)
    {
        WriteIndentation();
        WritePattern(arm.Pattern);
        if (arm.Guard is not null)
        {
            Write(" if ").WriteExpression(arm.Guard, Precedence.Or);
        }

        Write(" => ").WriteStatement(arm.Body);
        Write("\n");
    }

    private void WritePattern(Pattern pattern)
    {
        switch (pattern)
        {
            case WildcardPattern: Write("_"); break;
            case BindingPattern { Type: UnionTypeNode or ProcTypeNode { Result: not null } } binding:
                Write($"{binding.Name}: (").WriteType(binding.Type);
                Write(")");
                break;
            case BindingPattern binding: Write(binding.Name).WriteAnnotation(binding.Type); break;
            case LiteralPattern literal: WriteExpression(literal.Literal); break;
            case RangePattern range:
                WriteExpression(range.Start);
                Write(range.IsInclusive ? "..=" : "..").WriteExpression(range.End);
                break;
            case RestPattern rest: Write("..." + rest.Binding?.Name); break;
            case ListPattern list: WriteListed("[", list.Items, WritePattern, "]"); break;
            case TuplePattern tuple:
                WriteListed("(", tuple.Items, WritePattern, tuple.Items is [not RestPattern] ? ",)" : ")");
                break;
            case MapPattern map: WriteMapPattern(map); break;
            case StructPattern structure:
                WriteExpression(structure.Type);
                WriteListed("{", structure.Fields, WriteFieldPattern, "}");
                break;
            case CasePattern member: WriteCasePattern(member); break;
            case AlternativePattern alternative: WriteAlternatives(alternative); break;
            case AsPattern alias: WritePatternGroup(alias.Pattern, needsParentheses: false).Write(" as " + alias.Name); break;
        }
    }

    private void WriteCasePattern(CasePattern member)
    {
        WriteExpression(member.Type);
        if (member.IsOpen && member.Fields.IsEmpty)
        {
            return;
        }

        WriteListed("(", member.Fields, WriteCaseField, member.IsOpen ? ", ...)" : ")");
    }

    private void WriteCaseField(CaseField field)
    {
        if (field.Name is not null)
        {
            Write(field.Name + ": ");
        }

        bool isTyped = field.Pattern is BindingPattern { Type: not null };
        WritePatternGroup(field.Pattern, needsParentheses: isTyped);
    }

    private void WriteMapPattern(MapPattern map)
    {
        WriteListed("{", map.Entries, WriteEntryPattern, map.IsOpen ? "" : "}");
        if (map.IsOpen)
        {
            Write(map.Entries.IsEmpty ? "...}" : ", ...}");
        }
    }

    private void WriteEntryPattern(MapPatternEntry entry)
    {
        WriteExpression(entry.Key);
        Write(": ").WritePattern(entry.Value);
    }

    private void WriteFieldPattern(FieldPattern field)
    {
        Write(field.Name);
        bool isShort = field.Pattern is BindingPattern { Type: null } binding && binding.Name == field.Name;
        if (!isShort)
        {
            Write(": ").WritePattern(field.Pattern);
        }
    }

    private void WriteAlternatives(AlternativePattern alternative)
    {
        for (int i = 0; i < alternative.Alternatives.Length; i++)
        {
            if (i > 0)
            {
                Write(" | ");
            }

            Pattern item = alternative.Alternatives[i];
            WritePatternGroup(item, item is AlternativePattern or AsPattern);
        }
    }

    private AstPrinter WritePatternGroup(Pattern pattern, bool needsParentheses)
    {
        Write(needsParentheses ? "(" : "").WritePattern(pattern);
        return Write(needsParentheses ? ")" : "");
    }

    private AstPrinter WriteType(TypeNode type) => Write(TypeText.Of(type));
}
