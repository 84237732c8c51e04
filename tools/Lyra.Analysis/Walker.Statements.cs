using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Statements.</summary>
internal sealed partial class Walker
{
    /// <summary>Walks a block in the present state; returns its value, which is that of its last statement.</summary>
    private KnownType WalkBlock(BlockStatement block, bool isValue) => WalkStatements(block.Statements, isValue);

    private KnownType WalkStatements(ImmutableArray<Statement> statements, bool isValue)
    {
        KnownType value = KnownType.Nil;
        bool isReported = State.IsDead;
        for (int i = 0; i < statements.Length; i++)
        {
            if (State.IsDead && !isReported && !IsDeclaration(statements[i]))
            {
                isReported = true;
                State.IsDead = false;
                Report(ReportRules.Unreachable, statements[i].Span);
                State.IsDead = true;
            }

            bool isLast = i == statements.Length - 1;
            value = KnownType.Nil;
            if (statements[i] is ExpressionStatement statement)
            {
                value = Evaluate(statement.Expression, isValue && isLast);
                if (!(isValue && isLast))
                {
                    ValueRules.CheckStatement(this, statement.Expression);
                }
            }
            else
            {
                WalkStatement(statements[i]);
            }
        }

        return State.IsDead ? KnownType.Never : value;
    }

    private static bool IsDeclaration(Statement statement) =>
        statement is ProcDeclaration or StructDeclaration or EnumDeclaration or TypeDeclaration or ImportModule or ImportNames;

