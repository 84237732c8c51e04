using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The bytes that a script may still allocate before <see cref="ScriptContext.OnMemorySpent"/> walks the heap to see what is reachable.
/// </summary>
internal struct MemoryAccount
{
    /// <summary>Bytes that may be charged until the heap is walked.</summary>
    public long Left;

    /// <summary>
    /// Bytes charged so far for what stays even when the instruction that caused it is abandoned and executed again: texts of strs that
    /// were flattened.
    /// </summary>
    public long Kept;

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
