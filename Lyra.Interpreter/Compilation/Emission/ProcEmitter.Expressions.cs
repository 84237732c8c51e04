using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Expressions in general.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Evaluates to wherever the value lies best: a variable's own register or a new one.</summary>
    private Operand Eval(Expression expression, Expression? evaluatedBeforeUse = null, SlotType? wanted = null)
    {
        if (expression is NameExpression name) return EvalName(name, evaluatedBeforeUse);

        int register = Reserve();
        return new Operand(register, EvalTo(expression, register, wanted), false);
    }

    /// <summary>Evaluates to a new register, which the caller may change.</summary>
    private Operand EvalCopy(Expression expression, SlotType? wanted = null)
    {
        int register = Reserve();
        return new Operand(register, EvalTo(expression, register, wanted), false);
    }

    /// <summary>Evaluates for the effects alone.</summary>
    private void EvalEffect(Expression expression)
    {
        int mark = _top;
        if (expression is IfExpression branch) EmitIf(branch, NoTarget, null);
        else if (expression is MatchExpression match) EmitMatch(match, NoTarget, null);
        else Eval(expression);
        _top = mark;
    }

    /// <summary>
    /// Evaluates into a register. <paramref name="wanted"/> is the annotated type that the value goes to: literals are made accordingly; the check
    /// itself is the caller's.
    /// </summary>
    private StaticType EvalTo(Expression expression, int target, SlotType? wanted = null)
    {
        if (_evaluator.TryEvaluate(expression, out Value constant)) return EvalConstant(expression, constant, target, wanted);

        int mark = _top;
        StaticType type = EvalParts(expression, target, wanted);
        _top = mark;
        return type;
    }

    private StaticType EvalConstant(Expression expression, Value constant, int target, SlotType? wanted)
    {
        At(expression.Span);
        Value stored = ConstantEvaluator.Convert(constant, wanted);
        LoadConstant(stored, target);
        StaticType type = StaticType.Of(stored);
        bool fits = wanted is not null && StoreRules.Judge(type, wanted) is StoreVerdict.Converts;
        return type with { Fits = fits };
    }

    private StaticType EvalParts(Expression expression, int target, SlotType? wanted)
    {
        switch (expression)
        {
            case NameExpression name: At(name.Span); return Load(_module.Symbols[name], target);
            case BinaryExpression binary: return EvalBinary(binary, target, wanted);
            case UnaryExpression unary: return EvalUnary(unary, target);
            case CallExpression call: return EvalCall(call, target, wanted);
            case MemberExpression member: return EvalMember(member, target);
            case IndexExpression index: return EvalIndex(index, target);
            case LambdaExpression lambda: return EvalClosure(lambda.Proc, target);
            case IfExpression branch: return EmitIf(branch, target, wanted);
            case MatchExpression match: return EmitMatch(match, target, wanted);
            case OptionalChain chain: return EvalOptionalChain(chain, target);
            case LogicalExpression logical: return EvalLogical(logical, target, wanted);
            case AwaitExpression await: return EvalAwait(await, target);
            case SpawnExpression spawn: return EvalSpawn(spawn, target);
            case BinaryChainExpression chain: return EvalBinaryChain(chain, target, wanted);
            default: return EvalContainer(expression, target, wanted);
        }
    }

    private StaticType EvalMember(MemberExpression member, int target)
    {
        if (_module.SymbolOf(member) is Symbol library)
        {
            At(member.NameSpan);
            return Load(library, target);
        }

        Operand owner = Eval(member.Target);
        if (member.IsOptional) LeaveChainIfNil(owner.Register);
        At(member.NameSpan);
        _code.Emit(Opcode.GetField, target, owner.Register, Site(member.Name));
        return _owner.FieldType(owner.Type, member.Name);
    }

    private StaticType EvalIndex(IndexExpression index, int target)
    {
        Operand container = Eval(index.Target, index.Index);
        if (index.IsOptional) LeaveChainIfNil(container.Register);
        if (index.Index is IntLiteral literal && literal.Value <= short.MaxValue)
        {
            At(index.Index.Span);
            _code.Emit(Opcode.GetIndexInt, target, container.Register, (int)literal.Value);
            return PartType(container.Type);
        }

        Operand key = Eval(index.Index);
        At(index.Index.Span);
        _code.Emit(Opcode.GetIndex, target, container.Register, key.Register);
        return PartType(container.Type);
    }

    /// <summary>What an index or slice of a value gives: of a str again a str.</summary>
    private static StaticType PartType(StaticType container) => container is { Kind: SlotKind.Str, IsNullable: false } ? StaticType.Str : StaticType.Unknown;

    private void LeaveChainIfNil(int register)
    {
        if (_chainEnds.TryPeek(out Label end)) _code.EmitJump(Opcode.JumpIfNil, end, register);
    }

    private StaticType EvalOptionalChain(OptionalChain chain, int target)
    {
        Label isNil = _code.NewLabel();
        Label done = _code.NewLabel();
        _chainEnds.Push(isNil);
        EvalTo(chain.Chain, target);
        _chainEnds.Pop();
        _code.EmitJump(Opcode.Jump, done);
        _code.Bind(isNil);
        _code.Emit(Opcode.LoadNil, target);
        _code.Bind(done);
        return StaticType.Unknown;
    }

    private StaticType EvalAwait(AwaitExpression await, int target)
    {
        Operand task = Eval(await.Operand);
        At(await.Span);
        _code.Emit(Opcode.Await, target, task.Register);
        return StaticType.Unknown;
    }

    /// <summary>and, or, ??: the operand that decides is the value.</summary>
    private StaticType EvalLogical(LogicalExpression logical, int target, SlotType? wanted)
    {
        Opcode decides = logical.Operator switch
        {
            LogicalOperator.And => Opcode.JumpIfNot,
            LogicalOperator.Or => Opcode.JumpIf,
            _ => Opcode.JumpIfNotNil,
        };
        Label end = _code.NewLabel();
        StaticType type = StaticType.Unknown;
        for (int i = 0; i < logical.Operands.Length; i++)
        {
            if (i > 0) _code.EmitJump(decides, end, target);
            StaticType next = EvalTo(logical.Operands[i], target, wanted);
            type = i == 0 ? next : StaticType.Join(type, next);
        }

        _code.Bind(end);
        return type;
    }

    /// <summary>An if as a statement (<paramref name="target"/> is <see cref="NoTarget"/>) or as a value.</summary>
    private StaticType EmitIf(IfExpression branch, int target, SlotType? wanted)
    {
        Label end = _code.NewLabel();
        StaticType? type = null;
        ImmutableArray<IfClause> clauses = branch.Clauses;
        bool needsElse = branch.Else is not null || target != NoTarget;
        for (int i = 0; i < clauses.Length; i++)
        {
            Label next = _code.NewLabel();
            EmitCondition(clauses[i].Condition, false, next);
            Merge(ref type, EmitValueBlock(clauses[i].Body, target, wanted));
            if (needsElse || i < clauses.Length - 1) _code.EmitJump(Opcode.Jump, end);
            _code.Bind(next);
        }

        if (branch.Else is not null) Merge(ref type, EmitValueBlock(branch.Else, target, wanted));
        else if (target != NoTarget) Merge(ref type, EvalNil(target));
        _code.Bind(end);
        return type ?? StaticType.Unknown;
    }

    private StaticType EvalNil(int target)
    {
        _code.Emit(Opcode.LoadNil, target);
        return StaticType.Nil;
    }

    private static void Merge(ref StaticType? known, StaticType next) => known = known is null ? next : StaticType.Join(known.Value, next);

    private void EmitConditionalJump(Opcode op, SourceSpan span, Label target, int register)
    {
        At(span);
        _code.EmitJump(op, target, register);
    }
}
