using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Computes constant expressions: literals, earlier consts and operators on them. It leaves an operation that raises an error or has a
/// large result to run time; <see cref="Failure"/> then has the reason.
/// </summary>
internal sealed class ConstantEvaluator(ResolvedModule module)
{
    /// <summary>Expressions in a failed evaluation from which on the failure is remembered.</summary>
    private const int Shallow = 16;

    /// <summary>Operations known not to be constant. The emitter tries nested operations at every level, from the outermost.</summary>
    private HashSet<Expression>? _computed;

    /// <summary>The expressions visited so far.</summary>
    private int _visited;

    /// <summary>The reason why the last evaluation failed although all operands were constants; null if one was not.</summary>
    public string? Failure { get; private set; }

    public bool TryEvaluate(Expression expression, out Value value)
    {
        _visited++;
        module.Meter.Step();
        switch (expression)
        {
            case IntLiteral literal: value = Value.FromBig(literal.Value); return true;
            case FloatLiteral literal: value = Value.FromFloat(literal.Value); return true;
            case DecimalLiteral literal: value = HostDecimal.Constant(literal.Value); return true;
            case StringLiteral literal: value = Value.FromObject(ScriptString.Constant(literal.Value)); return true;
            case BoolLiteral literal: value = Value.FromBool(literal.Value); return true;
            case NilLiteral: value = Value.Nil; return true;
            case NameExpression name: return TryGetConst(name, out value);
            case UnaryExpression or BinaryExpression or BinaryChainExpression or LogicalExpression:
                return TryOperation(expression, out value);
            default: value = default; return false;
        }
    }

    /// <summary>True for a tuple of constants. A const may hold it, because it is immutable; it is created at run time.</summary>
    public bool IsConstantTuple(Expression expression)
    {
        if (expression is not TupleLiteral tuple)
        {
            return false;
        }

        foreach (Expression item in tuple.Items)
        {
            if (!TryEvaluate(item, out _) && !IsConstantTuple(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Converts a constant to the type of a slot. Returns it unchanged if it does not fit, which the emitter reports.</summary>
    public static Value Convert(Value value, SlotType? type)
    {
        if (type is null)
        {
            return value;
        }

        if (value.IsAnyInt && type.Kind is SlotKind.Float)
        {
            return Value.FromFloat(Conversion.IntToFloat(value));
        }

        if (value.IsAnyInt && type.Kind is SlotKind.F32)
        {
            return Value.FromFloat((float)Conversion.IntToFloat(value));
        }

        if (value.IsFloat && type.Kind is SlotKind.F32)
        {
            return Value.FromFloat((float)value.AsFloat);
        }

        return value.IsAnyInt && type.Kind.IsSizedInt() ? SlotCheck.Wrap(type.Kind, value) : value;
    }

    private bool TryGetConst(NameExpression name, out Value value)
    {
        bool isConst = module.Symbols.TryGetValue(name, out Symbol? symbol) && symbol.HasConstant;
        value = isConst ? symbol!.Constant : default;
        return isConst;
    }

    private bool TryOperation(Expression operation, out Value value)
    {
        value = default;
        if (_computed is not null && _computed.Contains(operation))
        {
            return false;
        }

        int before = _visited;
        bool isConstant = operation switch
        {
            UnaryExpression unary => TryUnary(unary, out value),
            BinaryExpression binary => TryBinary(binary, out value),
            BinaryChainExpression chain => TryChain(chain, out value),
            _ => TryLogical((LogicalExpression)operation, out value),
        };
        if (!isConstant && _visited - before > Shallow)
        {
            (_computed ??= []).Add(operation);
        }

        return isConstant;
    }

    private bool TryUnary(UnaryExpression unary, out Value value)
    {
        if (!TryEvaluate(unary.Operand, out value))
        {
            return false;
        }

        bool isComputed = module.Operators.TryCompute(unary.Operator, value, out value, out string? failure);
        Failure = failure ?? Failure;
        return isComputed;
    }

    private bool TryBinary(BinaryExpression binary, out Value value)
    {
        value = default;
        return TryEvaluate(binary.Right, out Value right)
            && TryEvaluate(binary.Left, out Value left)
            && TryCompute(binary.Operator, left, right, out value);
    }

    private bool TryChain(BinaryChainExpression chain, out Value value)
    {
        if (!TryEvaluate(chain.First, out value))
        {
            return false;
        }

        foreach (BinaryLink link in chain.Links)
        {
            if (!TryEvaluate(link.Operand, out Value operand) || !TryCompute(link.Operator, value, operand, out value))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryCompute(BinaryOperator @operator, Value left, Value right, out Value value)
    {
        bool isComputed = module.Operators.TryCompute(@operator, left, right, out value, out string? failure);
        Failure = failure ?? Failure;
        return isComputed;
    }

    private bool TryLogical(LogicalExpression logical, out Value value)
    {
        value = default;
        foreach (Expression operand in logical.Operands)
        {
            if (!TryEvaluate(operand, out value))
            {
                return false;
            }

            bool decides = logical.Operator switch
            {
                LogicalOperator.And => !value.IsTruthy,
                LogicalOperator.Or => value.IsTruthy,
                LogicalOperator.Coalesce => !value.IsNil,
            };
            if (decides)
            {
                return true;
            }
        }

        return true;
    }
}
