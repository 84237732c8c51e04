using System;

namespace Lyra.Tests.Harness;

/// <summary>Measures what code allocates once it is warm.</summary>
internal static class Allocation
{
    private const int Calls = 3;

    /// <summary>
    /// The least bytes that a call allocates on this thread, of three. A call may compile what has become hot, which happens once, and when
    /// depends on the machine.
    /// </summary>
    public static long LeastOf(Action call)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Calls; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
