using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The bytes that a script may still allocate before <see cref="ScriptContext.OnMemorySpent"/> walks the heap and counts what is reachable.
/// Only a part of them is granted at a time, because allocating takes time, too: the clock is checked before the next part is granted.
/// </summary>
internal struct MemoryAccount
{
    /// <summary>Bytes that may be charged until the clock is checked.</summary>
    public long Left;

    /// <summary>Further bytes that may be charged, after that check, until the heap is walked.</summary>
    public long Withheld;

    /// <summary>
    /// Bytes charged so far for data that remains when a region exits and the instruction is executed again: the texts of flattened strs.
    /// </summary>
    public long Kept;

    /// <summary>Bytes charged for what computations hold in .NET locals until they end. Heap walks count them.</summary>
    public long Held;

    /// <summary>
    /// The most bytes that may be granted at a time; 0 for any number. <see cref="ScriptContext.OnMemorySpent"/> sees a larger charge.
    /// </summary>
    public long Most;

    /// <summary>Gives bytes back that were charged. No more than <see cref="Most"/> are granted by that.</summary>
    public void Refund(long bytes)
    {
        Left += bytes;
        if (Most > 0 && Left > Most)
        {
            Withheld += Left - Most;
            Left = Most;
        }
    }

    /// <summary>Grants withheld bytes until as many as given are left, or all are granted.</summary>
    /// <returns>Whether <see cref="Left"/> is at least 0.</returns>
    public bool Release(long bytes)
    {
        long released = Math.Clamp(bytes - Left, 0, Withheld);
        Left += released;
        Withheld -= released;
        return Left >= 0;
    }

    /// <summary>Charges bytes; false, and nothing is charged, when fewer are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCharge(long bytes)
    {
        if (Left < bytes)
        {
            return false;
        }

        Left -= bytes;
        return true;
    }
}
