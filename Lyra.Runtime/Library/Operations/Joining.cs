using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>
/// <c>join</c>: computes the length first, so that the result is charged before it is allocated and each part is copied once.
/// </summary>
internal static class Joining
{
    /// <exception cref="ScriptErrorException">TypeError when an element is not a str.</exception>
    public static Value Join(ScriptContext context, ListObject list, ReadOnlySpan<char> separator)
    {
        if (list.Count == 0)
        {
            return Value.FromObject(ScriptString.Empty);
        }

        if (list.Strategy != ListStrategy.Values)
        {
            throw NotText(list, 0);
        }

        context.Charge(list.Count >> 2);
        long length = separator.Length * (list.Count - 1L);
        for (int i = 0; i < list.Count; i++)
        {
            length += list.Values[i].Ref is ScriptString text ? text.Length : throw NotText(list, i);
            Pieces.Look(context, i);
        }

        int total = Make.TextLength(context, length, "join");
        context.Charge(total >> 6);
        return Value.FromObject(ScriptString.Create(context, total, new Parts(context, list, separator), Fill));
    }

    private static void Fill(Span<char> target, Parts source)
    {
        for (int i = 0; i < source.List.Count; i++)
        {
            if (i > 0)
            {
                Pieces.Copy(source.Context, source.Separator, target);
                target = target[source.Separator.Length..];
            }

            ScriptString text = (ScriptString)source.List.Values[i].Ref!;
            if (!text.TryCopyShort(target))
            {
                Pieces.Copy(source.Context, text.Span, target);
            }

            target = target[text.Length..];
            Pieces.Look(source.Context, i);
        }
    }

    private static ScriptErrorException NotText(ListObject list, int index) =>
        Throw.TypeError($"join: element {index} must be a str, not {Throw.TypeName(list.Get(index))}");

    private readonly ref struct Parts(ScriptContext context, ListObject list, ReadOnlySpan<char> separator)
    {
        public readonly ScriptContext Context = context;

        public readonly ListObject List = list;

        public readonly ReadOnlySpan<char> Separator = separator;
    }
}
