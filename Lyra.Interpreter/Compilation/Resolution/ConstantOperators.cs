using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
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
        failure = null;
        if (left.Ref is HostObject || right.Ref is HostObject)
        {
            // The result would belong to one engine.
            value = default;
            return false;
        }

        try
        {
            _context.Refill();
            value = Stored(OperatorRoutines.Apply(_context, @operator, left, right));
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
        failure = null;
        if (operand.Ref is HostObject)
        {
            value = default;
            return false;
        }

        try
        {
            _context.Refill();
            value = @operator switch
            {
                UnaryOperator.Not => Value.FromBool(!operand.IsTruthy),
                UnaryOperator.Negate => Arithmetic.Neg(_context, operand),
                UnaryOperator.Complement => Arithmetic.BitNot(_context, operand),
            };
            return true;
        }
        catch (ScriptErrorException e)
        {
            value = default;
            failure = e.Error.Message;
            return false;
        }
    }

    /// <summary>Converts a str to plain text, which engines and threads may share as a constant.</summary>
    private static Value Stored(in Value value) =>
        value.Ref is ScriptString text ? Value.FromObject(ScriptString.Constant(text.Text)) : value;
}
