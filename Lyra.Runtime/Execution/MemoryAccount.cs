using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The bytes that a script may still allocate before <see cref="ScriptContext.OnMemorySpent"/> walks the heap and counts what is reachable.
/// </summary>
internal struct MemoryAccount
{
    /// <summary>Bytes that may be charged until the heap is walked.</summary>
    public long Left;

    /// <summary>
    /// Bytes charged so far for data that remains when a region exits and the instruction is executed again: the texts of flattened strs.
    /// </summary>
    public long Kept;

    /// <summary>Bytes charged for the levels of walks over nested values that have not ended. Heap walks count them.</summary>
    public long Walks;

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
