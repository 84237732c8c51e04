using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>iter</c>: lazy iterators, as in Python's <c>itertools</c>. They are generators that are written in Lyra, so that each element
/// costs the steps of the code that makes it. Those of several elements give tuples.
/// </summary>
internal static class IterModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("count(start?, step?)")?.RegisterScripted();
        rows.Row("cycle(xs)")?.RegisterScripted(CallsBack | ClosesGiven);
        rows.Row("repeat(x, n?)")?.RegisterScripted();
        rows.Row("chain(...sources)")?.RegisterGathering();
        rows.Row("product(...sources)")?.RegisterGathering();
        rows.Row("permutations(xs, n?)")?.RegisterScripted();
        rows.Row("combinations(xs, n)")?.RegisterScripted();
    }

    /// <summary>Throws unless an argument is a number of elements.</summary>
    public static Value CheckCount(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string proc = Argument.Text(arguments[1], "checkCount", "proc");
        long count = Argument.Integer(arguments[0], proc, "n");
        return count >= 0 ? Value.Nil : throw Throw.ValueError($"{proc}: 'n' must not be negative, but is {count}");
    }

    /// <summary>Throws unless an argument is a number.</summary>
    public static Value CheckNumber(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Argument.Number(
            arguments[0], Argument.Text(arguments[1], "checkNumber", "proc"), Argument.Text(arguments[2], "checkNumber", "parameter"));
        return Value.Nil;
    }
}
