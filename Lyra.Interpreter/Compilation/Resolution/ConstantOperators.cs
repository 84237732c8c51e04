using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// The operators on constants, as <see cref="Lyra.Runtime.Semantics"/> defines them. An operation that raises an error or has a large
/// result is not computed.
/// </summary>
internal sealed class ConstantOperators
{
    private readonly FoldingContext _context = new();

    /// <param name="operator">The operator.</param>
    /// <param name="left">A number, str, bool or nil.</param>
    /// <param name="right">A number, str, bool or nil.</param>
    /// <param name="value">The result.</param>
    /// <param name="failure">The reason why there is no result; null if there is one.</param>
    public bool TryCompute(BinaryOperator @operator, Value left, Value right, out Value value, out string? failure)
    {
        try
        {
            _context.Refill();
            value = Compute(@operator, left, right);
            failure = null;
            return true;
        }
        catch (ScriptErrorException e)
        {
            value = default;
            failure = e.Error.Message;
            return false;
        }
    }

    /// <param name="operator">The operator.</param>
    /// <param name="operand">A number, str, bool or nil.</param>
    /// <param name="value">The result.</param>
    /// <param name="failure">The reason why there is no result; null if there is one.</param>
    public bool TryCompute(UnaryOperator @operator, Value operand, out Value value, out string? failure)
    {
        try
        {
            _context.Refill();
            value = @operator switch
            {
                UnaryOperator.Not => Value.FromBool(!operand.IsTruthy),
                UnaryOperator.Negate => Arithmetic.Neg(_context, operand),
                _ => Arithmetic.BitNot(_context, operand),
            };
            failure = null;
            return true;
        }
        catch (ScriptErrorException e)
        {
            value = default;
            failure = e.Error.Message;
            return false;
        }
    }

    private Value Compute(BinaryOperator @operator, in Value left, in Value right) => @operator switch
    {
        BinaryOperator.Add => Stored(Arithmetic.Add(_context, left, right)),
        BinaryOperator.Subtract => Arithmetic.Sub(_context, left, right),
        BinaryOperator.Multiply => Stored(Arithmetic.Mul(_context, left, right)),
        BinaryOperator.Divide => Arithmetic.Div(_context, left, right),
        BinaryOperator.Modulo => Arithmetic.Mod(_context, left, right),
        BinaryOperator.Power => Arithmetic.Pow(_context, left, right),
        BinaryOperator.BitAnd => Arithmetic.BitAnd(_context, left, right),
        BinaryOperator.BitOr => Arithmetic.BitOr(_context, left, right),
        BinaryOperator.BitXor => Arithmetic.BitXor(_context, left, right),
        BinaryOperator.ShiftLeft => Arithmetic.Shl(_context, left, right),
        BinaryOperator.ShiftRight => Arithmetic.Shr(_context, left, right),
        _ => Value.FromBool(Holds(@operator, left, right)),
    };

    private bool Holds(BinaryOperator @operator, in Value left, in Value right) => @operator switch
    {
        BinaryOperator.Equal => Equality.AreEqual(_context, left, right),
        BinaryOperator.NotEqual => !Equality.AreEqual(_context, left, right),
        BinaryOperator.Is => Equality.AreIdentical(_context, left, right),
        BinaryOperator.IsNot => !Equality.AreIdentical(_context, left, right),
        BinaryOperator.Less => Comparison.Less(_context, left, right),
        BinaryOperator.LessEqual => Comparison.LessOrEqual(_context, left, right),
        BinaryOperator.Greater => Comparison.Less(_context, right, left),
        BinaryOperator.GreaterEqual => Comparison.LessOrEqual(_context, right, left),
        BinaryOperator.In => Indexing.Contains(_context, right, left),
        _ => !Indexing.Contains(_context, right, left),
    };

    /// <summary>Converts a str to plain text, which engines and threads may share as a constant.</summary>
    private static Value Stored(in Value value) =>
        value.Ref is ScriptString text ? Value.FromObject(ScriptString.Constant(text.Text)) : value;
}
