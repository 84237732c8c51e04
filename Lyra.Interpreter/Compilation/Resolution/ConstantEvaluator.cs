using System.Numerics;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Computes constant expressions: literals, earlier consts and operators on them. What would raise an error or grow large is not computed, so
/// that it stays for run time; <see cref="Failure"/> then says why.
/// </summary>
internal sealed class ConstantEvaluator(ResolvedModule module)
{
    /// <summary>Why the last evaluation failed although all operands were constants; null when one was not.</summary>
    public string? Failure { get; private set; }

    public bool TryEvaluate(Expression expression, out Value value)
    {
        switch (expression)
        {
            case IntLiteral literal: value = Value.FromBig(literal.Value); return true;
            case FloatLiteral literal: value = Value.FromFloat(literal.Value); return true;
            case StringLiteral literal: value = Value.FromText(literal.Value); return true;
            case BoolLiteral literal: value = Value.FromBool(literal.Value); return true;
            case NilLiteral: value = Value.Nil; return true;
            case NameExpression name: return TryGetConst(name, out value);
            case UnaryExpression unary: return TryUnary(unary, out value);
            case BinaryExpression binary: return TryBinary(binary, out value);
            case BinaryChainExpression chain: return TryChain(chain, out value);
            case LogicalExpression logical: return TryLogical(logical, out value);
            default: value = default; return false;
        }
    }

    /// <summary>Whether this is a tuple of constants: immutable, so a const may hold it, but made at run time.</summary>
    public bool IsConstantTuple(Expression expression)
    {
        if (expression is not TupleLiteral tuple) return false;
        foreach (Expression item in tuple.Items)
        {
            if (!TryEvaluate(item, out _) && !IsConstantTuple(item)) return false;
        }

        return true;
    }

    /// <summary>A constant as a slot of a type stores it; unchanged where it does not fit, which is reported elsewhere.</summary>
    public static Value Convert(Value value, SlotType? type)
    {
        if (type is null) return value;
        if (value.IsAnyInt && type.Kind is SlotKind.Float) return Value.FromFloat(Conversion.IntToFloat(value));
        if (value.IsAnyInt && type.Kind is SlotKind.F32) return Value.FromFloat((float)Conversion.IntToFloat(value));
        if (value.IsFloat && type.Kind is SlotKind.F32) return Value.FromFloat((float)value.AsFloat);
        return value.IsAnyInt && IntBits(type.Kind) is int bits and not 0 ? Wrap(value.AsBig, bits) : value;
    }

    /// <summary>The width of a fixed-width int type, negative for signed ones; 0 for other types.</summary>
    public static int IntBits(SlotKind kind) => kind switch
    {
        SlotKind.I8 => -8,
        SlotKind.I16 => -16,
        SlotKind.I32 => -32,
        SlotKind.I64 => -64,
        SlotKind.U8 => 8,
        SlotKind.U16 => 16,
        SlotKind.U32 => 32,
        SlotKind.U64 => 64,
        _ => 0,
    };

    private static Value Wrap(BigInteger value, int bits)
    {
        int width = bits < 0 ? -bits : bits;
        BigInteger low = value & ((BigInteger.One << width) - 1);
        bool isNegative = bits < 0 && low >= BigInteger.One << (width - 1);
        return Value.FromBig(isNegative ? low - (BigInteger.One << width) : low);
    }

    private bool TryGetConst(NameExpression name, out Value value)
    {
        bool isConst = module.Symbols.TryGetValue(name, out Symbol? symbol) && symbol.HasConstant;
        value = isConst ? symbol!.Constant : default;
        return isConst;
    }

    private bool TryUnary(UnaryExpression unary, out Value value)
    {
        if (!TryEvaluate(unary.Operand, out value)) return false;
        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                value = Value.FromBool(!value.IsTruthy);
                return true;
            case UnaryOperator.Negate when value.IsAnyInt:
                value = Value.FromBig(-value.AsBig);
                return true;
            case UnaryOperator.Negate when value.IsFloat:
                value = Value.FromFloat(-value.AsFloat);
                return true;
            case UnaryOperator.Complement when value.IsAnyInt:
                value = Value.FromBig(-value.AsBig - 1);
                return true;
            default:
                Failure = "the operator does not take this operand";
                return false;
        }
    }

    private bool TryBinary(BinaryExpression binary, out Value value)
    {
        value = default;
        return TryEvaluate(binary.Right, out Value right) && TryEvaluate(binary.Left, out Value left) && TryCompute(binary.Operator, left, right, out value);
    }

    private bool TryChain(BinaryChainExpression chain, out Value value)
    {
        if (!TryEvaluate(chain.First, out value)) return false;
        foreach (BinaryLink link in chain.Links)
        {
            if (!TryEvaluate(link.Operand, out Value operand) || !TryCompute(link.Operator, value, operand, out value)) return false;
        }

        return true;
    }

    private bool TryCompute(BinaryOperator @operator, Value left, Value right, out Value value)
    {
        bool isComputed = ConstantOperators.TryCompute(@operator, left, right, out value, out string? failure);
        Failure = failure ?? Failure;
        return isComputed;
    }

    private bool TryLogical(LogicalExpression logical, out Value value)
    {
        value = default;
        foreach (Expression operand in logical.Operands)
        {
            if (!TryEvaluate(operand, out value)) return false;
            bool decides = logical.Operator switch
            {
                LogicalOperator.And => !value.IsTruthy,
                LogicalOperator.Or => value.IsTruthy,
                _ => !value.IsNil,
            };
            if (decides) return true;
        }

        return true;
    }
}
