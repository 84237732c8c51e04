using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Analysis;

/// <summary>Expressions.</summary>
internal sealed partial class Walker
{
    /// <summary>The most conditions of one <c>if</c> after which the branches know that those before are false.</summary>
    private const int MaxNestedClauses = 8;

    /// <summary>Infers the type of an expression, and lets the rules judge it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isUsed">Whether something uses the value.</param>
    public KnownType Evaluate(Expression expression, bool isUsed = true)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return KnownType.Any;
        }

        return expression switch
        {
            NameExpression name => _resolved.SymbolOf(name) is { } symbol ? OfName(symbol) : KnownType.Any,
            MemberExpression member => EvaluateMember(member),
            CallExpression call => CallRules.Evaluate(this, call),
            BinaryExpression binary => EvaluateBinary(binary),
            UnaryExpression unary => OperatorRules.Apply(this, unary, Evaluate(unary.Operand)),
            LogicalExpression logical => EvaluateLogical(logical),
            IndexExpression index => IterationRules.ElementAt(this, index, Evaluate(index.Target), Evaluate(index.Index)),
            LambdaExpression lambda => EvaluateLambda(lambda),
            IfExpression branch => EvaluateIf(branch, isUsed),
            MatchExpression match => EvaluateMatch(match, isUsed),
            _ => EvaluateOther(expression),
        };
    }

    /// <summary>Evaluates an expression whose truth decides something.</summary>
    public void EvaluateCondition(Expression condition) =>
        AwaitRules.CheckCondition(this, condition, Evaluate(condition));

    private KnownType EvaluateOther(Expression expression)
    {
        switch (expression)
        {
            case IntLiteral: return KnownType.Int;
            case FloatLiteral: return KnownType.Float;
            case StringLiteral: return KnownType.Str;
            case BoolLiteral: return KnownType.Bool;
            case NilLiteral: return KnownType.Nil;
            case InterpolatedString text: LiteralTypes.OfParts(this, text.Parts); return KnownType.Str;
            case FormattedExpression formatted: Evaluate(formatted.Value); return KnownType.Str;
            case ListLiteral list: return LiteralTypes.OfList(this, list);
            case TupleLiteral tuple: return LiteralTypes.OfTuple(this, tuple);
            case MapLiteral map: return LiteralTypes.OfMap(this, map);
            case SpreadExpression spread: Evaluate(spread.Value); return KnownType.Any;
            case RangeExpression range: Evaluate(range.Start); Evaluate(range.End); return KnownType.Of(ValueKind.Range);
            case SliceExpression slice: return LiteralTypes.OfSlice(this, slice);
            case OptionalChain chain: return Evaluate(chain.Chain).Join(KnownType.Nil);
            case AwaitExpression await: return LiteralTypes.Awaited(Evaluate(await.Operand));
            case SpawnExpression spawn: return EvaluateSpawn(spawn);
            case Comprehension comprehension: return EvaluateComprehension(comprehension);
            case LazyComprehension lazy: Evaluate(lazy.Call); return KnownType.Of(ValueKind.Iterator);
            case StructLiteral literal: return EvaluateLiteral(literal);
            case BinaryChainExpression chain: return EvaluateChain(chain);
            default: return KnownType.Any;
        }
    }

    private KnownType OfName(Symbol symbol) => symbol.Kind == SymbolKind.Import ? _module.Imports.TypeOf(symbol)
        : symbol.Kind == SymbolKind.External ? _module.Project.TypeOfGlobal(symbol.Name)
        : Current(symbol);

    private KnownType EvaluateMember(MemberExpression member)
    {
        if (_resolved.SymbolOf(member) is { } symbol)
        {
            if (member.Target is MemberExpression or NameExpression)
            {
                return TypeOf(symbol);
            }
        }

        KnownType target = Evaluate(member.Target);
        return MemberRules.Find(this, member, member.IsOptional ? target.Without(ValueKind.Nil) : target);
    }

    private KnownType EvaluateBinary(BinaryExpression binary)
    {
        KnownType left = Evaluate(binary.Left);
        if (_resolved.Types.TryGetValue(binary, out Lyra.Runtime.Bytecode.SlotType? type))
        {
            ComparisonRules.CheckTest(this, binary, left, type);
            return KnownType.Bool;
        }

        KnownType right = Evaluate(binary.Right);
        switch (binary.Operator)
        {
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                ComparisonRules.CheckEquality(this, binary, left, right);
                return left.IsOnly(PlainKinds) ? KnownType.Bool : KnownType.Any;
            case BinaryOperator.Is or BinaryOperator.IsNot:
                ComparisonRules.CheckIdentity(this, binary, left, right);
                return KnownType.Bool;
            default:
                return OperatorRules.Apply(this, binary.Operator, binary.OperatorSpan, left, right);
        }
    }

    private static readonly ValueKind[] PlainKinds =
        [ValueKind.Nil, ValueKind.Bool, ValueKind.Int, ValueKind.Float, ValueKind.Str, ValueKind.List, ValueKind.Map];

    private KnownType EvaluateChain(BinaryChainExpression chain)
    {
        KnownType value = Evaluate(chain.First);
        foreach (BinaryLink link in chain.Links)
        {
            value = OperatorRules.Apply(this, link.Operator, link.OperatorSpan, value, Evaluate(link.Operand));
        }

        return value;
    }

    private KnownType EvaluateLogical(LogicalExpression logical)
    {
        FlowState outer = State;
        KnownType result = KnownType.Never;
        for (int i = 0; i < logical.Operands.Length; i++)
        {
            KnownType operand = Evaluate(logical.Operands[i]);
            bool isLast = i == logical.Operands.Length - 1;
            if (logical.Operator != LogicalOperator.Coalesce && !isLast)
            {
                AwaitRules.CheckCondition(this, logical.Operands[i], operand);
            }

            result = result.Join(isLast ? operand : Deciding(logical.Operator, operand));
            if (!isLast && i == 0)
            {
                State = Branch();
            }

            if (!isLast && logical.Operator != LogicalOperator.Coalesce)
            {
                Narrowing.Apply(this, logical.Operands[i], logical.Operator == LogicalOperator.And);
            }
        }

        State = outer;
        Forget(_module.Usages.AssignedIn(logical));
        return result;
    }

    /// <summary>The operands that end the evaluation.</summary>
    private static KnownType Deciding(LogicalOperator @operator, KnownType operand) => @operator switch
    {
        LogicalOperator.And => operand.Where(static atom => atom.Kind is ValueKind.Nil or ValueKind.Bool),
        LogicalOperator.Or or LogicalOperator.Coalesce => operand.Without(ValueKind.Nil),
    };

    private KnownType EvaluateLambda(LambdaExpression lambda)
    {
        WalkInPlace(lambda.Proc);
        KnownType result = ResultOf(lambda.Proc);
        return KnownType.Of(new TypeAtom(ValueKind.Proc) { Proc = ProcShape.Of(lambda.Proc, 0, () => result) });
    }

    private KnownType EvaluateIf(IfExpression branch, bool isUsed)
    {
        FlowState outer = State;
        List<FlowState> ends = [];
        KnownType value = KnownType.Never;
        bool isNested = branch.Clauses.Length <= MaxNestedClauses;
        foreach (IfClause clause in branch.Clauses)
        {
            EvaluateCondition(clause.Condition);
            FlowState before = State;
            State = Branch();
            ends.Add(State);
            Narrowing.Apply(this, clause.Condition, isTrue: true);
            value = value.Join(WalkBlock(clause.Body, isUsed));
            State = before;
            if (isNested)
            {
                State = Branch();
                Narrowing.Apply(this, clause.Condition, isTrue: false);
            }
        }

        State = isNested ? State : Branch();
        ends.Add(State);
        value = value.Join(branch.Else is null ? KnownType.Nil : WalkBlock(branch.Else, isUsed));
        State = outer;
        Merge(ends);
        return value;
    }

    private KnownType EvaluateMatch(MatchExpression match, bool isUsed)
    {
        KnownType subject = Evaluate(match.Subject);
        FlowState outer = State;
        List<FlowState> ends = [];
        KnownType value = KnownType.Never;
        foreach (MatchArm arm in _resolved.ArmsOf(match))
        {
            State = new FlowState(outer, isProc: false) { IsDead = outer.IsDead };
            ends.Add(State);
            Patterns.Apply(this, match.Subject, subject, arm.Pattern);
            if (arm.Guard is not null)
            {
                EvaluateCondition(arm.Guard);
                Narrowing.Apply(this, arm.Guard, isTrue: true);
            }

            value = value.Join(WalkArm(arm, isUsed));
        }

        State = outer;
        Merge(ends);
        return value;
    }

    private KnownType WalkArm(MatchArm arm, bool isUsed)
    {
        if (arm.Body is BlockStatement block)
        {
            return WalkBlock(block, isUsed);
        }

        return WalkStatements([arm.Body], isUsed);
    }

    private KnownType EvaluateSpawn(SpawnExpression spawn)
    {
        KnownType result = Evaluate(spawn.Call);
        return KnownType.Of(new TypeAtom(ValueKind.Task) { Result = LiteralTypes.Awaited(result) });
    }

    private KnownType EvaluateComprehension(Comprehension comprehension)
    {
        KnownType? outer = _frame.Collected;
        _frame.Collected = null;
        WalkFor(comprehension.Loop.First);
        KnownType element = _frame.Collected ?? KnownType.Never;
        _frame.Collected = outer;
        return comprehension.IsMap ? KnownType.Of(ValueKind.Map) : KnownType.Fresh(ValueKind.List, element);
    }

    private KnownType EvaluateLiteral(StructLiteral literal)
    {
        foreach (FieldInitializer field in literal.Fields)
        {
            Evaluate(field.Value);
        }

        return Evaluate(literal.Type).Single is { Kind: ValueKind.StructType, Struct: { } info }
            ? TypeMembers.ConstructorOf(info).Result()
            : KnownType.Any;
    }
}
