using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of iterator, besides the builtins <c>next</c> and <c>done</c>. The first ones make another iterator; the others, and those
/// of all sequences, consume the elements.
/// </summary>
internal static class IteratorMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("map(xs, f)")?.RegisterScripted();
        rows.Row("filter(xs, f)")?.RegisterScripted();
        rows.Row("flatMap(xs, f)")?.RegisterScripted();
        rows.Row("take(xs, n)")?.RegisterScripted();
        rows.Row("skip(xs, n)")?.RegisterScripted();
        rows.Row("takeWhile(xs, f)")?.RegisterScripted();
        rows.Row("skipWhile(xs, f)")?.RegisterScripted();
        rows.Row("chunk(xs, n)")?.RegisterScripted();
        rows.Row("window(xs, n)")?.RegisterScripted();
        rows.Row("enumerate(xs)")?.RegisterScripted();
        rows.Row("zip(xs, ...others)")?.RegisterGathering(least: 2);
        rows.Row("takeLast(xs, n)")?.RegisterScripted();
        rows.Row("skipLast(xs, n)")?.RegisterScripted();
        rows.Row("toList(xs)")?.RegisterScripted();
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
