using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>Inserting and removing within a list, which moves the elements behind.</summary>
internal sealed partial class ListObject
{
    /// <summary>
    /// Inserts before an index from 0 to <see cref="Count"/>, converted by <see cref="ElementType"/>. Charges steps for the moved elements.
    /// </summary>
    /// <exception cref="ScriptErrorException">TypeError when the element type refuses the value; a limit is exceeded.</exception>
    public void Insert(ScriptContext context, int index, in Value value)
    {
        Value item = value;
        Convert(context, ref item);
        context.Charge(MoveSteps(Count - index));
        Accept(context, item);
        if (Count == Capacity)
        {
            Grow(context, (long)Count + 1);
        }

        if (IsLongMove(index))
        {
            MoveUp(context, index, item);
        }
        else
        {
            Move(index, index + 1);
        }

        Store(index, item);
        Count++;
    }

    /// <summary>The steps charged for moving elements when one in front of them is inserted or removed.</summary>
    public static long MoveSteps(int count) => count >> 4;

    /// <summary>
    /// Removes the element at an index from 0 to <see cref="Count"/> - 1. Charges steps for the moved ones.
    /// </summary>
    /// <exception cref="ScriptErrorException">TypeError for a frozen list; a limit is exceeded.</exception>
    public Value RemoveAt(ScriptContext context, int index)
    {
        context.Charge(MoveSteps(Count - index));
        RequireMutable();
        Value removed = Get(index);
        if (IsLongMove(index))
        {
            MoveDown(context, index);
        }
        else
        {
            Move(index + 1, index);
        }

        Shorten();
        return removed;
    }

    /// <summary>
    /// As <see cref="Insert"/>, for compiled code: false, and nothing is charged or changed, for an index out of range, where the list
    /// has to convert, widen or grow, where many elements move, and where the steps can't be charged.
    /// </summary>
    public bool TryInsert(ScriptContext context, long index, in Value value)
    {
        if ((ulong)index > (ulong)Count || _elementType is not null || Count == Capacity || !Keeps(value) || IsLongMove((int)index)
            || !context.TryCharge(MoveSteps(Count - (int)index)))
        {
            return false;
        }

        Move((int)index, (int)index + 1);
        Store((int)index, value);
        Count++;
        return true;
    }

    /// <summary>
    /// As <see cref="RemoveAt"/>, for compiled code: false, and nothing is charged or changed, for an index out of range or a frozen list,
    /// where many elements move, and where the steps can't be charged.
    /// </summary>
    public bool TryRemoveAt(ScriptContext context, long index, out Value removed)
    {
        removed = default;
        if ((ulong)index >= (ulong)Count || IsFrozen || IsLongMove((int)index) || !context.TryCharge(MoveSteps(Count - (int)index)))
        {
            return false;
        }

        removed = Get((int)index);
        Move((int)index + 1, (int)index);
        Shorten();
        return true;
    }

    /// <summary>Whether so many elements move, from an index on, that this needs looks at the clock.</summary>
    public bool IsLongMove(int index) => Pieces.IsLong((Count - index) * ElementSize(Strategy));

    /// <summary>Moves the elements from an index on to another; the array has space for them.</summary>
    private void Move(int from, int to) => Array.Copy(Items, from, Items, to, Count - from);

    /// <summary>
    /// Moves all elements from a position on up by one, the last ones first. If a look at the clock ends this, <paramref name="item"/>
    /// takes the place that is free by then, so that no element is lost.
    /// </summary>
    private void MoveUp(ScriptContext context, int index, in Value item)
    {
        Array store = Items;
        int end = Count;
        int piece = Pieces.Bytes / (int)ElementSize(Strategy);
        context.RequireFrames();
        try
        {
            while (end - index > piece)
            {
                end -= piece;
                Array.Copy(store, end, store, end + 1, piece);
                context.CheckClock();
            }
        }
        catch
        {
            Store(end, item);
            Count++;
            throw;
        }

        Array.Copy(store, index, store, index + 1, end - index);
    }

    /// <summary>
    /// Moves all elements behind a position down by one, the first ones first. If a look at the clock ends this, the element at the
    /// position takes the place that is free by then.
    /// </summary>
    private void MoveDown(ScriptContext context, int index)
    {
        Array store = Items;
        Value removed = Get(index);
        int to = index;
        int piece = Pieces.Bytes / (int)ElementSize(Strategy);
        context.RequireFrames();
        try
        {
            while (Count - 1 - to > piece)
            {
                Array.Copy(store, to + 1, store, to, piece);
                to += piece;
                context.CheckClock();
            }
        }
        catch
        {
            Store(to, removed);
            throw;
        }

        Array.Copy(store, to + 1, store, to, Count - 1 - to);
    }
}
