using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Expressions.</content>
internal sealed partial class ProcCompiler
{
    private readonly Stack<StackLabel> _chainEnds = new();

    /// <summary>Evaluates an expression whose value is not used.</summary>
    private void EmitForEffect(Expression expression)
    {
        switch (expression)
        {
            case IfExpression branch: EmitIf(branch, wantsValue: false, null); break;
            case MatchExpression match: EmitMatch(match, wantsValue: false, null); break;
            default:
                EmitExpression(expression);
                _code.Emit(StackOp.Pop);
                break;
        }
    }

    /// <summary>Pushes the value of an expression, or nil if there is none, as a value of a type.</summary>
    private void EmitOptional(Expression? expression, SlotType? type)
    {
        if (expression is null)
        {
            EmitConstant(Value.Nil);
        }
        else
        {
            EmitExpression(expression, type);
        }
    }

    /// <summary>Pushes the value of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="type">The annotation of the variable that it is for; null if there is none.</param>
    /// <param name="converts">Whether to convert the value to the type.</param>
    private void EmitExpression(Expression expression, SlotType? type = null, bool converts = true)
    {
        EmitValue(expression, type);
        if (type is { HasElementTypes: true } && (ContainerTypes.IsNewContainer(expression) || expression is MapLiteral))
        {
            _code.Emit(StackOp.SetElementTypes, TypeOf(type));
        }

        if (converts)
        {
            EmitConvert(type);
        }
    }

    private void EmitConvert(SlotType? type)
    {
        if (type is not null)
        {
            _code.Emit(StackOp.Convert, TypeOf(type));
        }
    }

    private void EmitValue(Expression expression, SlotType? type)
    {
        At(expression);
        switch (expression)
        {
            case NilLiteral or BoolLiteral or IntLiteral or FloatLiteral or DecimalLiteral or StringLiteral:
                EmitLiteral(expression);
                break;
            case NameExpression name: EmitLoad(owner.Module.Symbols[name], name); break;
            case UnaryExpression unary: EmitUnary(unary); break;
            case BinaryExpression binary: EmitBinary(binary); break;
            case BinaryChainExpression chain: EmitChain(chain); break;
            case LogicalExpression logical: EmitLogical(logical); break;
            case CallExpression call: EmitCall(call); break;
            case MemberExpression member: EmitMember(member); break;
            case IndexExpression index: EmitIndex(index); break;
            case SliceExpression slice: EmitSlice(slice); break;
            case OptionalChain chain: EmitOptionalChain(chain); break;
            case LambdaExpression lambda: EmitClosure(lambda.Proc); break;
            case IfExpression branch: EmitIf(branch, wantsValue: true, type); break;
            case MatchExpression match: EmitMatch(match, wantsValue: true, type); break;
            case AwaitExpression await: EmitExpression(await.Operand); _code.Emit(StackOp.Await); break;
            case SpawnExpression spawn: EmitSpawn(spawn); break;
            default: EmitContainer(expression); break;
        }
    }

    private void EmitContainer(Expression expression)
    {
        switch (expression)
        {
            case ListLiteral list: EmitItems(list.Items, StackOp.NewList); break;
            case TupleLiteral tuple: EmitItems(tuple.Items, StackOp.NewTuple); break;
            case InterpolatedString text: EmitItems(text.Parts, StackOp.Interpolate); break;
            case MapLiteral map: EmitMap(map); break;
            case RangeExpression range:
                EmitExpression(range.Start);
                EmitExpression(range.End);
                _code.Emit(StackOp.NewRange, range.IsInclusive ? 1 : 0);
                break;
            case StructLiteral literal: EmitStructLiteral(literal); break;
            default: throw owner.Unsupported(expression.GetType().Name, expression);
        }
    }

    private void EmitLiteral(Expression literal)
    {
        _constants.TryEvaluate(literal, out Value value);
        EmitConstant(value);
    }

    private void EmitUnary(UnaryExpression unary)
    {
        EmitExpression(unary.Operand);
        At(unary);
        _code.Emit(unary.Operator switch
        {
            UnaryOperator.Negate => StackOp.Negate,
            UnaryOperator.Not => StackOp.Not,
            _ => StackOp.Complement,
        });
    }

    private void EmitBinary(BinaryExpression binary)
    {
        EmitExpression(binary.Left);
        EmitExpression(binary.Right);
        At(binary);
        EmitOperator(binary.Operator);
    }

    private void EmitChain(BinaryChainExpression chain)
    {
        EmitExpression(chain.First);
        foreach (BinaryLink link in chain.Links)
        {
            EmitExpression(link.Operand);
            EmitOperator(link.Operator);
        }
    }

