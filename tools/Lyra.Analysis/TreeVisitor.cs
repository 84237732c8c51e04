using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Visits the statements and expressions of a tree. It stops where the native stack ends, and says so.</summary>
internal abstract class TreeVisitor
{
    /// <summary>Whether a part of the tree was too deep to be visited.</summary>
    public bool IsIncomplete { get; private set; }

    protected void VisitAll<T>(ImmutableArray<T> nodes)
        where T : Node
    {
        foreach (T node in nodes)
        {
            Visit(node);
        }
    }

    protected void VisitOptional(Node? node)
    {
        if (node is not null)
        {
            Visit(node);
        }
    }

    public void Visit(Node node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            IsIncomplete = true;
            return;
        }

        switch (node)
        {
            case Statement statement:
                VisitStatement(statement);
                break;
            case Expression expression:
                VisitExpression(expression);
                break;
        }
    }

    protected abstract void VisitProc(ProcNode proc);

    protected virtual void VisitStatement(Statement node)
    {
        switch (node)
        {
            case ExpressionStatement { Expression: var value }: Visit(value); break;
            case BlockStatement block: VisitAll(block.Statements); break;
            case VariableDeclaration variable: VisitOptional(variable.Initializer); break;
            case AssignmentStatement assignment: VisitAll(assignment.Values); VisitAll(assignment.Targets); break;
            case CompoundAssignmentStatement compound: Visit(compound.Target); Visit(compound.Value); break;
            case WhileStatement loop: Visit(loop.Condition); Visit(loop.Body); break;
            case ForStatement loop: Visit(loop.Iterable); Visit(loop.Body); break;
            case ReturnStatement result: VisitOptional(result.Value); break;
            case YieldStatement item: VisitOptional(item.Value); break;
            case ThrowStatement error: Visit(error.Value); break;
            case CollectStatement collect: VisitOptional(collect.Key); Visit(collect.Value); break;
            case ProcDeclaration proc: VisitProc(proc.Proc); break;
            case TryStatement guarded: VisitTry(guarded); break;
            case StructDeclaration type: VisitFields(type.Fields); VisitProcs(type.Methods); break;
            case EnumDeclaration cases: VisitCases(cases); break;
        }
    }

    protected virtual void VisitExpression(Expression node)
    {
        switch (node)
        {
            case BinaryExpression binary: Visit(binary.Left); Visit(binary.Right); break;
            case UnaryExpression unary: Visit(unary.Operand); break;
            case BinaryChainExpression chain: VisitChain(chain); break;
            case LogicalExpression logical: VisitAll(logical.Operands); break;
            case CallExpression call: Visit(call.Callee); VisitArguments(call); break;
            case MemberExpression member: Visit(member.Target); break;
            case IndexExpression index: Visit(index.Target); Visit(index.Index); break;
            case SliceExpression slice: Visit(slice.Target); VisitOptional(slice.Start); VisitOptional(slice.End); break;
            case LambdaExpression lambda: VisitProc(lambda.Proc); break;
            case OptionalChain chain: Visit(chain.Chain); break;
            case RangeExpression range: Visit(range.Start); Visit(range.End); break;
            case SpawnExpression spawn: Visit(spawn.Call); break;
            case AwaitExpression await: Visit(await.Operand); break;
            case ListLiteral list: VisitAll(list.Items); break;
            case TupleLiteral tuple: VisitAll(tuple.Items); break;
            case InterpolatedString text: VisitAll(text.Parts); break;
            case FormattedExpression formatted: Visit(formatted.Value); break;
            case SpreadExpression spread: Visit(spread.Value); break;
            case LazyComprehension lazy: Visit(lazy.Call); break;
            case Comprehension comprehension: Visit(comprehension.Loop.First); break;
            case MapLiteral map: VisitMap(map); break;
            case StructLiteral literal: VisitLiteral(literal); break;
            case IfExpression branch: VisitIf(branch); break;
            case MatchExpression match: VisitMatch(match); break;
        }
    }

    private void VisitProcs(ImmutableArray<ProcNode> procs)
    {
        foreach (ProcNode proc in procs)
        {
            VisitProc(proc);
        }
    }

    private void VisitFields(ImmutableArray<FieldDeclaration> fields)
    {
        foreach (FieldDeclaration field in fields)
        {
            VisitOptional(field.DefaultValue);
        }
    }

    private void VisitCases(EnumDeclaration declaration)
    {
        foreach (EnumCase member in declaration.Cases)
        {
            VisitFields(member.Fields);
        }

        VisitProcs(declaration.Methods);
    }

    private void VisitTry(TryStatement guarded)
    {
        Visit(guarded.Body);
        foreach (CatchClause clause in guarded.Catches)
        {
            Visit(clause.Body);
        }

        VisitOptional(guarded.Finally);
    }

    private void VisitChain(BinaryChainExpression chain)
    {
        Visit(chain.First);
        foreach (BinaryLink link in chain.Links)
        {
            Visit(link.Operand);
        }
    }

    private void VisitArguments(CallExpression call)
    {
        foreach (CallArgument argument in call.Arguments)
        {
            Visit(argument.Value);
        }
    }

    private void VisitMap(MapLiteral map)
    {
        foreach (MapEntry entry in map.Entries)
        {
            VisitOptional(entry.Key);
            Visit(entry.Value);
        }
    }

    private void VisitLiteral(StructLiteral literal)
    {
        Visit(literal.Type);
        foreach (FieldInitializer field in literal.Fields)
        {
            Visit(field.Value);
        }
    }

    private void VisitIf(IfExpression branch)
    {
        foreach (IfClause clause in branch.Clauses)
        {
            Visit(clause.Condition);
            Visit(clause.Body);
        }

        VisitOptional(branch.Else);
    }

    private void VisitMatch(MatchExpression match)
    {
        Visit(match.Subject);
        foreach (MatchArm arm in match.Arms)
        {
            VisitOptional(arm.Guard);
            Visit(arm.Body);
        }
    }
}
