using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Loops over ranges of which the interpreter's loop executes only the usual form: an exclusive limit and indices of 64 bits. The state is
/// three registers: the index, the limit and the variable.
/// </summary>
internal static class RangeLoops
{
    /// <summary>Turns the bounds of an inclusive range loop into exclusive ones.</summary>
    /// <returns>Whether there is a first index. It is in the loop's variable then.</returns>
    public static bool PrepareInclusive(ScriptContext context, ref Value index)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        if (!index.IsInt || !limit.IsInt || limit.Bits == long.MaxValue)
        {
            return Prepare(context, ref index, true);
        }

        if (index.Bits > limit.Bits)
        {
            return false;
        }

        limit.Bits++;
        Unsafe.Add(ref index, 2).SetInt(index.Bits);
        return true;
    }

    /// <summary>
    /// Starts a range loop whose indices may exceed 64 bits: an iterator replaces the limit, with a payload that makes every iteration of
    /// the loop check it.
    /// </summary>
    /// <returns>Whether there is a first index, which is then in the loop's variable.</returns>
    /// <exception cref="ScriptErrorException">TypeError: a bound is not an int.</exception>
    public static bool Prepare(ScriptContext context, ref Value index, bool isInclusive = false)
    {
        ref Value limit = ref Unsafe.Add(ref index, 1);
        if (!index.IsAnyInt || !limit.IsAnyInt)
        {
            Value culprit = index.IsAnyInt ? limit : index;
            throw Throw.TypeError($"the bounds of a range must be ints, not {Throw.TypeName(culprit)}");
        }

        BigRangeIterator iterator = new(index.AsBig, isInclusive ? limit.AsBig + 1 : limit.AsBig);
        context.ChargeMemory(iterator.OwnBytes);
        limit = new Value(iterator, long.MinValue);
        index.SetInt(0);
        return Advance(context, ref index);
    }

    /// <summary>Puts the next index of a loop that <see cref="Prepare"/> started into its variable; false at the end.</summary>
    public static bool Advance(ScriptContext context, ref Value index)
    {
        ScriptIterator iterator = (ScriptIterator)Unsafe.Add(ref index, 1).Ref!;
        if (!iterator.MoveNext(context, out Value next))
        {
            return false;
        }

        Unsafe.Add(ref index, 2).Assign(next);
        return true;
    }
}