    private void EmitOperator(BinaryOperator binary)
    {
        _code.Emit(binary switch
        {
            BinaryOperator.Add => StackOp.Add,
            BinaryOperator.Subtract => StackOp.Subtract,
            BinaryOperator.Multiply => StackOp.Multiply,
            BinaryOperator.Divide => StackOp.Divide,
            BinaryOperator.Modulo => StackOp.Modulo,
            BinaryOperator.Power => StackOp.Power,
            BinaryOperator.ShiftLeft => StackOp.ShiftLeft,
            BinaryOperator.ShiftRight => StackOp.ShiftRight,
            BinaryOperator.BitAnd => StackOp.BitAnd,
            BinaryOperator.BitOr => StackOp.BitOr,
            BinaryOperator.BitXor => StackOp.BitXor,
            BinaryOperator.Equal => StackOp.Equal,
            BinaryOperator.NotEqual => StackOp.NotEqual,
            BinaryOperator.Less => StackOp.Less,
            BinaryOperator.LessEqual => StackOp.LessEqual,
            BinaryOperator.Greater => StackOp.Greater,
            BinaryOperator.GreaterEqual => StackOp.GreaterEqual,
            BinaryOperator.In or BinaryOperator.NotIn => StackOp.In,
            BinaryOperator.Is or BinaryOperator.IsNot => StackOp.Is,
        });
        if (binary is BinaryOperator.NotIn or BinaryOperator.IsNot)
        {
            _code.Emit(StackOp.Not);
        }
    }

    private void EmitLogical(LogicalExpression logical)
    {
        StackOp jump = logical.Operator switch
        {
            LogicalOperator.And => StackOp.JumpIfFalseOrPop,
            LogicalOperator.Or => StackOp.JumpIfTrueOrPop,
            _ => StackOp.JumpIfNotNilOrPop,
        };
        StackLabel end = new();
        foreach (Expression operand in logical.Operands)
        {
            EmitExpression(operand);
            if (operand != logical.Operands[^1])
            {
                _code.EmitJump(jump, end);
            }
        }

        _code.Bind(end);
    }

    private void EmitMember(MemberExpression member)
    {
        if (owner.Module.SymbolOf(member) is Symbol library)
        {
            EmitLoad(library, member);
            return;
        }

        EmitExpression(member.Target);
        EmitChainLink(member.IsOptional);
        _code.Emit(StackOp.GetField, _code.Name(member.Name));
    }

    private void EmitIndex(IndexExpression index)
    {
        EmitExpression(index.Target);
        EmitChainLink(index.IsOptional);
        EmitExpression(index.Index);
        At(index);
        _code.Emit(StackOp.GetIndex);
    }

    private void EmitSlice(SliceExpression slice)
    {
        EmitExpression(slice.Target);
        EmitChainLink(slice.IsOptional);
        EmitOptional(slice.Start, null);
        EmitOptional(slice.End, null);
        At(slice);
        _code.Emit(StackOp.Slice, slice.IsInclusive && slice.End is not null ? 1 : 0);
    }

    private void EmitOptionalChain(OptionalChain chain)
    {
        StackLabel end = new();
        _chainEnds.Push(end);
        EmitExpression(chain.Chain);
        _chainEnds.Pop();
        _code.Bind(end);
    }

    private void EmitChainLink(bool isOptional)
    {
        if (isOptional)
        {
            _code.EmitJump(StackOp.JumpIfNil, _chainEnds.Peek());
        }
    }

    private void EmitItems(ImmutableArray<Expression> items, StackOp op)
    {
        foreach (Expression item in items)
        {
            EmitExpression(item);
        }

        _code.Emit(op, 0, items.Length);
    }

    private void EmitMap(MapLiteral map)
    {
        foreach (MapEntry entry in map.Entries)
        {
            EmitExpression(entry.Key ?? throw owner.Unsupported("a spread", entry));
            EmitExpression(entry.Value);
        }

        _code.Emit(StackOp.NewMap, 0, 2 * map.Entries.Length);
    }

    private void EmitClosure(ProcNode proc) => _code.Emit(StackOp.NewClosure, _code.Proc(owner.CompileProc(proc)));

    private void EmitIf(IfExpression branch, bool wantsValue, SlotType? type)
    {
        StackLabel end = new();
        foreach (IfClause clause in branch.Clauses)
        {
            StackLabel next = new();
            EmitExpression(clause.Condition);
            _code.EmitJump(StackOp.JumpIfFalse, next);
            EmitBlock(clause.Body, wantsValue, type);
            _code.EmitJump(StackOp.Jump, end);
            _code.Bind(next);
        }

        if (branch.Else is not null)
        {
            EmitBlock(branch.Else, wantsValue, type);
        }
        else if (wantsValue)
        {
            EmitConstant(Value.Nil);
        }

        _code.Bind(end);
    }
}
