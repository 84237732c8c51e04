using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Bytecode;

/// <summary>What literals a switch table can hold. Numbers that are equal are one key, so that a table finds what <c>==</c> would.</summary>
internal static class SwitchKeys
{
    /// <summary>What the table looks for in place of a literal or subject: a float that is an integer is that int.</summary>
    public static Value Canonical(in Value value) =>
        value.IsFloat && double.IsInteger(value.AsFloat) ? Value.FromBig(new BigInteger(value.AsFloat)) : value;

    /// <summary>A key that can be compared: of equal literals the same; null for what can't stand in a table, NaN included.</summary>
    public static object? Of(in Value literal)
    {
        Value key = Canonical(literal);
        if (key.Ref is ScriptString text) return text.Text;
        if (key.IsAnyInt) return key.AsBig;
        return key.IsFloat && !double.IsNaN(key.AsFloat) ? key.AsFloat : null;
    }

    /// <summary>Whether a literal is as a table keeps it: the tiers then need not look for floats among the ints.</summary>
    public static bool IsCanonical(in Value literal) => Of(literal) is not null && !(literal.IsFloat && double.IsInteger(literal.AsFloat));
}
