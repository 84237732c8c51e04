using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>The method <c>slice(from, to)</c> of list, str, tuple and bytes: the same as <c>x[from..to]</c>.</summary>
internal static class Slices
{
    /// <summary>Slices argument 0 from argument 1 to argument 2. A bound that is missing or nil leaves its end open.</summary>
    public static Value Of(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value from = Argument.TryGet(arguments, 1, out Value first) ? first : Value.Nil;
        Value to = Argument.TryGet(arguments, 2, out Value last) ? last : Value.Nil;
        return Indexing.Slice(context, arguments[0], from, to);
    }
}
