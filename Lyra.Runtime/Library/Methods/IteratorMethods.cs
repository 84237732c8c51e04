using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of iterator, besides the builtins <c>next</c> and <c>done</c>.</summary>
internal static class IteratorMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("close(iterator)")?.Register(Close, CallsBack);

    }

    /// <summary>Ends the iteration: pending finally blocks run.</summary>
    private static Value Close(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not ScriptIterator iterator)
        {
            throw Argument.Wrong(arguments[0], "close", "iterator", "an iterator");
        }

        iterator.Close(context);
        iterator.IsDone = true;
        return Value.Nil;
    }
}
