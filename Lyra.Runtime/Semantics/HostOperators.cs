using System;
using System.Collections.Generic;
using System.Reflection;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The operators of host types. The left operand's type is asked first, then that of the right one. They are tried where an operator is
/// about to refuse its operands, so values of the language pay nothing for them.
/// </summary>
internal static class HostOperators
{
    /// <summary>The symbol of the unary minus.</summary>
    public static string Negation => OperatorInfo.Of(UnaryOperator.Negate).Symbol!;

    /// <exception cref="ArgumentException">There is no such operator, or the delegate has another number of parameters.</exception>
    public static void Check(string symbol, Delegate implementation)
    {
        bool isUnary = symbol == Negation;
        List<string> binary = [];
        for (BinaryOperator @operator = 0; (int)@operator < OperatorInfo.BinaryCount; @operator++)
        {
            if (OperatorInfo.Of(@operator).Symbol is { } defined)
            {
                binary.Add(defined);
            }
        }

        if (!isUnary && !binary.Contains(symbol))
        {
            throw new ArgumentException(
                $"'{symbol}' is no operator that a type can define; these are {string.Join(" ", binary)} and {Negation}.",
                nameof(symbol));
        }

        MethodInfo invoke = implementation.GetType().GetMethod("Invoke")!;
        if (invoke.GetParameters().Length != (isUnary ? 1 : 2))
        {
            throw new ArgumentException(
                $"The operator {symbol} takes {(isUnary ? "one operand" : "two operands")}.", nameof(implementation));
        }
    }

    /// <summary>Performs a binary operator that an operand's type defines; false when none does.</summary>
    public static bool TryApply(ScriptContext context, BinaryOperator @operator, in Value a, in Value b, out Value result)
    {
        OperatorInfo row = OperatorInfo.Of(@operator);
        NativeProc? proc = Find(context, a, row) ?? Find(context, b, row);
        if (proc is null)
        {
            result = default;
            return false;
        }

        result = proc.Intrinsic.Handler(context, [a, b]);
        return true;
    }

    /// <summary>Whether a value is less than another one, by the type of one of them; false when no type defines that.</summary>
    public static bool Less(ScriptContext context, in Value a, in Value b) =>
        TryApply(context, BinaryOperator.Less, a, b, out Value result) && result.IsTruthy;

    /// <summary>Negates an object whose type defines that; false for others.</summary>
    public static bool TryNegate(ScriptContext context, in Value a, out Value result)
    {
        NativeProc? proc = Find(context, a, OperatorInfo.Of(UnaryOperator.Negate));
        result = proc is null ? default : proc.Intrinsic.Handler(context, [a]);
        return proc is not null;
    }

    private static NativeProc? Find(ScriptContext context, in Value operand, in OperatorInfo row) =>
        operand.Ref is HostObject o ? o.TypeIn(context.HostTypes)?.FindOperator(row) : null;
}
