using System;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The second bound of the memory limit: at each look at the clock it compares the bytes that the thread has allocated since the last look
/// with those that were charged. Charges are exact for what a script keeps, and small temporary objects are not charged. So the bound is
/// only reached when a builtin allocates much more than it charges, which would be a fault of that builtin.
/// </summary>
/// <remarks>
/// It does not depend on the garbage collector or on other threads. A look is skipped if code that the script does not pay for ran since
/// the last one: delegates and writers of the host, the compiler, a heap walk.
/// </remarks>
internal struct AllocationThrottle
{
    /// <summary>
    /// Bytes that a script may allocate uncharged between two looks, in addition to twice the limit. The most in a conformance case is 24
    /// MB; WalkedConformanceTests verifies that it is less than a quarter of the slack.
    /// </summary>
    public const long Slack = 96L << 20;

    /// <summary>Most bytes that are allocated for each byte charged: results that grow by doubling leave their former arrays.</summary>
    private const int AllocatedPerCharged = 4;

    private long _allocated;
    private long _left;
    private int _thread;

    /// <summary>The most bytes that were allocated uncharged between two looks.</summary>
    public long MostUncharged { get; private set; }

    /// <summary>
    /// Starts a new period, in which nothing has been allocated or charged. Must be called when the account was refilled.
    /// </summary>
    public void Reset(ScriptContext context)
    {
        _thread = Environment.CurrentManagedThreadId;
        _allocated = GC.GetAllocatedBytesForCurrentThread();
        _left = context.Memory.Left;
        context.HasForeignAllocations = false;
    }

    /// <summary>Ends the period and begins the next one. Must be called before the memory account is refilled.</summary>
    /// <returns>Whether too much was allocated in it.</returns>
    public bool Trips(ScriptContext context, long limit)
    {
        bool isJudged = !context.HasForeignAllocations && _thread == Environment.CurrentManagedThreadId;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        long charged = Math.Max(0, _left - context.Memory.Left);
        Reset(context);
        if (!isJudged)
        {
            return false;
        }

        long uncharged = allocated - (AllocatedPerCharged * charged);
        MostUncharged = Math.Max(MostUncharged, uncharged);
        return uncharged > (2 * limit) + Slack;
    }
}
