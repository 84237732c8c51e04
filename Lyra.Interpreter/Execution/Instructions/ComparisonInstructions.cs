using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Comparisons beyond the loop's fast paths. <see cref="Lyra.Runtime.Semantics"/> defines them.</summary>
internal static class ComparisonInstructions
{
    /// <summary>The comparison that an instruction makes, whether it stores the result or jumps.</summary>
    public static bool Compare(ScriptContext context, Opcode op, in Value x, in Value y)
    {
        OpcodeInfo row = OpcodeInfo.Of(op);
        bool holds = (row.Plain, row.Has(OpTraits.Swaps)) switch
        {
            (Opcode.Lt, false) => Less(context, x, y),
            (Opcode.Lt, true) => Less(context, y, x),
            (Opcode.Le, false) => LessOrEqual(context, x, y),
            (Opcode.Le, true) => LessOrEqual(context, y, x),
            _ => Equal(context, x, y),
        };
        return holds != row.Has(OpTraits.Negates);
    }

    /// <summary>Whether two values are equal by <c>==</c>. The operands may be in the register stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equal(ScriptContext context, in Value left, in Value right)
    {
        if (ExactType.As<ScriptString>(left.Ref) is { } a && ExactType.As<ScriptString>(right.Ref) is { } b)
        {
            return Equality.AreEqualTexts(context, a, b);
        }

        if (left.Ref is null)
        {
            return right.Ref is null;
        }

        if (right.Ref is null && !ScriptObject.HasEquals(left.Ref))
        {
            return false;
        }

        return Equality.AreEqual(context, left, right);
    }

    /// <summary>Whether a value is less than another one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Less(ScriptContext context, in Value left, in Value right) =>
        left.IsFloat && right.IsFloat ? left.AsFloat < right.AsFloat : Comparison.Less(context, left, right);

    /// <summary>Whether a value is less than or equal to another one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool LessOrEqual(ScriptContext context, in Value left, in Value right) =>
        left.IsFloat && right.IsFloat ? left.AsFloat <= right.AsFloat : Comparison.LessOrEqual(context, left, right);
}
