using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of range.</summary>
internal static class RangeMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("contains(range, x)")?.Register(
            static (c, a) => Value.FromBool(Self(a, "contains").Contains(c, a[1])), Pure, IntrinsicId.RangeContains);
        rows.Row("isEmpty(range)")?.Register(static (_, a) => Value.FromBool(Self(a, "isEmpty").Count == 0), Pure, IntrinsicId.IsEmpty);

    }

    private static RangeObject Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Range(arguments[0], proc, "range");
}
