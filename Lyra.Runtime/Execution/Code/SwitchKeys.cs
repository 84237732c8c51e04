using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The literals that a switch table can hold. Equal numbers are one key, so that a table finds what <c>==</c> would.
/// </summary>
internal static class SwitchKeys
{
    /// <summary>Normalizes a literal or subject for the lookup: a float with an integer value becomes that int.</summary>
    public static Value Canonical(in Value value) =>
        value.IsFloat && double.IsInteger(value.AsFloat) ? Value.FromBig(new BigInteger(value.AsFloat)) : value;

    /// <summary>A comparable key, the same for equal literals; null for a value that can't be in a table, NaN included.</summary>
    public static object? Of(in Value literal)
    {
        Value key = Canonical(literal);
        if (key.Ref is ScriptString text)
        {
            return text.Text;
        }

        if (key.IsAnyInt)
        {
            return key.AsBig;
        }

        return key.IsFloat && !double.IsNaN(key.AsFloat) ? key.AsFloat : null;
    }

    /// <summary>Whether a literal is normalized, so that the tiers need not compare floats with the int keys.</summary>
    public static bool IsCanonical(in Value literal) => Of(literal) is not null && !(literal.IsFloat && double.IsInteger(literal.AsFloat));
}
