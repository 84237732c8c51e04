using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of range.</summary>
internal static class RangeMethods
{
    public static void Rows(RowReader rows)
    {
        if (rows.Wants("contains(range, x)"))
        {
            rows.Give(static (_, a) => Value.FromBool(Self(a, "contains").Contains(a[1])), IntrinsicTraits.Pure);
        }

        if (rows.Wants("isEmpty(range)"))
        {
            rows.Give(static (_, a) => Value.FromBool(Self(a, "isEmpty").Count == 0), IntrinsicTraits.Pure);
        }
    }

    private static RangeObject Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Range(arguments[0], proc, "range");
}