    private void WalkStatement(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement expression: Evaluate(expression.Expression, isUsed: false); break;
            case VariableDeclaration variable: WalkVariable(variable); break;
            case AssignmentStatement assignment: WalkAssignment(assignment); break;
            case CompoundAssignmentStatement compound: WalkCompound(compound); break;
            case BlockStatement block: WalkBlock(block, isValue: false); break;
            case WhileStatement loop: WalkWhile(loop); break;
            case ForStatement loop: WalkFor(loop); break;
            case ReturnStatement result: WalkReturn(result); break;
            case YieldStatement { Value: { } item }: Evaluate(item); break;
            case ThrowStatement error: Evaluate(error.Value); State.IsDead = true; break;
            case TryStatement guarded: WalkTry(guarded); break;
            case BreakStatement exit: WalkExit(exit.Label, isBreak: true); break;
            case ContinueStatement exit: WalkExit(exit.Label, isBreak: false); break;
            case CollectStatement collect: WalkCollect(collect); break;
            case ProcDeclaration proc: WalkProcDeclaration(proc); break;
            case StructDeclaration type: WalkFields(type.Fields); break;
            case EnumDeclaration cases: WalkCases(cases); break;
        }
    }

    private void WalkProcDeclaration(ProcDeclaration declaration)
    {
        if (IsAtTopLevel(declaration.Proc) && _frame.Context == _resolved.Main && State.Parent is null)
        {
            _later.Add(declaration.Proc);
        }
        else
        {
            WalkInPlace(declaration.Proc);
        }
    }

    private void WalkFields(ImmutableArray<FieldDeclaration> fields)
    {
        foreach (FieldDeclaration field in fields)
        {
            if (field.DefaultValue is not null)
            {
                Evaluate(field.DefaultValue);
            }
        }
    }

    private void WalkCases(EnumDeclaration declaration)
    {
        foreach (EnumCase member in declaration.Cases)
        {
            WalkFields(member.Fields);
        }
    }

    private void WalkVariable(VariableDeclaration variable)
    {
        KnownType value = variable.Initializer is null ? KnownType.Nil : Evaluate(variable.Initializer);
        if (variable.Target is BindingPattern binding && _resolved.SymbolOf(binding) is { } symbol)
        {
            Declare(symbol, variable.Initializer is null && symbol.Type is { } type ? Initial(type) : value);
        }
        else
        {
            Bind(variable.Target, value);
        }
    }

    /// <summary>The value of an annotated variable without initializer.</summary>
    private KnownType Initial(Lyra.Runtime.Bytecode.SlotType type) => type.IsNullable ? KnownType.Nil : _types.Read(type);

    private void WalkReturn(ReturnStatement result)
    {
        KnownType value = result.Value is null ? KnownType.Nil : Evaluate(result.Value).Stored();
        if (!State.IsDead)
        {
            _frame.Results = _frame.Results?.Join(value) ?? value;
        }

        State.IsDead = true;
    }

    private void WalkCollect(CollectStatement collect)
    {
        if (collect.Key is not null)
        {
            Evaluate(collect.Key);
        }

        KnownType value = Evaluate(collect.Value);
        _frame.Collected = _frame.Collected?.Join(value) ?? value;
    }

    private void WalkAssignment(AssignmentStatement assignment)
    {
        KnownType[] values = [.. assignment.Values.Select(value => Evaluate(value))];
        for (int i = 0; i < assignment.Targets.Length; i++)
        {
            Assign(assignment.Targets[i], values.Length == assignment.Targets.Length ? values[i] : KnownType.Any);
        }
    }

    private void Assign(Expression target, KnownType value)
    {
        switch (target)
        {
            case NameExpression name when _resolved.SymbolOf(name) is { } symbol:
                if (IsTracked(symbol))
                {
                    State.Set(symbol, Stored(symbol, value));
                }

                break;
            case MemberExpression member: MemberRules.CheckAssigned(this, member, Evaluate(member.Target)); break;
            case IndexExpression index: Evaluate(index.Target); Evaluate(index.Index); break;
            case SpreadExpression rest: Assign(rest.Value, KnownType.Any); break;
            case TupleLiteral tuple: AssignAll(tuple.Items); break;
            case ListLiteral list: AssignAll(list.Items); break;
        }
    }

    private void AssignAll(ImmutableArray<Expression> targets)
    {
        foreach (Expression target in targets)
        {
            Assign(target, KnownType.Any);
        }
    }

    private void WalkCompound(CompoundAssignmentStatement compound)
    {
        KnownType old = Evaluate(compound.Target);
        KnownType value = Evaluate(compound.Value);
        KnownType result = compound.Operator is { } @operator
            ? OperatorRules.Apply(this, @operator, compound.OperatorSpan, old, value)
            : old.Without(ValueKind.Nil).Join(value);
        if (compound.Target is NameExpression)
        {
            Assign(compound.Target, result);
        }
    }

    private void WalkTry(TryStatement guarded)
    {
        HashSet<Symbol> assigned = _module.Usages.AssignedIn(guarded);
        FlowState outer = State;
        List<FlowState> ends = [];
        State = new FlowState(outer, isProc: false) { IsDead = outer.IsDead };
        ends.Add(State);
        _frame.Guards += guarded.Catches.IsEmpty ? 0 : 1;
        WalkBlock(guarded.Body, isValue: false);
        _frame.Guards -= guarded.Catches.IsEmpty ? 0 : 1;
        foreach (CatchClause clause in guarded.Catches)
        {
            State = new FlowState(outer, isProc: false) { IsDead = outer.IsDead };
            ends.Add(State);
            Forget(assigned);
            if (_resolved.SymbolOf(clause) is { } error)
            {
                Declare(error, KnownType.Of(ValueKind.Error));
            }

            WalkBlock(clause.Body, isValue: false);
        }

        State = outer;
        Merge(ends);
        if (guarded.Finally is null)
        {
            return;
        }

        bool isDead = State.IsDead;
        State.IsDead = false;
        Forget(assigned);
        WalkBlock(guarded.Finally, isValue: false);
        State.IsDead |= isDead;
    }

    /// <summary>Drops what is known of variables that code may have assigned.</summary>
    private void Forget(IEnumerable<Symbol> assigned)
    {
        foreach (Symbol symbol in assigned)
        {
            State.Set(symbol, symbol.Type is { } annotation ? _types.Read(annotation) : KnownType.Any);
        }
    }

    /// <summary>A state for a branch that begins here.</summary>
    private FlowState Branch() => new(State, isProc: false) { IsDead = State.IsDead };

    /// <summary>Makes the present state what is true at the ends of all branches that began in it.</summary>
    private void Merge(List<FlowState> ends)
    {
        FlowState[] alive = [.. ends.Where(static end => !end.IsDead)];
        if (alive.Length == 0)
        {
            State.IsDead = true;
            return;
        }

        HashSet<Symbol> changed = new(ReferenceEqualityComparer.Instance);
        foreach (FlowState end in alive)
        {
            for (FlowState at = end; at != State; at = at.Parent!)
            {
                changed.UnionWith(at.Own);
            }
        }

        foreach (Symbol symbol in changed)
        {
            if (alive.Length > 1 && State.Find(symbol) is null)
            {
                continue;
            }

            KnownType joined = KnownType.Never;
            foreach (FlowState end in alive)
            {
                joined = joined.Join(end.Find(symbol) ?? TypeOf(symbol));
            }

            State.Set(symbol, joined);
        }
    }
}
