using System;
using System.Reflection;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The operators of host types. The left operand's type is asked first, then that of the right one. They are tried where an operator is
/// about to refuse its operands, so values of the language pay nothing for them.
/// </summary>
internal static class HostOperators
{
    /// <summary>The symbol of the unary minus.</summary>
    public const string Negation = "neg";

    private static readonly string[] Binary = ["+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", "==", "<", "<="];

    /// <exception cref="ArgumentException">There is no such operator, or the delegate has another number of parameters.</exception>
    public static void Check(string symbol, Delegate implementation)
    {
        bool isUnary = symbol == Negation;
        if (!isUnary && Array.IndexOf(Binary, symbol) < 0)
        {
            throw new ArgumentException(
                $"'{symbol}' is no operator that a type can define; these are {string.Join(" ", Binary)} and {Negation}.",
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
    public static bool TryApply(ScriptContext context, string symbol, in Value a, in Value b, out Value result)
    {
        NativeProc? proc = Find(context, a, symbol) ?? Find(context, b, symbol);
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
        TryApply(context, "<", a, b, out Value result) && result.IsTruthy;

    /// <summary>Negates an object whose type defines that; false for others.</summary>
    public static bool TryNegate(ScriptContext context, in Value a, out Value result)
    {
        NativeProc? proc = Find(context, a, Negation);
        result = proc is null ? default : proc.Intrinsic.Handler(context, [a]);
        return proc is not null;
    }

    private static NativeProc? Find(ScriptContext context, in Value operand, string symbol) =>
        operand.Ref is HostObject o ? o.TypeIn(context.HostTypes)?.FindOperator(symbol) : null;
}
